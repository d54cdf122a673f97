using NodaTime;

namespace SitSense.Sitting;

/// <summary>The zones that a wearer lives in: one at first, and others each from a local date on.</summary>
/// <remarks>
/// A date runs from its first instant in its own zone to the first instant of the next date in that date's zone. So the dates follow upon each
/// other without a gap or an overlap, whatever the journey: the last date before a journey to the west is longer, before one to the east shorter. Where the
/// next date begins earlier than this one (from far in the west over the date line to far in the east) this one has no length.
/// </remarks>
public sealed class Itinerary
{
    readonly (LocalDate From, DateTimeZone Zone)[] moves;

    /// <param name="home">The zone of every date before the first move.</param>
    /// <param name="moves">From which date on which zone holds, in any order, one a date; empty = a wearer who stays.</param>
    public Itinerary(DateTimeZone home, params IEnumerable<(LocalDate From, DateTimeZone Zone)> moves)
    {
        Home = home;
        this.moves = [.. moves.OrderBy(move => move.From)];
    }

    /// <summary>The zone of every date before the first move.</summary>
    public DateTimeZone Home { get; }

    /// <summary>A wearer who stays.</summary>
    public static implicit operator Itinerary(DateTimeZone zone) => new(zone);

    /// <summary>The zone of a date.</summary>
    public DateTimeZone On(LocalDate date)
    {
        var zone = Home;
        foreach (var move in moves)
            if (move.From <= date)
                zone = move.Zone;
        return zone;
    }

    /// <summary>The zone of the date that an instant belongs to.</summary>
    public DateTimeZone At(Instant instant) => On(DateOf(instant));

    /// <summary>The date that an instant belongs to.</summary>
    public LocalDate DateOf(Instant instant)
    {
        var date = FirstDate(instant);
        while (StartOf(date.PlusDays(1)) <= instant)
            date = date.PlusDays(1);
        return date;
    }

    /// <summary>The instants of a date: 23, 24 or 25 hours, none for one that its zone skipped, and what a journey makes of the last before it.</summary>
    public Interval DaySpan(LocalDate date) => new(StartOf(date), StartOf(date.PlusDays(1)));

    /// <summary>A date that ends at or before an instant, though hardly earlier: zones are no more than 14 hours away from UTC.</summary>
    internal static LocalDate FirstDate(Instant instant) => instant.InUtc().Date.PlusDays(-2);

    /// <summary>When a date starts: never before the date before it does.</summary>
    Instant StartOf(LocalDate date)
    {
        var start = FirstInstant(date);
        return moves.Length == 0 ? start : Instant.Max(start, FirstInstant(date.PlusDays(-1)));
    }

    Instant FirstInstant(LocalDate date) => Slice.At(date.AtMidnight(), On(date), first: true);
}
