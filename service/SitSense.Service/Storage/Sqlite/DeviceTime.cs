using NodaTime;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>Which time devices and wearers have spoken of.</summary>
static class DeviceTime
{
    /// <summary>From the first to the last time that anything of the device speaks of; null when nothing does.</summary>
    public static Interval? Span(Database db, string device)
    {
        using var row = db.Rows("SELECT min(first), max(last) FROM boot WHERE device=(SELECT id FROM device WHERE name=?1)", device);
        return row.Read() && !row.IsDBNull(0) ? new Interval(row.Time(0), row.Time(1)) : null;
    }

    /// <summary>Has the device a record in that span, both ends included?</summary>
    public static bool HasRecords(Database db, string device, Interval span) => db.Number(
        "SELECT 1 FROM record WHERE device=(SELECT id FROM device WHERE name=?1) AND at BETWEEN ?2 AND ?3 LIMIT 1", device, span.Start, span.End) is not null;

    /// <summary>The time that a wearer's devices speak of while they had them, and that of the days stored for them; null when there is none.</summary>
    public static Interval? SpanOf(Database db, string wearer)
    {
        var spans = new List<Interval>();
        foreach (var device in db.List(row => row.GetString(0), "SELECT device FROM assignment WHERE wearer=?1 UNION SELECT ?1", wearer))
            if (Span(db, device) is { } span)
                spans.AddRange(new Holders(device, People.AssignmentsOf(db, device)).Within(span).Where(piece => piece.Wearer == wearer).Select(piece => piece.Span));
        // An hour into each day, or the day before the first would be touched, and so be stored, each time.
        using (var days = db.Rows("SELECT min(midnight)+3600000, max(midnight)+3600000 FROM day WHERE wearer=?1", wearer))
            if (days.Read() && !days.IsDBNull(0))
                spans.Add(new Interval(days.Time(0), days.Time(1)));
        return spans.Count == 0 ? null : new Interval(spans.Min(s => s.Start), spans.Max(s => s.End));
    }
}
