using NodaTime;
using NodaTime.TimeZones;

namespace SitSense.Sitting;

/// <summary>The part of a wearer's local date that figures are of.</summary>
/// <param name="Name"><c>day</c>, <c>work</c>, <c>waking</c>, or what it was asked for by.</param>
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

    /// <summary>Whether an instant lies in it; its ends do not.</summary>
    public bool Contains(Instant instant)
    {
        foreach (var part in Parts)
            if (part.Contains(instant))
                return true;
        return false;
    }

    /// <summary>The calendar day, from its first instant to the next date's (<see cref="Itinerary.DaySpan"/>).</summary>
    public static Slice Day(LocalDate date, Itinerary zones) => new("day", date, zones.On(date), [zones.DaySpan(date)]);

    /// <summary>Hours of a date by its own clock, with the slices of the same hours of other dates never overlapping.</summary>
    /// <remarks>A local time that the clock skipped is the instant of the change; one that it shows twice is the first of the two. So hours that meet share no time and leave none out.</remarks>
    /// <param name="name">What the slice is called.</param>
    /// <param name="date">The date on which they begin.</param>
    /// <param name="zones">The wearer's zones.</param>
    /// <param name="hours">From and to; to at or before from is on the next date, and with equal ends it is a whole day. Null = none on that date.</param>
    public static Slice Hours(string name, LocalDate date, Itinerary zones, (LocalTime From, LocalTime To)? hours) =>
        new(name, date, zones.On(date), hours is { } given ? Within(date, zones, [Span(date, zones.On(date), given, lastEnd: false)]) : []);

    /// <summary>The waking day of a wearer who says no hours (<see cref="WakingDay"/>); of one who does take <see cref="Hours"/>.</summary>
    /// <param name="date">The date.</param>
    /// <param name="zones">The wearer's zones.</param>
    /// <param name="timeline">The wearer's cleaned timeline, right within <see cref="WakingWindow"/>.</param>
    public static Slice Waking(LocalDate date, Itinerary zones, CleanTimeline timeline) => WakingDay.Of(date, zones, timeline);

    /// <summary>Where the waking day of a date may lie, and what decides it: from the noon before to the noon after.</summary>
    public static Interval WakingWindow(LocalDate date, Itinerary zones) => WakingDay.Window(date, zones);

    /// <summary>A span of time that no date decides; its date is that on which it begins.</summary>
    public static Slice Between(string name, Interval span, Itinerary zones) => new(name, zones.DateOf(span.Start), zones.At(span.Start), [span]);

    /// <summary>The work hours of a date with lunch cut out.</summary>
    /// <remarks>A local time that the clock skipped is the instant of the change; of one that it shows twice hours begin at the first and end at the second.</remarks>
    /// <param name="date">The date on which they begin.</param>
    /// <param name="zones">The wearer's zones.</param>
    /// <param name="hours">From and to; to at or before from is on the next date. Null = no work on that date.</param>
    /// <param name="lunch">Cut out where it falls into the hours; null = none.</param>
    public static Slice Work(LocalDate date, Itinerary zones, (LocalTime From, LocalTime To)? hours, (LocalTime From, LocalTime To)? lunch)
    {
        var zone = zones.On(date);
        if (hours is not { } work)
            return new("work", date, zone, []);
        var whole = Span(date, zone, work, lastEnd: true);
        if (lunch is not { } meal)
            return new("work", date, zone, Within(date, zones, [whole]));

        // Of a shift past midnight lunch may fall on either date.
        var parts = new List<Interval>();
        var (from, to) = (whole.Start, whole.End);
        foreach (var day in (LocalDate[])[date, date.PlusDays(1)])
        {
            var lunchtime = Span(day, zone, meal, lastEnd: true);
            if (lunchtime.Start >= to || lunchtime.End <= from)
                continue;
            if (from < lunchtime.Start)
                parts.Add(new(from, lunchtime.Start));
            from = Instant.Min(to, lunchtime.End);
        }
        if (from < to)
            parts.Add(new(from, to));
        return new("work", date, zone, Within(date, zones, parts));
    }

    /// <summary>Every local date whose figures may change when a wearer's timeline changes within a span.</summary>
    /// <remarks>
    /// Cleaning carries a change <see cref="CleanTimeline.Reach"/> beyond the span. Hours past midnight also count to the date on which they began;
    /// for a wearer with such hours ask for the date before as well.
    /// </remarks>
    public static IEnumerable<LocalDate> DatesTouched(Interval span, Itinerary zones, Duration minimum)
    {
        var reach = CleanTimeline.Reach(minimum);
        var (from, to) = (span.Start - reach, span.End + reach);
        for (var date = Itinerary.FirstDate(from); ; date = date.PlusDays(1))
        {
            var day = zones.DaySpan(date);
            if (day.Start > to)
                yield break;
            if (day.End >= from)
                yield return date;
        }
    }

    /// <summary>
    /// What of a date's parts is left beside a journey: what lies before the date, or after the last date of the same zone, is another date's time.
    /// </summary>
    static List<Interval> Within(LocalDate date, Itinerary zones, List<Interval> parts)
    {
        var day = zones.DaySpan(date);
        var next = date.PlusDays(1);
        if (zones.On(next).Equals(zones.On(date)))
            next = next.PlusDays(1);        // hours past midnight reach into the next date, and not over it
        var end = zones.On(next).Equals(zones.On(date)) ? Instant.MaxValue : zones.DaySpan(next).Start;
        var left = new List<Interval>(parts.Count);
        foreach (var part in parts)
            if (part.Start < end && part.End > day.Start)
                left.Add(new(Instant.Max(part.Start, day.Start), Instant.Min(part.End, end)));
        return left;
    }

    static Interval Span(LocalDate date, DateTimeZone zone, (LocalTime From, LocalTime To) hours, bool lastEnd) =>
        new(At(date + hours.From, zone, first: true), At((hours.To > hours.From ? date : date.PlusDays(1)) + hours.To, zone, first: !lastEnd));

    /// <summary>The first or the last instant at which a zone's clock shows a local time; that of the change where it skips it.</summary>
    internal static Instant At(LocalDateTime local, DateTimeZone zone, bool first)
    {
        ZoneLocalMapping mapping = zone.MapLocal(local);
        return mapping.Count == 0 ? mapping.LateInterval.Start : (first ? mapping.First() : mapping.Last()).ToInstant();
    }
}
