using System.Runtime.CompilerServices;
using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Service.Options;
using SitSense.Service.Storage;
using SitSense.Sitting;

namespace SitSense.Service.Days;

/// <summary>Works out a wearer's time from what is stored: the same answer whenever and however often it is asked.</summary>
sealed class Reckoner(IStore store, SittingOptions sitting)
{
    /// <summary>So many days are loaded in one go.</summary>
    const int DaysAtOnce = 31;

    /// <summary>What was vouched of a wearer around a window, by all their devices, before cleaning; right within the window.</summary>
    public async Task<Stretch[]> TimelineAsync(string wearer, Wearing wearing, Interval window, CancellationToken cancel)
    {
        var streams = new List<Stretch[]>();
        foreach (var device in wearing.DevicesOf(wearer))
        {
            var history = await store.HistoryAsync(device, window, cancel);
            if (history.Records.Count + history.Heartbeats.Count == 0)
                continue;
            var vouched = Vouching.Vouch(device, history.Records, history.Heartbeats).Stretches;
            streams.AddRange(wearing.SpansOf(wearer, device).Select(span => Timeline.Clip(vouched, span.From, span.To)));
        }
        return Timeline.Merge(streams);
    }

    /// <summary>What is stored from a date on and holds up to the first instant that is touched; null = nothing that helps.</summary>
    public async Task<Head?> HeadAsync(string wearer, Itinerary zones, LocalDate first, Instant touched, CancellationToken cancel)
    {
        var until = touched - CleanTimeline.Reach(sitting.Minimum);
        CleanTimeline? head = null;
        for (var date = first; zones.DaySpan(date) is var span && span.Start < until; date = date.PlusDays(1))
        {
            if (await store.CleanedAsync(wearer, date, span, sitting.Minimum, cancel) is not { } stored)
                return null;
            head = head?.ContinuedBy(stored, span.Start) ?? stored;
        }
        return head is null ? null : new(head, until);
    }

    /// <summary>The figures of ascending dates that are stored: always <c>day</c>, and <c>work</c> where the wearer has work hours.</summary>
    public async Task<List<StoredDay>> DaysAsync(WearerSettings wearer, Itinerary zones, Wearing wearing, IReadOnlyList<LocalDate> dates, bool byHeartbeat, Head? head, CancellationToken cancel)
    {
        var days = new List<StoredDay>();
        await foreach (var (slice, lived) in SlicesAsync(wearer, zones, wearing, dates, wearer.Work is null ? [SliceChoice.Day] : [SliceChoice.Day, SliceChoice.Work], head, cancel))
        {
            var day = SittingDay.Of(wearer.Wearer, slice, lived.Timeline, sitting.CompleteShare, lived.Reminders);
            days.Add(slice.Name != SliceChoice.Day.Name ? new(day.Figures, [], byHeartbeat) : new(day.Figures, day.Bouts, byHeartbeat)
            {
                Cleaned = new(slice.Parts[0], sitting.Minimum, lived.Timeline.Around(slice.Parts[0])),
                Since = head?.Until ?? Instant.MinValue,
            });
        }
        return days;
    }

    /// <summary>Slices of ascending dates, and what the wearer did then.</summary>
    public async IAsyncEnumerable<(Slice Slice, Lived Lived)> SlicesAsync(WearerSettings wearer, Itinerary zones, Wearing wearing, IReadOnlyList<LocalDate> dates,
        IReadOnlyList<SliceChoice> choices, Head? head, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (int start = 0, end; start < dates.Count; start = end)
        {
            for (end = start + 1; end < dates.Count && end - start < DaysAtOnce && dates[end] == dates[end - 1].PlusDays(1); end++) { }
            var together = dates.Skip(start).Take(end - start).ToList();
            var lived = await LivedAsync(wearer.Wearer, wearing, [.. together.SelectMany(date => choices.SelectMany(choice => choice.Window(wearer, zones, date)))], head, cancel);
            foreach (var date in together)
                foreach (var choice in choices)
                    yield return (choice.Of(wearer, zones, date, lived.Timeline), lived);
        }
    }

    /// <summary>The figures of a slice of which nothing is known.</summary>
    public DayFigures Unknown(WearerSettings wearer, Itinerary zones, LocalDate date, SliceChoice choice) =>
        SittingDay.Of(wearer.Wearer, choice.Of(wearer, zones, date, CleanTimeline.Nothing), CleanTimeline.Nothing, sitting.CompleteShare).Figures;

    /// <summary>The dates whose figures a change within a span may move.</summary>
    public IEnumerable<LocalDate> DatesTouched(WearerSettings wearer, Itinerary zones, Interval span)
    {
        var pastMidnight = wearer.Work?.Values.Any(hours => hours.To <= hours.From) == true;
        return Slice.DatesTouched(span, zones, sitting.Minimum).SelectMany(date => pastMidnight ? (LocalDate[])[date.PlusDays(-1), date] : [date]);
    }

    /// <summary>What the wearer did from the first to the last of some windows, right within them. Of what the head holds no record is read.</summary>
    async Task<Lived> LivedAsync(string wearer, Wearing wearing, IReadOnlyList<Interval> windows, Head? head, CancellationToken cancel)
    {
        if (windows.Count == 0)
            return new(CleanTimeline.Nothing, []);
        var reach = CleanTimeline.Reach(sitting.Minimum);
        var window = new Interval(windows.Min(part => part.Start) - reach, windows.Max(part => part.End) + reach);
        var helps = head?.Until - reach > window.Start;
        var open = helps ? new Interval(head!.Until - reach, window.End) : window;
        var timeline = CleanTimeline.From(await TimelineAsync(wearer, wearing, open, cancel), sitting.Minimum);
        if (helps)
            timeline = head!.Timeline.ContinuedBy(timeline, head.Until);
        var reminders = new List<ReminderMessage>();
        foreach (var device in wearing.DevicesOf(wearer))
            reminders.AddRange((await store.RemindersAsync(device, window, cancel)).Where(reminder => wearing.WearerOf(device, reminder.At) == wearer));
        return new(timeline, Lived.RemindersOf(reminders));
    }
}
