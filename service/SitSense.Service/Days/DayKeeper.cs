using NodaTime;
using SitSense.Service.Options;
using SitSense.Service.Storage;

namespace SitSense.Service.Days;

/// <summary>Keeps the days' figures right: looks each second for spans of time that something touched, and works out the days they lie on.</summary>
sealed class DayKeeper(IStore store, DayBook book, SitSenseOptions options, LiveFeed feed, TimeProvider clock, ILogger<DayKeeper> log) : BackgroundService
{
    const int AtOnce = 500;

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly Reckoner reckoner = new(store, options.Sitting);
    readonly OncePerMinute problems = new(clock);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            var caughtUp = true;
            try
            {
                caughtUp = await KeepAsync(stop);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                if (problems.Now(out _))
                    log.LogError("The days' figures are late: {Problem}", problem.Message);
            }
            if (caughtUp)
                await Task.Delay(Pause, clock, stop);
        }
    }

    /// <summary>Works out what is touched now; true when nothing is left that it could have done.</summary>
    async Task<bool> KeepAsync(CancellationToken stop)
    {
        var touched = await store.TouchedAsync(AtOnce, stop);
        if (touched.Count == 0)
            return true;
        var wearers = (await store.WearersAsync(stop)).ToDictionary(wearer => wearer.Settings.Wearer, wearer => wearer.Settings);
        var wearing = new Wearing(await store.AssignmentsAsync(stop));
        var done = 0;
        foreach (var notes in touched.GroupBy(note => note.Wearer))
        {
            try
            {
                var wearer = wearers.GetValueOrDefault(notes.Key) ?? new WearerSettings(notes.Key, null, null, null);
                await KeepAsync(wearer, wearing, [.. notes], stop);
                done += notes.Count();
            }
            catch (Exception problem) when (problem is not (OperationCanceledException or StoreException))
            {
                if (problems.Now(out _))
                    log.LogError(problem, "The days of {Wearer} cannot be worked out; the others can.", notes.Key);
            }
        }
        return touched.Count < AtOnce || done == 0;
    }

    async Task KeepAsync(WearerSettings wearer, Wearing wearing, Touched[] notes, CancellationToken stop)
    {
        var zone = book.ZoneOf(wearer);
        var byHeartbeat = notes.All(note => note.ByHeartbeat);
        var dates = new SortedSet<LocalDate>(notes.SelectMany(note => reckoner.DatesTouched(wearer, zone, note.Span)));
        if (!byHeartbeat && dates.Count > 0)
            foreach (var day in await store.DaysAsync(wearer.Wearer, dates.Min.PlusDays(-1), dates.Max.PlusDays(1), "day", stop))
                if (day.Figures.Zone != zone.Id)
                    dates.Add(day.Figures.Date);        // a date of another zone may hold nothing any more
        var days = await reckoner.DaysAsync(wearer, zone, wearing, [.. dates], byHeartbeat, stop);
        await store.SaveDaysAsync(days, notes, stop);
        foreach (var day in days)
            feed.Publish(new DayEvent(day.Figures));
    }
}
