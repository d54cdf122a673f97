using NodaTime;
using SitSense.Sitting;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>
/// What decides a device's timeline within a window: of every boot that reaches into it the records from the last change before the window
/// (whose posture may hold into it) to the first record after it (which may vouch back into it), and the heartbeats of those numbers.
/// </summary>
static class HistoryQuery
{
    public static DeviceHistory Read(Database db, string device, Interval window)
    {
        var records = new List<DeviceRecord>();
        var heartbeats = new List<Heartbeat>();
        if (db.Number("SELECT id FROM device WHERE name=?1", device) is { } id)
            foreach (var boot in db.List(row => row.GetInt64(0),
                "SELECT boot FROM boot WHERE device=?1 AND last>=?2 AND first<=?3 ORDER BY boot", id, window.Start, window.End))
            {
                var first = db.Number("""
                    SELECT seq FROM record WHERE device=?1 AND at<?3 AND boot=?2 AND posture IS NOT NULL ORDER BY at DESC, seq DESC LIMIT 1
                    """, id, boot, window.Start) ?? 0;
                var last = db.Number("""
                    SELECT seq FROM record WHERE device=?1 AND at>?3 AND boot=?2 ORDER BY at, seq LIMIT 1
                    """, id, boot, window.End) ?? long.MaxValue;
                records.AddRange(db.List(row => new DeviceRecord(boot, row.GetInt64(0), row.Time(1), row.PostureOrNull(2)),
                    "SELECT seq, at, posture FROM record WHERE device=?1 AND boot=?2 AND seq BETWEEN ?3 AND ?4 ORDER BY seq", id, boot, first, last));
                using var beats = db.Rows("""
                    SELECT seq, first, first_posture, last, last_posture FROM heartbeat WHERE device=?1 AND boot=?2 AND seq BETWEEN ?3 AND ?4 ORDER BY seq
                    """, id, boot, first, last);
                while (beats.Read())
                {
                    heartbeats.Add(new Heartbeat(boot, beats.GetInt64(0), beats.Time(1), beats.Posture(2)));
                    if (beats.GetInt64(3) > beats.GetInt64(1))
                        heartbeats.Add(new Heartbeat(boot, beats.GetInt64(0), beats.Time(3), beats.Posture(4)));
                }
            }
        return new DeviceHistory(device, records, heartbeats);
    }
}
