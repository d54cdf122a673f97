using System.Runtime.CompilerServices;
using NodaTime;
using SitSense.Service.Options;
using SitSense.Service.Storage;
using SitSense.Sitting;

namespace SitSense.Service.Days;

/// <summary>Answers what a wearer's days and hours were like.</summary>
public sealed class DayBook(IStore store, SitSenseOptions options)
{
    readonly Reckoner reckoner = new(store, options.Sitting);

    /// <summary>The wearer; null when nobody is known by that name.</summary>
    public async Task<Wearer?> FindAsync(string wearer, CancellationToken cancel) =>
        (await store.WearersAsync(cancel)).FirstOrDefault(one => one.Settings.Wearer == wearer);

    /// <summary>The zones that hold for a wearer.</summary>
    public Itinerary ZonesOf(WearerSettings wearer)
    {
        return new(Zone(wearer.Zone), wearer.Moves.Select(move => (move.Key, Zone(move.Value))));

        DateTimeZone Zone(string? name) => (name is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)) ?? options.Wearer.Zone;
    }

    /// <summary>
    /// A wearer's figures of a slice of every date, both included, ascending; a date of which nothing is known has figures that say so. Of a span
    /// the one day that it is.
    /// </summary>
    public async Task<IReadOnlyList<DayFigures>> DaysAsync(WearerSettings wearer, LocalDate from, LocalDate to, SliceChoice choice, CancellationToken cancel)
    {
        var days = new List<DayFigures>();
        if (!choice.IsStored)
        {
            await foreach (var (slice, lived) in EachAsync(wearer, from, to, choice, cancel))
                days.Add(SittingDay.Of(wearer.Wearer, slice, lived.Timeline, options.Sitting.CompleteShare, lived.Reminders).Figures);
            return days;
        }
        var stored = (await store.DaysAsync(wearer.Wearer, from, to, choice.Name, cancel)).ToDictionary(day => day.Figures.Date, day => day.Figures);
        var zones = ZonesOf(wearer);
        for (var date = from; date <= to; date = date.PlusDays(1))
            days.Add(stored.TryGetValue(date, out var figures) ? figures : reckoner.Unknown(wearer, zones, date, choice));
        return days;
    }

    /// <summary>A slice itself of every date, both included, ascending: which time its figures are of.</summary>
    public async Task<IReadOnlyList<Slice>> SlicesAsync(WearerSettings wearer, LocalDate from, LocalDate to, SliceChoice choice, CancellationToken cancel)
    {
        var slices = new List<Slice>();
        await foreach (var (slice, _) in EachAsync(wearer, from, to, choice, cancel))
            slices.Add(slice);
        return slices;
    }

    /// <summary>The hours of a slice of every date, both included, ascending.</summary>
    public async Task<IReadOnlyList<DayProfile>> ProfilesAsync(WearerSettings wearer, LocalDate from, LocalDate to, SliceChoice choice, CancellationToken cancel)
    {
        var days = new List<DayProfile>();
        await foreach (var (slice, lived) in EachAsync(wearer, from, to, choice, cancel))
            days.Add(DayProfile.Of(wearer.Wearer, slice, lived.Timeline));
        return days;
    }

    /// <summary>The weeks that hold any of the dates, or these dates as one period, each beside the one before.</summary>
    public async Task<IReadOnlyList<PeriodSummary>> SummariesAsync(WearerSettings wearer, LocalDate from, LocalDate to, SliceChoice choice, bool byWeek, CancellationToken cancel)
    {
        List<(LocalDate From, LocalDate To)> periods = byWeek ? [.. PeriodSummary.Weeks(from, to)] : [(from, to)];
        var days = await DaysAsync(wearer, PeriodSummary.Before(periods[0].From, periods[0].To), periods[^1].To, choice, cancel);
        return [.. periods.Select(period => PeriodSummary.Of(wearer.Wearer, choice.Name, period.From, period.To, days, options.Sitting.ValidDays))];
    }

    /// <summary>What was vouched within a window, before cleaning: ascending, without holes, unknown where nobody vouched.</summary>
    public async Task<IReadOnlyList<Stretch>> TimelineAsync(string wearer, Interval window, CancellationToken cancel)
    {
        var wearing = new Wearing(await store.AssignmentsAsync(cancel));
        return Timeline.Fill(await reckoner.TimelineAsync(wearer, wearing, window, cancel), window);
    }

    async IAsyncEnumerable<(Slice Slice, Lived Lived)> EachAsync(WearerSettings wearer, LocalDate from, LocalDate to, SliceChoice choice, [EnumeratorCancellation] CancellationToken cancel)
    {
        var wearing = new Wearing(await store.AssignmentsAsync(cancel));
        List<LocalDate> dates = choice.Span is null ? [.. Enumerable.Range(0, Period.DaysBetween(from, to) + 1).Select(from.PlusDays)] : [from];
        await foreach (var one in reckoner.SlicesAsync(wearer, ZonesOf(wearer), wearing, dates, [choice], null, cancel))
            yield return one;
    }
}
