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

    /// <summary>The figures of ascending dates, by slice: always <c>day</c>, and <c>work</c> where the wearer has work hours.</summary>
    public async Task<List<StoredDay>> DaysAsync(WearerSettings wearer, DateTimeZone zone, Wearing wearing, IReadOnlyList<LocalDate> dates, bool byHeartbeat, CancellationToken cancel)
    {
        var days = new List<StoredDay>();
        for (int start = 0, end; start < dates.Count; start = end)
        {
            for (end = start + 1; end < dates.Count && end - start < DaysAtOnce && dates[end] == dates[end - 1].PlusDays(1); end++) { }
            var slices = dates.Skip(start).Take(end - start).SelectMany(date => SlicesOf(wearer, zone, date)).ToList();
            var parts = slices.SelectMany(slice => slice.Parts).ToList();
            if (parts.Count == 0)
                continue;
            var reach = CleanTimeline.Reach(sitting.Minimum);
            var window = new Interval(parts.Min(part => part.Start) - reach, parts.Max(part => part.End) + reach);
            var timeline = CleanTimeline.From(await TimelineAsync(wearer.Wearer, wearing, window, cancel), sitting.Minimum);
            var reminders = await RemindersAsync(wearer.Wearer, wearing, window, cancel);
            foreach (var slice in slices)
            {
                int Count(string kind) => reminders.Count(reminder => reminder.Kind == kind && slice.Parts.Any(part => part.Contains(reminder.At)));
                var day = SittingDay.Of(wearer.Wearer, slice, timeline, sitting.CompleteShare, Count("due"), Count("heeded"));
                days.Add(new(day.Figures, slice.Name == "day" ? day.Bouts : [], byHeartbeat));
            }
        }
        return days;
    }

    /// <summary>The figures of a slice of which nothing is known.</summary>
    public DayFigures Unknown(WearerSettings wearer, DateTimeZone zone, LocalDate date, string slice) =>
        SittingDay.Of(wearer.Wearer, slice == "day" ? Slice.Day(date, zone) : Work(wearer, zone, date), CleanTimeline.From([], sitting.Minimum), sitting.CompleteShare).Figures;

    /// <summary>The dates whose figures a change within a span may move.</summary>
    public IEnumerable<LocalDate> DatesTouched(WearerSettings wearer, DateTimeZone zone, Interval span)
    {
        var pastMidnight = wearer.Work?.Values.Any(hours => hours.To <= hours.From) == true;
        return Slice.DatesTouched(span, zone, sitting.Minimum).SelectMany(date => pastMidnight ? (LocalDate[])[date.PlusDays(-1), date] : [date]);
    }

    async Task<List<ReminderMessage>> RemindersAsync(string wearer, Wearing wearing, Interval window, CancellationToken cancel)
    {
        var reminders = new List<ReminderMessage>();
        foreach (var device in wearing.DevicesOf(wearer))
            reminders.AddRange((await store.RemindersAsync(device, window, cancel)).Where(reminder => wearing.WearerOf(device, reminder.At) == wearer));
        return reminders;
    }

    static IEnumerable<Slice> SlicesOf(WearerSettings wearer, DateTimeZone zone, LocalDate date) =>
        wearer.Work is null ? [Slice.Day(date, zone)] : [Slice.Day(date, zone), Work(wearer, zone, date)];

    static Slice Work(WearerSettings wearer, DateTimeZone zone, LocalDate date) =>
        Slice.Work(date, zone, wearer.Work?.TryGetValue(date.DayOfWeek, out var hours) == true ? hours : null, wearer.Lunch);
}
