using NodaTime;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>Gives a device to somebody for a time: cuts what overlaps, and says to whom that makes a difference.</summary>
static class Handover
{
    public static void Assign(Writer db, Assignment assignment)
    {
        var (device, wearer, from, to) = assignment;
        var before = People.AssignmentsOf(db, device);
        db.Run("DELETE FROM assignment WHERE device=?1", device);
        foreach (var kept in before.SelectMany(old => Outside(old, from, to)).Append(assignment))
            db.Run("INSERT INTO assignment(device, wearer, first, last) VALUES(?1, ?2, ?3, ?4)", kept.Device, kept.Wearer, kept.From, kept.To);

        if (DeviceTime.Span(db, device) is not { } span)
            return;
        var start = from > span.Start ? from.Value : span.Start;
        var end = to < span.End ? to.Value : span.End;
        if (start > end)
            return;
        var touched = new TouchedNotes();
        foreach (var (former, piece) in new Holders(device, before).Within(new Interval(start, end)).Where(piece => piece.Wearer != wearer))
        {
            var (first, last) = (piece.Start.ToUnixTimeMilliseconds(), piece.End.ToUnixTimeMilliseconds());
            touched.Add(former, first, last);
            touched.Add(wearer, first, last);
            Republish(db, device, former, first, piece.End == end && end != to ? last : last - 1);
        }
        touched.Flush(db, anew: true);
    }

    /// <summary>What is left of an assignment beside the time from..to.</summary>
    static IEnumerable<Assignment> Outside(Assignment old, Instant? from, Instant? to)
    {
        if (from is not null && (old.From is null || old.From < from))
            yield return old with { To = old.To is null || old.To > from ? from : old.To };
        if (to is not null && (old.To is null || old.To > to))
            yield return old with { From = old.From is null || old.From < to ? to : old.From };
    }

    /// <summary>Records of that time, both ends included, go to InfluxDB anew under their new wearer, and leave the former one's series.</summary>
    static void Republish(Writer db, string device, string former, long first, long last)
    {
        var rows = db.List(row => (Device: row.GetInt64(0), Boot: row.GetInt64(1), Seq: row.GetInt64(2), Stamp: row.GetInt64(3), IsReminder: row.IsDBNull(4)),
            "SELECT device, boot, seq, stamp, posture FROM record WHERE device=(SELECT id FROM device WHERE name=?1) AND at BETWEEN ?2 AND ?3", device, first, last);
        foreach (var row in rows)
        {
            db.Run("INSERT INTO withdrawn(revision, measurement, wearer, device, time) VALUES(?1, ?2, ?3, ?4, ?5)",
                db.NextRevision(), row.IsReminder ? "reminder" : "posture", former, device, row.Stamp);
            db.Run("UPDATE record SET revision=?4 WHERE device=?1 AND boot=?2 AND seq=?3", row.Device, row.Boot, row.Seq, db.NextRevision());
        }
        Measures.Republish(db, device, former, first, last);
    }
}
