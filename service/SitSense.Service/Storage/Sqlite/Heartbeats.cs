using SitSense.Service.Ingest;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>The first and the last heartbeat of each record. Of two at one time the lower posture is kept, so that their order does not matter.</summary>
static class Heartbeats
{
    /// <summary>Puts one in; the span of time that it newly vouches, null when nothing changed.</summary>
    public static (long First, long Last)? Put(Writer db, long device, HeartbeatMessage heartbeat)
    {
        var (boot, seq, at, posture) = (heartbeat.Boot, heartbeat.Seq, heartbeat.At.ToUnixTimeMilliseconds(), (long)heartbeat.Posture);
        (long First, long FirstPosture, long Last, long LastPosture)? stored = null;
        using (var row = db.Rows("SELECT first, first_posture, last, last_posture FROM heartbeat WHERE device=?1 AND boot=?2 AND seq=?3", device, boot, seq))
            if (row.Read())
                stored = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));

        if (stored is not { } old)
        {
            db.Run("INSERT INTO heartbeat VALUES(?1, ?2, ?3, ?4, ?5, ?4, ?5)", device, boot, seq, at, posture);
            var change = db.Number("SELECT at FROM record WHERE device=?1 AND boot=?2 AND seq=?3", device, boot, seq) ?? at;
            return (Math.Min(change, at), at);
        }
        if (at > old.Last || (at == old.Last && posture < old.LastPosture))
        {
            db.Run("UPDATE heartbeat SET last=?4, last_posture=?5 WHERE device=?1 AND boot=?2 AND seq=?3", device, boot, seq, at, posture);
            if (at > old.First)
                return (old.Last, at);
        }
        if (at < old.First || (at == old.First && posture < old.FirstPosture))
        {
            db.Run("UPDATE heartbeat SET first=?4, first_posture=?5 WHERE device=?1 AND boot=?2 AND seq=?3", device, boot, seq, at, posture);
            return (at, old.Last);
        }
        return null;
    }
}
