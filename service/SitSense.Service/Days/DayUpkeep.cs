using NodaTime;
using SitSense.Service.Options;
using SitSense.Service.Storage;

namespace SitSense.Service.Days;

/// <summary>Works out the days on which something was touched, and tells the live feed.</summary>
sealed class DayUpkeep(IStore store, SitSenseOptions options, LiveFeed feed, TimeProvider clock, ILogger<DayUpkeep> log)
{
    /// <summary>So many spans are answered in one transaction.</summary>
    const int AtOnce = 200;

    /// <summary>After so many dates a transaction ends, so that recomputing everybody takes no more memory than recomputing one.</summary>
    const int EnoughDates = 400;

    /// <summary>So many dates are worked out between two words of progress.</summary>
    const int DatesAtOnce = 31;

    readonly DayBook book = new(store, options);
    readonly Reckoner reckoner = new(store, options.Sitting);
    readonly OncePerMinute problems = new(clock);

    /// <summary>Works out everything that is touched now.</summary>
    /// <param name="worked">Is told how many dates were worked out so far.</param>
    /// <param name="cancel">Ends it early; what is left stays touched.</param>
    public async Task CatchUpAsync(CancellationToken cancel, Action<int>? worked = null)
    {
        for (var done = 0; await StepAsync(dates => worked?.Invoke(done += dates), cancel);) { }
    }

    /// <summary>Works out some of it; whether there may be more that can be worked out.</summary>
    async Task<bool> StepAsync(Action<int> worked, CancellationToken cancel)
    {
        var touched = await store.TouchedAsync(AtOnce, cancel);
        if (touched.Count == 0)
            return false;
        var (days, answered) = (new List<StoredDay>(), new List<Touched>());
        var isAll = true;
        foreach (var notes in touched.GroupBy(note => note.Wearer))
        {
            if (days.Count >= EnoughDates)
            {
                isAll = false;
                break;
            }
            try
            {
                var (wearer, wearing) = (await store.SettingsAsync(notes.Key, cancel), new Wearing(await store.AssignmentsAsync(notes.Key, cancel)));
                days.AddRange(await WorkOutAsync(wearer, wearing, [.. notes], worked, cancel));
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
        return answered.Count > 0 && (touched.Count == AtOnce || !isAll);
    }

    async Task<List<StoredDay>> WorkOutAsync(WearerSettings wearer, Wearing wearing, Touched[] notes, Action<int> worked, CancellationToken cancel)
    {
        var zones = book.ZonesOf(wearer);
        var byHeartbeat = notes.All(note => note.ByHeartbeat);
        var dates = new SortedSet<LocalDate>(notes.SelectMany(note => reckoner.DatesTouched(wearer, zones, note.Span)));
        var head = dates.Count == 0 ? null : await reckoner.HeadAsync(wearer.Wearer, zones, dates.Min, notes.Min(note => note.Span.Start), cancel);
        if (!byHeartbeat && head is null && dates.Count > 0)
            foreach (var day in await store.DaysAsync(wearer.Wearer, dates.Min.PlusDays(-1), dates.Max.PlusDays(1), "day", cancel))
                if (day.Figures.Zone != zones.On(day.Figures.Date).Id)
                    dates.Add(day.Figures.Date);        // a date of another zone may hold nothing any more
        var days = new List<StoredDay>();
        foreach (var some in dates.Chunk(DatesAtOnce))
        {
            days.AddRange(await reckoner.DaysAsync(wearer, zones, wearing, some, byHeartbeat, head, cancel));
            worked(some.Length);
        }
        return days;
    }
}
