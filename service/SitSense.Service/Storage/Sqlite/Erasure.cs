using NodaTime;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>Removes a wearer, and all that was said while they had a device.</summary>
static class Erasure
{
    public static Erased? Erase(Writer db, string wearer)
    {
        var had = Had(db, wearer);
        var known = db.Run("DELETE FROM wearer WHERE name=?1", wearer) > 0;
        if (had.Count == 0 && !known)
            return null;
        var touched = new TouchedNotes();
        var records = had.Sum(assignment => EraseTime(db, assignment, touched));
        db.Run("DELETE FROM assignment WHERE wearer=?1", wearer);
        db.Run("DELETE FROM day WHERE wearer=?1", wearer);
        db.Run("DELETE FROM bout WHERE wearer=?1", wearer);
        CleanedRuns.Forget(db, wearer);
        db.Run("DELETE FROM withdrawn WHERE wearer=?1", wearer);
        foreach (var device in had.Select(assignment => assignment.Device).Distinct())
            ForgetUnlessKept(db, device);
        touched.Flush(db, anew: true);
        db.Run("DELETE FROM touched WHERE wearer=?1", wearer);
        return new Erased(wearer, records, had);
    }

    /// <summary>Which devices the wearer had and when: what was assigned, and their own device while nobody else had it.</summary>
    static List<Assignment> Had(Database db, string wearer)
    {
        var had = db.List(row => new Assignment(row.GetString(0), wearer, row.TimeOrNull(1), row.TimeOrNull(2)),
            "SELECT device, first, last FROM assignment WHERE wearer=?1 ORDER BY device, first", wearer);
        if (DeviceTime.Span(db, wearer) is not { } span)
            return had;
        foreach (var (_, piece) in new Holders(wearer, People.AssignmentsOf(db, wearer)).Within(span).Where(piece => piece.Wearer == wearer))
            had.Add(new Assignment(wearer, wearer, piece.Start, piece.End == span.End ? null : piece.End));
        return had;
    }

    static long EraseTime(Writer db, Assignment had, TouchedNotes touched)
    {
        if (db.Number("SELECT id FROM device WHERE name=?1", had.Device) is not { } device)
            return 0;
        var (from, to) = (had.From ?? Instant.MinValue, had.To ?? Instant.MaxValue);
        TouchNeighbours(db, had.Device, device, from, to, touched);
        var erased = db.Run("DELETE FROM record WHERE device=?1 AND at>=?2 AND at<?3", device, from, to);
        // A heartbeat's row may reach over an edge: what was vouched on the other side stays.
        db.Run("UPDATE heartbeat SET last=?2-1, last_posture=first_posture WHERE device=?1 AND first<?2 AND last>=?2", device, from);
        db.Run("UPDATE heartbeat SET first=?2, first_posture=last_posture WHERE device=?1 AND first<?2 AND last>=?2 AND first>=?3", device, to, from);
        db.Run("DELETE FROM heartbeat WHERE device=?1 AND first>=?2 AND last<?3", device, from, to);
        db.Run("DELETE FROM measure WHERE device=?1 AND at>=?2 AND at<?3", device, from, to);
        db.Run("""
            UPDATE device SET posture=NULL, since=NULL, told=NULL, told_boot=NULL, told_seq=NULL, health_at=NULL, battery=NULL, rssi=NULL, heap=NULL, journal=NULL, revision=NULL
            WHERE id=?1 AND told>=?2 AND told<?3
            """, device, from, to);
        db.Run("DELETE FROM refused WHERE arrived>=?2 AND arrived<?3 AND ('/' || topic || '/') LIKE '%/' || ?1 || '/%'", had.Device, from, to);
        RenewBoots(db, device);
        return erased;
    }

    /// <summary>Who had the device before and after may lose what the erased records vouched for at the edges.</summary>
    static void TouchNeighbours(Writer db, string name, long device, Instant from, Instant to, TouchedNotes touched)
    {
        var holders = new Holders(name, People.AssignmentsOf(db, name));
        var (first, last) = (from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
        if (db.Number("SELECT max(at) FROM record WHERE device=?1 AND at<?2", device, first) is { } before)
            touched.Add(holders, before, first);
        if (db.Number("SELECT min(at) FROM record WHERE device=?1 AND at>=?2", device, last) is { } after)
            touched.Add(holders, last, after);
    }

    static void RenewBoots(Writer db, long device)
    {
        db.Run("DELETE FROM boot WHERE device=?1", device);
        db.Run("""
            INSERT INTO boot
            SELECT ?1, boot, min(first), max(last) FROM (
                SELECT boot, at AS first, at AS last FROM record WHERE device=?1
                UNION ALL SELECT boot, first, last FROM heartbeat WHERE device=?1)
            GROUP BY boot
            """, device);
    }

    /// <summary>A device of which nothing is left and that nobody has is forgotten, with what the broker retains of it.</summary>
    static void ForgetUnlessKept(Writer db, string device)
    {
        if (DeviceTime.Span(db, device) is not null || db.Number("SELECT 1 FROM assignment WHERE device=?1", device) is not null)
            return;
        db.Run("DELETE FROM measure WHERE device=(SELECT id FROM device WHERE name=?1)", device);
        db.Run("DELETE FROM device WHERE name=?1", device);
        db.Run("DELETE FROM retained WHERE ('/' || topic || '/') LIKE '%/' || ?1 || '/%' OR topic LIKE '%/sitsense-' || ?1 || '/config'", device);
    }
}
