using NodaTime;
using SitSense.Service.Options;
using SitSense.Service.Storage;
using SitSense.Sitting;

namespace SitSense.Service.Days;

/// <summary>Answers what the days and the hours of a wearer were like.</summary>
public sealed class DayBook(IStore store, SitSenseOptions options)
{
    /// <summary>Everybody known, each with the zone that holds for them.</summary>
    public async Task<IReadOnlyList<(Wearer Wearer, DateTimeZone Zone)>> WearersAsync(CancellationToken cancel) =>
        [.. (await store.WearersAsync(cancel)).Select(wearer => (wearer, ZoneOf(wearer.Settings)))];

    /// <summary>The wearer; null when nobody is known by that name.</summary>
    public async Task<Wearer?> FindAsync(string wearer, CancellationToken cancel) =>
        (await store.WearersAsync(cancel)).FirstOrDefault(one => one.Settings.Wearer == wearer);

    /// <summary>The zone that holds for a wearer.</summary>
    public DateTimeZone ZoneOf(WearerSettings settings) =>
        settings.Zone is { } zone ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? options.Wearer.Zone : options.Wearer.Zone;

    /// <summary>One day's figures for every date, ascending; a date of which nothing is known has figures that say so.</summary>
    public Task<IReadOnlyList<DayFigures>> DaysAsync(WearerSettings wearer, LocalDate from, LocalDate to, string slice, CancellationToken cancel) =>
        throw new NotImplementedException();

    /// <summary>What was vouched between two instants, before cleaning: ascending, without holes, unknown where nobody vouched.</summary>
    public Task<IReadOnlyList<Stretch>> TimelineAsync(string wearer, Interval window, CancellationToken cancel) =>
        throw new NotImplementedException();
}
