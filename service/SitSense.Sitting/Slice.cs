using NodaTime;
using NodaTime.TimeZones;

namespace SitSense.Sitting;

/// <summary>The part of a wearer's local date that figures are of.</summary>
/// <param name="Name"><c>day</c> or <c>work</c>.</param>
/// <param name="Date">The local date; hours past midnight belong to the date on which they began.</param>
/// <param name="Zone">The wearer's zone on that date.</param>
/// <param name="Parts">The time it covers, ascending, without overlap; empty on a date without work hours.</param>
public sealed record Slice(string Name, LocalDate Date, DateTimeZone Zone, IReadOnlyList<Interval> Parts)
{
    /// <summary>How much time it covers.</summary>
    public Duration Length
    {
        get
        {
            var length = Duration.Zero;
            foreach (var part in Parts)
                length += part.Duration;
            return length;
        }
    }

    /// <summary>The calendar day, from its first instant to the next date's: 23, 24 or 25 hours, none for a date that the zone skipped.</summary>
    public static Slice Day(LocalDate date, DateTimeZone zone) => new("day", date, zone, [DaySpan(date, zone)]);

    /// <summary>The work hours of a date with lunch cut out.</summary>
    /// <remarks>A local time that the clock skipped is the instant of the change; of one that it shows twice hours begin at the first and end at the second.</remarks>
    /// <param name="date">The date on which they begin.</param>
    /// <param name="zone">The wearer's zone.</param>
    /// <param name="hours">From and to; to at or before from is on the next date. Null = no work on that date.</param>
    /// <param name="lunch">Cut out where it falls into the hours; null = none.</param>
    public static Slice Work(LocalDate date, DateTimeZone zone, (LocalTime From, LocalTime To)? hours, (LocalTime From, LocalTime To)? lunch)
    {
        if (hours is not { } work)
            return new("work", date, zone, []);
        var (from, to) = Span(date, zone, work);
        if (lunch is not { } meal)
            return new("work", date, zone, [new(from, to)]);

        // Of a shift past midnight lunch may fall on either date.
        var parts = new List<Interval>();
        foreach (var day in (LocalDate[])[date, date.PlusDays(1)])
        {
            var (lunchFrom, lunchTo) = Span(day, zone, meal);
            if (lunchFrom >= to || lunchTo <= from)
                continue;
            if (from < lunchFrom)
                parts.Add(new(from, lunchFrom));
            from = Instant.Min(to, lunchTo);
        }
        if (from < to)
            parts.Add(new(from, to));
        return new("work", date, zone, parts);
    }

    /// <summary>The instants of a local date; its end is the next date's start.</summary>
    public static Interval DaySpan(LocalDate date, DateTimeZone zone) => new(StartOf(date, zone), StartOf(date.PlusDays(1), zone));

    /// <summary>Every local date whose figures may change when a wearer's timeline changes within a span.</summary>
    /// <remarks>
    /// Cleaning carries a change <see cref="CleanTimeline.Reach"/> beyond the span. Hours past midnight also count to the date on which they began;
    /// for a wearer with such hours ask for the date before as well.
    /// </remarks>
    public static IEnumerable<LocalDate> DatesTouched(Interval span, DateTimeZone zone, Duration minimum)
    {
        var reach = CleanTimeline.Reach(minimum);
        var (from, to) = (span.Start - reach, span.End + reach);
        // Where a clock is put back over midnight an instant's date is not that of its day's span: begin a date early, and look.
        for (var date = from.InZone(zone).Date.PlusDays(-1); ; date = date.PlusDays(1))
        {
            var day = DaySpan(date, zone);
            if (day.Start > to)
                yield break;
            if (day.End >= from)
                yield return date;
        }
    }

    static Instant StartOf(LocalDate date, DateTimeZone zone) => At(date.AtMidnight(), zone, first: true);

    static (Instant From, Instant To) Span(LocalDate date, DateTimeZone zone, (LocalTime From, LocalTime To) hours) =>
        (At(date + hours.From, zone, first: true), At((hours.To > hours.From ? date : date.PlusDays(1)) + hours.To, zone, first: false));

    static Instant At(LocalDateTime local, DateTimeZone zone, bool first)
    {
        ZoneLocalMapping mapping = zone.MapLocal(local);
        return mapping.Count == 0 ? mapping.LateInterval.Start : (first ? mapping.First() : mapping.Last()).ToInstant();
    }
}
