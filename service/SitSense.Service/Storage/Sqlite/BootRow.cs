namespace SitSense.Service.Storage.Sqlite;

/// <summary>One boot of a device while messages are stored: the times it spans and its newest record.</summary>
sealed class BootRow
{
    readonly long _device, _boot;
    bool _changed;

    BootRow(long device, long boot) => (_device, _boot) = (device, boot);

    /// <summary>From the first to the last time that anything of this boot speaks of; null before the first.</summary>
    public (long First, long Last)? Span { get; private set; }

    /// <summary>The record with the highest seq; null before the first.</summary>
    public (long Seq, long At)? Newest { get; private set; }

    /// <summary>The highest seq that a heartbeat spoke of, whether its record has come or not; -1 before the first.</summary>
    public long HeardUpTo { get; private set; } = -1;

    public static BootRow Load(Writer db, long device, long boot)
    {
        var row = new BootRow(device, boot);
        using (var span = db.Rows("SELECT first, last FROM boot WHERE device=?1 AND boot=?2", device, boot))
            if (span.Read())
                row.Span = (span.GetInt64(0), span.GetInt64(1));
        if (row.Span is not null)
        {
            row.Reload(db);
            row.HeardUpTo = db.Number("SELECT max(seq) FROM heartbeat WHERE device=?1 AND boot=?2", device, boot) ?? -1;
        }
        return row;
    }

    /// <summary>Looks the newest record up again, after records were moved.</summary>
    public void Reload(Writer db)
    {
        using var newest = db.Rows("SELECT seq, at FROM record WHERE device=?1 AND boot=?2 ORDER BY seq DESC LIMIT 1", _device, _boot);
        Newest = newest.Read() ? (newest.GetInt64(0), newest.GetInt64(1)) : null;
    }

    /// <summary>A record was put after all others.</summary>
    public void Appended(long seq, long at) => Newest = (seq, at);

    /// <summary>A heartbeat spoke of a record.</summary>
    public void HearOf(long seq) => HeardUpTo = Math.Max(HeardUpTo, seq);

    /// <summary>Something of this boot speaks of that time.</summary>
    public void Reach(long at)
    {
        var wider = Span is { } span ? (Math.Min(span.First, at), Math.Max(span.Last, at)) : (at, at);
        _changed |= wider != Span;
        Span = wider;
    }

    public void Save(Writer db)
    {
        if (!_changed)
            return;
        _changed = false;
        db.Run("INSERT INTO boot VALUES(?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET first=?3, last=?4", _device, _boot, Span!.Value.First, Span.Value.Last);
    }
}
