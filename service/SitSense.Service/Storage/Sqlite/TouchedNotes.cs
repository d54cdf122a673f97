using NodaTime;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>The spans of time to recompute. Those of a wearer that meet become one note, so that the table stays small.</summary>
sealed class TouchedNotes
{
    readonly record struct Span(long First, long Last, bool ByHeartbeat);

    readonly Dictionary<string, List<Span>> _spans = [];

    /// <summary>Gathers a span of a device's time, for whoever had it then.</summary>
    public void Add(Holders holders, long first, long last, bool byHeartbeat = false)
    {
        foreach (var (wearer, span) in holders.Within(new Interval(Instant.FromUnixTimeMilliseconds(first), Instant.FromUnixTimeMilliseconds(last))))
            Add(wearer, span.Start.ToUnixTimeMilliseconds(), span.End.ToUnixTimeMilliseconds(), byHeartbeat);
    }

    /// <summary>Gathers a span of a wearer's time.</summary>
    public void Add(string wearer, long first, long last, bool byHeartbeat = false)
    {
        if (!_spans.TryGetValue(wearer, out var spans))
            _spans.Add(wearer, spans = []);
        if (spans.Count > 0 && spans[^1] is var previous && previous.First <= last && previous.Last >= first)
            spans[^1] = new Span(Math.Min(first, previous.First), Math.Max(last, previous.Last), byHeartbeat && previous.ByHeartbeat);
        else
            spans.Add(new Span(first, last, byHeartbeat));
    }

    /// <summary>Drops what was gathered.</summary>
    public void Clear() => _spans.Clear();

    /// <summary>Writes what was gathered.</summary>
    /// <param name="db">Where to.</param>
    /// <param name="anew">No message did it, so that no cleaned timeline of these wearers need hold any more.</param>
    public void Flush(Writer db, bool anew = false)
    {
        foreach (var (wearer, spans) in _spans)
        {
            if (anew)
                CleanedRuns.Forget(db, wearer);
            foreach (var span in spans)
                Note(db, wearer, span);
        }
        _spans.Clear();
    }

    static void Note(Writer db, string wearer, Span span)
    {
        long? queued = null;
        foreach (var met in db.List(row => (Id: row.GetInt64(0), Queued: row.GetInt64(1), Span: new Span(row.GetInt64(2), row.GetInt64(3), row.GetInt64(4) != 0)),
            "SELECT id, queued, first, last, by_heartbeat FROM touched WHERE wearer=?1 AND first<=?3 AND last>=?2", wearer, span.First, span.Last))
        {
            queued = Math.Min(queued ?? long.MaxValue, met.Queued);
            span = new Span(Math.Min(span.First, met.Span.First), Math.Max(span.Last, met.Span.Last), span.ByHeartbeat && met.Span.ByHeartbeat);
            db.Run("DELETE FROM touched WHERE id=?1", met.Id);
        }
        // A new id each time: whoever is working on the old note answers only what it had read.
        db.Run("""
            INSERT INTO touched(queued, wearer, first, last, by_heartbeat)
            VALUES(coalesce(?1, 1 + (SELECT seq FROM sqlite_sequence WHERE name='touched'), 1), ?2, ?3, ?4, ?5)
            """, queued, wearer, span.First, span.Last, span.ByHeartbeat);
    }

    public static List<Touched> Read(Database db, int atMost) => db.List(
        row => new Touched(row.GetInt64(0), row.GetString(1), new Interval(row.Time(2), row.Time(3)), row.GetInt64(4) != 0),
        "SELECT id, wearer, first, last, by_heartbeat FROM touched ORDER BY queued, id LIMIT ?1", atMost);

    /// <summary>
    /// Forgets notes that figures answer. One that grew since it was read stands, and its figures are good until it is answered: or whoever sends much at once
    /// would have none until the end. One that is gone was answered by another process, or its wearer erased: its figures may be older than what is stored.
    /// </summary>
    /// <returns>Whose figures are not to be saved, and whose only for now.</returns>
    public static (HashSet<string> Overtaken, HashSet<string> Growing) Answer(Writer db, IReadOnlyList<Touched> answered)
    {
        var (overtaken, growing) = (new HashSet<string>(), new HashSet<string>());
        foreach (var note in answered)
            if (db.Number("SELECT 1 FROM touched WHERE id=?1", note.Id) is null)
                (IsWithin(db, note) ? growing : overtaken).Add(note.Wearer);
        foreach (var note in answered)
            if (!overtaken.Contains(note.Wearer))
                db.Run("DELETE FROM touched WHERE id=?1", note.Id);
        return (overtaken, growing);
    }

    static bool IsWithin(Writer db, Touched note) =>
        db.Number("SELECT 1 FROM touched WHERE wearer=?1 AND first<=?2 AND last>=?3", note.Wearer, note.Span.Start, note.Span.End) is not null;
}
