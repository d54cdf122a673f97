using NodaTime;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>
/// A time of its own for each of a device's changes, and for each of its reminders, because InfluxDB holds one point a time: in the
/// order of (at, boot, seq), <c>stamp = max(at, previous stamp + 1 ms)</c>.
/// </summary>
sealed class Stamps(Writer db)
{
    readonly record struct Row(long Boot, long Seq, long At, long Stamp);

    /// <summary>Is that time after all stamps of its kind? Then it is a stamp by itself, and moves none.</summary>
    public bool IsNewest(DeviceRow device, bool isReminder, long at)
    {
        var newest = device.NewestStamp(isReminder) ?? db.Number(
            "SELECT stamp FROM record WHERE device=?1 AND (posture IS NULL)=?2 ORDER BY at DESC, boot DESC, seq DESC LIMIT 1", device.Id, isReminder) ?? long.MinValue;
        device.SetNewestStamp(isReminder, Math.Max(at, newest));
        return at > newest;
    }

    /// <summary>Makes the stamps right after a record was put between others with its time as its stamp, and others were moved.</summary>
    public void Settle(DeviceRow device, NumberedRecord record, long at, List<MovedRecord> moved)
    {
        var lowest = moved.Aggregate(at, (least, m) => Math.Min(least, m.WasAt));
        if (record.Posture is not null || moved.Any(m => !m.IsReminder))
            Settle(device, false, lowest, at, record, moved);
        if (record.Posture is null || moved.Any(m => m.IsReminder))
            Settle(device, true, lowest, at, record, moved);
        device.SetNewestStamp(false, null);
        device.SetNewestStamp(true, null);
    }

    void Settle(DeviceRow device, bool reminders, long lowest, long highest, NumberedRecord record, List<MovedRecord> moved)
    {
        var wasAt = moved.ToDictionary(m => m.Seq, m => m.WasAt);
        var changed = new List<(Row Row, long Stamp)>();
        var previous = db.Number("SELECT stamp FROM record WHERE device=?1 AND at<?2 AND (posture IS NULL)=?3 ORDER BY at DESC, boot DESC, seq DESC LIMIT 1",
            device.Id, lowest, reminders) ?? long.MinValue;
        using (var rows = db.Rows("SELECT boot, seq, at, stamp FROM record WHERE device=?1 AND at>=?2 AND (posture IS NULL)=?3 ORDER BY at, boot, seq",
            device.Id, lowest, reminders))
            while (rows.Read())
            {
                var row = new Row(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3));
                previous = Math.Max(row.At, previous + 1);
                if (previous != row.Stamp || IsNew(row) || IsMoved(row))
                    changed.Add((row, previous));
                else if (row.At > highest)
                    break;
            }
        // All withdrawals first: what takes a withdrawn time over has the later revision.
        foreach (var (row, _) in changed)
            if (!IsNew(row))
                Withdraw(db, reminders, device, Instant.FromUnixTimeMilliseconds(IsMoved(row) ? wasAt[row.Seq] : row.At), row.Stamp);
        foreach (var (row, stamp) in changed)
            db.Run("UPDATE record SET stamp=?4, revision=?5 WHERE device=?1 AND boot=?2 AND seq=?3", device.Id, row.Boot, row.Seq, stamp, db.NextRevision());

        bool IsNew(Row row) => row.Boot == record.Boot && row.Seq == record.Seq;
        bool IsMoved(Row row) => row.Boot == record.Boot && wasAt.ContainsKey(row.Seq);
    }

    /// <summary>Notes that InfluxDB no longer holds what it may have been told of a record.</summary>
    public static void Withdraw(Writer db, bool reminder, DeviceRow device, Instant at, long stamp) =>
        db.Run("INSERT INTO withdrawn(revision, measurement, wearer, device, time) VALUES(?1, ?2, ?3, ?4, ?5)",
            db.NextRevision(), reminder ? "reminder" : "posture", device.Holders.At(at), device.Name, stamp);
}
