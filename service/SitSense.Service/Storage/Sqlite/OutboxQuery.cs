using Microsoft.Data.Sqlite;
using NodaTime;
using SitSense.Service.Storage.Outbox;
using SitSense.Sitting;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>The rows of all tables that carry a revision, in the order of their revisions.</summary>
static class OutboxQuery
{
    public static List<OutboxEntry> After(Database db, long revision, int atMost)
    {
        var entries = new List<OutboxEntry>();
        var last = long.MaxValue;       // no entry after this one will be among the first
        var holders = new Dictionary<string, Holders>();

        Take("record r JOIN device d ON d.id=r.device", "r.revision, d.name, r.at, r.stamp, r.posture, r.boot, r.seq, r.reminder, r.sitting_ms", Record);
        Take("bout", "revision, wearer, start, stop, cut, device", row =>
            new BoutEntry(row.GetInt64(0), row.GetString(1), new Bout(row.Time(2), row.Time(3), row.GetInt64(4) != 0, row.GetString(5))));
        Take("day", "revision, figures, midnight, valid", row => new DayEntry(row.GetInt64(0), Days.Figures(row.GetString(1)), row.Time(2), row.GetInt64(3) != 0));
        Take("device", "revision, name, health_at, battery, rssi, heap, journal", row => new HealthEntry(row.GetInt64(0), row.GetString(1), row.Time(2),
            row.IsDBNull(3) ? null : row.GetDouble(3), row.NumberOrNull(4), row.NumberOrNull(5), row.NumberOrNull(6)));
        Take("measure m JOIN device d ON d.id=m.device", "m.revision, d.name, m.at, m.boot, m.figures", row =>
            new MeasuresEntry(row.GetInt64(0), row.GetString(1), WearerOf(row.GetString(1), row.Time(2)), row.Time(2), row.GetInt64(3), Measures.Figures(row.GetString(4))));
        Take("withdrawn", "revision, measurement, wearer, device, slice, time", row =>
            new WithdrawnEntry(row.GetInt64(0), row.GetString(1), row.GetString(2), row.TextOrNull(3), row.TextOrNull(4), row.Time(5)));

        entries.Sort((a, b) => a.Revision.CompareTo(b.Revision));
        return entries.Count > atMost ? entries[..atMost] : entries;

        void Take(string table, string columns, Func<SqliteDataReader, OutboxEntry> entry)
        {
            var key = columns[..columns.IndexOf(',')];
            var taken = db.List(entry, $"SELECT {columns} FROM {table} WHERE {key}>?1 AND {key}<=?2 ORDER BY {key} LIMIT ?3", revision, last, (long)atMost);
            entries.AddRange(taken);
            if (taken.Count == atMost)
                last = taken[^1].Revision;
        }

        OutboxEntry Record(SqliteDataReader row)
        {
            var (number, device, stamp, boot, seq) = (row.GetInt64(0), row.GetString(1), row.Time(3), row.GetInt64(5), row.GetInt64(6));
            var wearer = WearerOf(device, row.Time(2));
            return row.PostureOrNull(4) is { } posture
                ? new ChangeEntry(number, device, wearer, stamp, posture, boot, seq)
                : new ReminderEntry(number, device, wearer, stamp, row.GetString(7), row.NumberOrNull(8), boot, seq);
        }

        string WearerOf(string device, Instant at)
        {
            if (!holders.TryGetValue(device, out var had))
                holders.Add(device, had = new Holders(device, People.AssignmentsOf(db, device)));
            return had.At(at);
        }
    }

    public static bool IsWaiting(Database db, Instant since) =>
        db.Number("SELECT EXISTS(SELECT 1 FROM day WHERE waiting<=?1) OR EXISTS(SELECT 1 FROM bout WHERE waiting<=?1)", since) != 0;

    public static bool Release(Writer db, Instant since)
    {
        foreach (var (wearer, slice, date) in db.List(row => (row.GetString(0), row.GetString(1), row.GetString(2)), "SELECT wearer, slice, date FROM day WHERE waiting<=?1", since))
            db.Run("UPDATE day SET waiting=NULL, revision=?4 WHERE wearer=?1 AND slice=?2 AND date=?3", wearer, slice, date, db.NextRevision());
        foreach (var (wearer, start) in db.List(row => (row.GetString(0), row.GetInt64(1)), "SELECT wearer, start FROM bout WHERE waiting<=?1", since))
            db.Run("UPDATE bout SET waiting=NULL, revision=?3 WHERE wearer=?1 AND start=?2", wearer, start, db.NextRevision());
        return true;
    }
}
