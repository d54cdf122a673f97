using NodaTime;
using SitSense.Service.Ingest;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>
/// Everything that devices said, page by page, so that no reader holds the store for long: by (device, boot, seq), and then what they measured by
/// (device, time).
/// </summary>
static class MessagesQuery
{
    const int PageSize = 2_000;

    /// <summary>Where a page ended.</summary>
    public readonly record struct Place(long Device, long Boot, long Seq);

    public static (List<Message> Messages, Place? Next) Read(Database db, string? wearer, Place after)
    {
        var messages = new List<Message>();
        var theirs = new Theirs(db, wearer);
        Place? place = null;
        var read = 0;
        using var rows = db.Rows("""
            SELECT k.device, k.boot, k.seq, d.name, r.said, r.arrived, r.posture, r.reminder, r.sitting_ms, r.at,
                   h.first, h.first_posture, h.last, h.last_posture
            FROM (SELECT device, boot, seq FROM record WHERE (device, boot, seq) > (?1, ?2, ?3)
                  UNION SELECT device, boot, seq FROM heartbeat WHERE (device, boot, seq) > (?1, ?2, ?3)
                  ORDER BY device, boot, seq LIMIT ?4) k
            JOIN device d ON d.id = k.device
            LEFT JOIN record r USING(device, boot, seq)
            LEFT JOIN heartbeat h USING(device, boot, seq)
            ORDER BY k.device, k.boot, k.seq
            """, after.Device, after.Boot, after.Seq, (long)PageSize);
        while (rows.Read())
        {
            read++;
            var (boot, seq, device) = (rows.GetInt64(1), rows.GetInt64(2), rows.GetString(3));
            place = new Place(rows.GetInt64(0), boot, seq);
            if (!rows.IsDBNull(4) && theirs.Has(device, rows.Time(9)))
                messages.Add(rows.PostureOrNull(6) is { } posture
                    ? new PostureMessage(rows.Time(5), device, boot, seq, rows.Time(4), posture)
                    : new ReminderMessage(rows.Time(5), device, boot, seq, rows.Time(4), rows.GetString(7), rows.NumberOrNull(8)));
            if (!rows.IsDBNull(10) && theirs.Has(device, rows.Time(10)))
                messages.Add(Beat(rows.Time(10), (Sitting.Posture)rows.GetInt64(11)));
            if (!rows.IsDBNull(10) && rows.GetInt64(12) > rows.GetInt64(10) && theirs.Has(device, rows.Time(12)))
                messages.Add(Beat(rows.Time(12), (Sitting.Posture)rows.GetInt64(13)));

            HeartbeatMessage Beat(Instant at, Sitting.Posture holds) => new(at, device, boot, seq, at, holds, null, null, null, null, null);
        }
        return (messages, read < PageSize ? null : place);
    }

    public static (List<Message> Messages, (long Device, long At)? Next) ReadMeasures(Database db, string? wearer, (long Device, long At) after)
    {
        var rows = db.List(row => (Device: row.GetInt64(0), Name: row.GetString(1), At: row.Time(2), Boot: row.GetInt64(3), Figures: row.GetString(4)), """
            SELECT m.device, d.name, m.at, m.boot, m.figures FROM measure m JOIN device d ON d.id = m.device
            WHERE (m.device, m.at) > (?1, ?2) ORDER BY m.device, m.at LIMIT ?3
            """, after.Device, after.At, (long)PageSize);
        var theirs = new Theirs(db, wearer);
        return ([.. rows.Where(row => theirs.Has(row.Name, row.At)).Select(row => new MeasuresMessage(row.At, row.Name, row.Boot, row.At, Measures.Figures(row.Figures)))],
            rows.Count < PageSize ? null : (rows[^1].Device, rows[^1].At.ToUnixTimeMilliseconds()));
    }

    /// <summary>What was said while a wearer had the device; everything when nobody is named.</summary>
    sealed class Theirs(Database db, string? wearer)
    {
        readonly Dictionary<string, Holders> _holders = [];

        public bool Has(string device, Instant at)
        {
            if (wearer is null)
                return true;
            if (!_holders.TryGetValue(device, out var had))
                _holders.Add(device, had = new Holders(device, People.AssignmentsOf(db, device)));
            return had.At(at) == wearer;
        }
    }
}
