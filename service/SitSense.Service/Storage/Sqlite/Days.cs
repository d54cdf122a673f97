using System.Text.Json;
using NodaTime;
using SitSense.Sitting;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>The figures of days of which something is or was known, and their bouts. A row that changes gets a new revision; growth by heartbeats alone waits for it.</summary>
static class Days
{
    readonly record struct BoutRow(long Start, long Stop, bool Cut, string Device);

    public static List<StoredDay> Read(Database db, string wearer, LocalDate from, LocalDate to, string slice)
    {
        var bouts = slice == "day"
            ? db.List(row => (Date: row.Date(0), Bout: new Bout(row.Time(1), row.Time(2), row.GetInt64(3) != 0, row.GetString(4))),
                "SELECT date, start, stop, cut, device FROM bout WHERE wearer=?1 AND date BETWEEN ?2 AND ?3 ORDER BY start", wearer, from, to).ToLookup(b => b.Date, b => b.Bout)
            : null;
        return db.List(row => Figures(row.GetString(0)),
            "SELECT figures FROM day WHERE wearer=?1 AND slice=?2 AND date BETWEEN ?3 AND ?4 ORDER BY date", wearer, slice, from, to)
            .ConvertAll(figures => new StoredDay(figures, bouts is null ? [] : [.. bouts[figures.Date]], false));
    }

    public static void Save(Writer db, StoredDay day, Instant now)
    {
        if (!SaveFigures(db, day.Figures, day.ByHeartbeat, now) || day.Figures.Slice != "day")
            return;
        SaveBouts(db, day, now);
        CleanedRuns.Save(db, day.Figures.Wearer, day.Figures.Date, day.Cleaned);
    }

    /// <summary>Forgets a wearer's figures of a slice.</summary>
    public static void Drop(Writer db, string wearer, string slice)
    {
        foreach (var midnight in db.List(row => row.GetInt64(0), "SELECT midnight FROM day WHERE wearer=?1 AND slice=?2", wearer, slice))
            Withdraw(db, wearer, slice, midnight);
        db.Run("DELETE FROM day WHERE wearer=?1 AND slice=?2", wearer, slice);
    }

    public static DayFigures Figures(string json) => JsonSerializer.Deserialize(json, DayJson.Default.DayFigures)!;

    /// <returns>Whether there is a row of them now.</returns>
    static bool SaveFigures(Writer db, DayFigures figures, bool byHeartbeat, Instant now)
    {
        var (wearer, slice, date) = (figures.Wearer, figures.Slice, figures.Date.ToIsoText());
        var midnight = DateTimeZoneProviders.Tzdb[figures.Zone].AtStartOfDay(figures.Date).ToInstant().ToUnixTimeMilliseconds();
        var json = JsonSerializer.Serialize(figures, DayJson.Default.DayFigures);
        (long Midnight, string Figures, bool Waits)? old = null;
        using (var row = db.Rows("SELECT midnight, figures, waiting FROM day WHERE wearer=?1 AND slice=?2 AND date=?3", wearer, slice, date))
            if (row.Read())
                old = (row.GetInt64(0), row.GetString(1), !row.IsDBNull(2));
        var valid = figures.KnownSeconds > 0;
        if (old is null && !valid)
            return false;
        if (old?.Figures == json && (byHeartbeat || !old.Value.Waits))
            return true;
        if (old is not null && old.Value.Midnight != midnight)
            Withdraw(db, wearer, slice, old.Value.Midnight);
        if (old is not null && byHeartbeat)
            db.Run("UPDATE day SET midnight=?4, figures=?5, valid=?6, waiting=coalesce(waiting, ?7) WHERE wearer=?1 AND slice=?2 AND date=?3",
                wearer, slice, date, midnight, json, valid, now);
        else
            db.Run("INSERT OR REPLACE INTO day VALUES(?1, ?2, ?3, ?4, ?5, ?6, NULL, ?7)", wearer, slice, date, midnight, json, valid, db.NextRevision());
        return true;
    }

    static void SaveBouts(Writer db, StoredDay day, Instant now)
    {
        var (wearer, date) = (day.Figures.Wearer, day.Figures.Date.ToIsoText());
        // The last that began before may have grown since; those before it are as they were.
        var since = day.Bouts.Where(b => b.From < day.Since).Select(b => b.From).LastOrDefault(Instant.MinValue);
        var bouts = day.Bouts.Where(b => b.From >= since).Select(b => new BoutRow(b.From.ToUnixTimeMilliseconds(), b.To.ToUnixTimeMilliseconds(), b.Cut, b.Device)).ToList();
        var old = db.List(row => new BoutRow(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2) != 0, row.GetString(3)),
            "SELECT start, stop, cut, device FROM bout WHERE wearer=?1 AND date=?2 AND start>=?3", wearer, date, since).ToDictionary(b => b.Start);
        foreach (var gone in old.Values.ExceptBy(bouts.Select(b => (b.Start, b.Device)), b => (b.Start, b.Device)))
        {
            db.Run("DELETE FROM bout WHERE wearer=?1 AND start=?2", wearer, gone.Start);
            Withdraw(db, wearer, gone);
        }
        foreach (var bout in bouts)
        {
            var known = old.TryGetValue(bout.Start, out var before) && before.Device == bout.Device;
            if (known && day.ByHeartbeat)
            {
                if (before != bout)
                    db.Run("UPDATE bout SET stop=?3, cut=?4, waiting=coalesce(waiting, ?5) WHERE wearer=?1 AND start=?2", wearer, bout.Start, bout.Stop, bout.Cut, now);
            }
            else if (!known || before != bout || IsWaiting(db, wearer, bout.Start))
                Put(db, wearer, date, bout);
        }
    }

    /// <summary>Stores a bout. One of another day or device that starts at the same instant gives way to it.</summary>
    static void Put(Writer db, string wearer, string date, BoutRow bout)
    {
        var other = db.List(row => new BoutRow(bout.Start, 0, false, row.GetString(0)),
            "SELECT device FROM bout WHERE wearer=?1 AND start=?2 AND device<>?3", wearer, bout.Start, bout.Device);
        foreach (var gone in other)
            Withdraw(db, wearer, gone);
        db.Run("INSERT OR REPLACE INTO bout VALUES(?1, ?2, ?3, ?4, ?5, ?6, NULL, ?7)", wearer, bout.Start, bout.Stop, bout.Cut, bout.Device, date, db.NextRevision());
    }

    static bool IsWaiting(Writer db, string wearer, long start) =>
        db.Number("SELECT 1 FROM bout WHERE wearer=?1 AND start=?2 AND waiting IS NOT NULL", wearer, start) is not null;

    static void Withdraw(Writer db, string wearer, string slice, long midnight) =>
        db.Run("INSERT INTO withdrawn(revision, measurement, wearer, slice, time) VALUES(?1, 'sitting_day', ?2, ?3, ?4)", db.NextRevision(), wearer, slice, midnight);

    static void Withdraw(Writer db, string wearer, BoutRow bout) =>
        db.Run("INSERT INTO withdrawn(revision, measurement, wearer, device, time) VALUES(?1, 'sitting_bout', ?2, ?3, ?4)", db.NextRevision(), wearer, bout.Device, bout.Start);
}
