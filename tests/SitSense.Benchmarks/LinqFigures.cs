using NodaTime;
using SitSense.Sitting;

namespace SitSense.Benchmarks;

/// <summary>
/// The same figures of one device's days as they are written down first: a query a rule, lists in between. Of a stream without gaps, so that
/// every change vouches for the time until the next.
/// </summary>
static class LinqFigures
{
    readonly record struct Run(Posture Kind, Instant From, Instant To)
    {
        public Duration Length => To - From;
    }

    readonly record struct Piece(LocalDate Date, Posture Kind, Instant From, Instant To, bool Rise)
    {
        public double Milliseconds => (To - From).TotalMilliseconds;
    }

    public static List<DayFigures> Of(string wearer, IReadOnlyList<DeviceRecord> records, IEnumerable<LocalDate> dates, DateTimeZone zone)
    {
        var ordered = records.Where(record => record.Posture is not null).OrderBy(record => record.Boot).ThenBy(record => record.Seq).ToList();
        var runs = Merged(ordered.Zip(ordered.Skip(1), (one, next) => new Run(Kind(one.Posture!.Value), one.At, next.At)).Where(run => run.Kind != Posture.Unknown));
        runs = Merged(Absorbed(runs, Posture.Upright, Posture.Sitting));
        runs = Merged(Absorbed(runs, Posture.Sitting, Posture.Upright));
        var pieces = runs.Select((run, i) => (Run: run, Rises: i + 1 < runs.Count && runs[i + 1].Kind == Posture.Upright && runs[i + 1].From == run.To))
            .SelectMany(one => Pieces(one.Run, one.Rises, zone)).ToLookup(piece => piece.Date);
        return [.. dates.Select(date => Day(wearer, date, zone, [.. pieces[date]]))];
    }

    static Posture Kind(Posture posture) => posture == Posture.Sitting ? Posture.Sitting : posture.IsUp() ? Posture.Upright : Posture.Unknown;

    static List<Run> Merged(IEnumerable<Run> runs) => runs.Aggregate(new List<Run>(), (merged, run) =>
    {
        if (merged.Count > 0 && merged[^1].Kind == run.Kind && merged[^1].To == run.From)
            merged[^1] = merged[^1] with { To = run.To };
        else if (run.Length > Duration.Zero)
            merged.Add(run);
        return merged;
    });

    static IEnumerable<Run> Absorbed(List<Run> runs, Posture kind, Posture into) => runs.Select((run, i) =>
        run.Kind == kind && run.Length < Duration.FromSeconds(10) && i > 0 && i + 1 < runs.Count && runs[i - 1].To == run.From && runs[i + 1].From == run.To ? run with { Kind = into } : run);

    static IEnumerable<Piece> Pieces(Run run, bool rises, DateTimeZone zone)
    {
        var (first, last) = (run.From.InZone(zone).Date, (run.To - Duration.Epsilon).InZone(zone).Date);
        return Enumerable.Range(0, Period.DaysBetween(first, last) + 1).Select(first.PlusDays).Select(date => (Date: date, Span: new Itinerary(zone).DaySpan(date)))
            .Select(day => new Piece(day.Date, run.Kind, Instant.Max(run.From, day.Span.Start), Instant.Min(run.To, day.Span.End), rises && run.To <= day.Span.End));
    }

    static DayFigures Day(string wearer, LocalDate date, DateTimeZone zone, List<Piece> pieces)
    {
        var day = new Itinerary(zone).DaySpan(date).Duration.TotalMilliseconds;
        var bouts = pieces.Where(piece => piece.Kind == Posture.Sitting).ToList();
        var x = bouts.Select(bout => bout.Milliseconds).Order().ToList();
        var upright = pieces.Where(piece => piece.Kind == Posture.Upright).Sum(piece => piece.Milliseconds);
        var (sitting, known) = (x.Sum(), x.Sum() + upright);
        var none = new DayFigures
        {
            Wearer = wearer, Date = date, Zone = zone.Id, Slice = "day", DaySeconds = day / 1000, KnownSeconds = known / 1000, Complete = known > 0 && known >= 0.4167 * day,
        };
        if (known == 0)
            return none;
        var breaks = bouts.SkipLast(1).Count(bout => bout.Rise);
        double Over(int minutes) => x.Where(length => length >= minutes * 60_000).Sum() / 1000;
        int Count(int minutes) => x.Count(length => length >= minutes * 60_000);
        var sums = none with
        {
            SittingSeconds = sitting / 1000, UprightSeconds = upright / 1000, SedentaryHours = (double)Math.Round((decimal)sitting / 3_600_000, 2, MidpointRounding.AwayFromZero),
            Bouts = x.Count, Breaks = breaks, Rises = bouts.Count(bout => bout.Rise), BreaksPerSedentaryHour = sitting > 0 ? breaks / (sitting / 3_600_000) : null,
            BoutsOver20 = Count(20), SecondsOver20 = Over(20), BoutsOver30 = Count(30), SecondsOver30 = Over(30), BoutsOver60 = Count(60), SecondsOver60 = Over(60), BoutsOver120 = Count(120), SecondsOver120 = Over(120),
            BoutsOver240 = Count(240), SecondsOver240 = Over(240), Reminders = 0, Heeded = 0,
        };
        if (x.Count == 0)
            return sums;
        var n = x.Count;
        var cumulated = x.Select((_, i) => x.Take(i + 1).Sum()).ToList();
        var some = sums with
        {
            FirstSitting = bouts[0].From.InZone(zone).ToOffsetDateTime(), LastSitting = bouts[^1].To.InZone(zone).ToOffsetDateTime(), LongestBoutSeconds = x.Max() / 1000, MeanBoutSeconds = Math.Round(x.Average()) / 1000, MedianBoutSeconds = Math.Round((x[(n - 1) / 2] + x[n / 2]) / 2) / 1000,
            UsualBoutSeconds = x.Where((_, i) => cumulated[i] >= sitting / 2).First() / 1000, Satp = 60_000 / x.Average(),
            Hazard = x.Distinct().Average(length => x.Count(other => other == length) / (double)x.Count(other => other >= length)),
        };
        if (n < 10 || x[0] == x[^1])
            return some;
        var alpha = 1 + n / x.Sum(length => Math.Log(length / x[0]));
        var half = x[0] * Math.Pow(2, 1 / (alpha - 1));
        var logs = x.Select(length => Math.Log(length / 60_000)).ToList();
        var mean = logs.Average();
        return some with
        {
            Alpha = alpha, AlphaXminSeconds = x[0] / 1000, X05Seconds = Math.Round(half) / 1000, W05 = x.Where(length => length > half).Sum() / sitting,
            Gini = (n + 1 - 2 * cumulated.Sum() / sitting) / n * n / (n - 1), Cov = Math.Sqrt(logs.Sum(log => Math.Pow(log - mean, 2)) / (n - 1)) / mean,
        };
    }
}
