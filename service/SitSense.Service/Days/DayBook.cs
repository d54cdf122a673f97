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

    /// <summary>The zone that holds for a wearer.</summary>
    public DateTimeZone ZoneOf(WearerSettings wearer) =>
        wearer.Zone is { } zone ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? options.Wearer.Zone : options.Wearer.Zone;

    /// <summary>
    /// A wearer's figures of slice <c>day</c> or <c>work</c> for every date, both included, ascending; a date of which nothing is known
    /// has figures that say so.
    /// </summary>
    public async Task<IReadOnlyList<DayFigures>> DaysAsync(WearerSettings wearer, LocalDate from, LocalDate to, string slice, CancellationToken cancel)
    {
        var stored = (await store.DaysAsync(wearer.Wearer, from, to, slice, cancel)).ToDictionary(day => day.Figures.Date, day => day.Figures);
        var zone = ZoneOf(wearer);
        var days = new List<DayFigures>();
        for (var date = from; date <= to; date = date.PlusDays(1))
            days.Add(stored.TryGetValue(date, out var figures) ? figures : reckoner.Unknown(wearer, zone, date, slice));
        return days;
    }

    /// <summary>What was vouched within a window, before cleaning: ascending, without holes, unknown where nobody vouched.</summary>
    public async Task<IReadOnlyList<Stretch>> TimelineAsync(string wearer, Interval window, CancellationToken cancel)
    {
        var wearing = new Wearing(await store.AssignmentsAsync(cancel));
        return Timeline.Fill(await reckoner.TimelineAsync(wearer, wearing, window, cancel), window);
    }
}
