using NodaTime;
using SitSense.Service.Options;
using SitSense.Service.Storage;

namespace SitSense.Service.Days;

/// <summary>Works out the days on which something was touched, and tells the live feed.</summary>
sealed class DayUpkeep(IStore store, SitSenseOptions options, LiveFeed feed, TimeProvider clock, ILogger<DayUpkeep> log)
{
    /// <summary>So many spans are answered in one transaction.</summary>
    const int AtOnce = 200;

    readonly DayBook book = new(store, options);
    readonly Reckoner reckoner = new(store, options.Sitting);
    readonly OncePerMinute problems = new(clock);

    /// <summary>Works out everything that is touched now.</summary>
    /// <param name="worked">Is told how many spans were worked out so far.</param>
    /// <param name="cancel">Ends it early; what is left stays touched.</param>
    public async Task CatchUpAsync(CancellationToken cancel, Action<int>? worked = null)
    {
        for (var done = 0; ;)
        {
            var (asked, answered) = await StepAsync(cancel);
            worked?.Invoke(done += answered);
            if (asked < AtOnce || answered == 0)
                return;
        }
    }

    async Task<(int Asked, int Answered)> StepAsync(CancellationToken cancel)
    {
        var touched = await store.TouchedAsync(AtOnce, cancel);
        if (touched.Count == 0)
            return (0, 0);
        var wearers = (await store.WearersAsync(cancel)).ToDictionary(wearer => wearer.Settings.Wearer, wearer => wearer.Settings);
        var wearing = new Wearing(await store.AssignmentsAsync(cancel));
        var (days, answered) = (new List<StoredDay>(), new List<Touched>());
        foreach (var notes in touched.GroupBy(note => note.Wearer))
        {
            try
            {
                var wearer = wearers.GetValueOrDefault(notes.Key) ?? new WearerSettings(notes.Key, null, null, null);
                days.AddRange(await WorkOutAsync(wearer, wearing, [.. notes], cancel));
                answered.AddRange(notes);
            }
            catch (Exception problem) when (problem is not (OperationCanceledException or StoreException))
            {
                if (problems.Now(out _))
                    log.LogError(problem, "The days of {Wearer} cannot be worked out; the others' can.", notes.Key);
            }
        }
        await store.SaveDaysAsync(days, answered, cancel);
        foreach (var day in days)
            feed.Publish(new DayEvent(day.Figures));
        return (touched.Count, answered.Count);
    }

    async Task<List<StoredDay>> WorkOutAsync(WearerSettings wearer, Wearing wearing, Touched[] notes, CancellationToken cancel)
    {
        var zones = book.ZonesOf(wearer);
        var byHeartbeat = notes.All(note => note.ByHeartbeat);
        var dates = new SortedSet<LocalDate>(notes.SelectMany(note => reckoner.DatesTouched(wearer, zones, note.Span)));
        if (!byHeartbeat && dates.Count > 0)
            foreach (var day in await store.DaysAsync(wearer.Wearer, dates.Min.PlusDays(-1), dates.Max.PlusDays(1), "day", cancel))
                if (day.Figures.Zone != zones.On(day.Figures.Date).Id)
                    dates.Add(day.Figures.Date);        // a date of another zone may hold nothing any more
        return await reckoner.DaysAsync(wearer, zones, wearing, [.. dates], byHeartbeat, cancel);
    }
}
