using NodaTime;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>
/// The numbered records of a device. Within a boot the order is seq, and a record's time is never before its predecessor's:
/// <c>at(k) = max(said(j), j &lt;= k)</c>, whatever order they come in.
/// </summary>
sealed class Records(Writer db)
{
    readonly Stamps _stamps = new(db);

    /// <summary>The record that has this number already.</summary>
    public NumberedRecord? Find(DeviceRow device, NumberedRecord record)
    {
        using var row = db.Rows("SELECT said, arrived, posture, reminder, sitting_ms FROM record WHERE device=?1 AND boot=?2 AND seq=?3",
            device.Id, record.Boot, record.Seq);
        return row.Read()
            ? record with { Said = row.Time(0), Arrived = row.Time(1), Posture = row.PostureOrNull(2), Reminder = row.TextOrNull(3), SittingMs = row.NumberOrNull(4) }
            : null;
    }

    /// <summary>Puts a record after all others of its boot; its time, and the span whose timeline it changes.</summary>
    public (long At, long First, long Last) Append(DeviceRow device, BootRow boot, NumberedRecord record)
    {
        var said = record.Said.ToUnixTimeMilliseconds();
        var at = Math.Max(said, boot.Newest?.At ?? said);
        Put(device, record, said, at, []);
        var first = boot.Newest?.At ?? Math.Min(at, boot.Span?.First ?? at);
        var last = Math.Max(at, boot.Span?.Last ?? at);
        boot.Appended(record.Seq, at);
        return (at, first, last);
    }

    /// <summary>Puts a record between others of its boot, moving those that it proves too early; its time, and the span whose timeline it changes.</summary>
    public (long At, long First, long Last) Insert(DeviceRow device, BootRow boot, NumberedRecord record)
    {
        var said = record.Said.ToUnixTimeMilliseconds();
        var before = db.Number("SELECT at FROM record WHERE device=?1 AND boot=?2 AND seq<?3 ORDER BY seq DESC LIMIT 1", device.Id, record.Boot, record.Seq);
        var at = Math.Max(said, before ?? said);
        var moved = db.List(row => new MovedRecord(row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2)),
            "SELECT seq, at, posture FROM record WHERE device=?1 AND boot=?2 AND seq>?3 AND at<?4", device.Id, record.Boot, record.Seq, at);
        if (moved.Count > 0)
            db.Run("UPDATE record SET at=?4 WHERE device=?1 AND boot=?2 AND seq>?3 AND at<?4", device.Id, record.Boot, record.Seq, at);
        Put(device, record, said, at, moved);
        boot.Reload(db);
        var first = before ?? Math.Min(at, boot.Span?.First ?? at);
        var last = Math.Max(at, NextChange(device, record) ?? boot.Span?.Last ?? at);
        return (at, first, last);
    }

    long? NextChange(DeviceRow device, NumberedRecord record) => db.Number(
        "SELECT at FROM record WHERE device=?1 AND boot=?2 AND seq>?3 AND posture IS NOT NULL ORDER BY seq LIMIT 1", device.Id, record.Boot, record.Seq);

    void Put(DeviceRow device, NumberedRecord record, long said, long at, List<MovedRecord> moved)
    {
        var isNewest = _stamps.IsNewest(device, record.Posture is null, at) && moved.Count == 0;
        db.Run("INSERT INTO record VALUES(?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?8, ?9, ?10)",
            device.Id, record.Boot, record.Seq, said, at, record.Arrived, record.Posture, record.Reminder, record.SittingMs, db.NextRevision());
        if (!isNewest)
            _stamps.Settle(device, record, at, moved);
    }
}

/// <summary>A record that another one moved, and the time that it had.</summary>
readonly record struct MovedRecord(long Seq, long WasAt, bool IsReminder);
