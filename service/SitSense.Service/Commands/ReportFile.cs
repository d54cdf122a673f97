using NodaTime;
using SitSense.Service.Days;
using SitSense.Service.Ingest;
using SitSense.Service.Options;
using SitSense.Service.Web.Report;
using SitSense.Sitting;

namespace SitSense.Service.Commands;

/// <summary>The days of a file's wearers, worked out from it alone.</summary>
/// <param name="messages">What the file holds.</param>
/// <param name="wearer">Who had all its devices; null = each is its own wearer.</param>
/// <param name="zone">The zone of the days.</param>
/// <param name="choice">Which slice of them; no wearer's settings are known here.</param>
/// <param name="sitting">What counts as sitting.</param>
sealed class ReportFile(IEnumerable<Message> messages, string? wearer, DateTimeZone zone, SliceChoice choice, SittingOptions sitting) : IReportSource
{
    public IAsyncEnumerable<DayFigures> DaysAsync(LocalDate? from, LocalDate? to) => Slices(from, to, before: from is null && !choice.IsStored ? 1 : 0)
        .Select(one => DayOf(one.Wearer, one.Slice, one.Lived).Figures).Where(day => choice.IsStored || choice.Span is not null || (from is not null && to is not null) || day.KnownSeconds > 0).ToAsyncEnumerable();

    public IAsyncEnumerable<DayProfile> ProfilesAsync(LocalDate? from, LocalDate? to) => Slices(from, to).Select(one => DayProfile.Of(one.Wearer, one.Slice, one.Lived.Timeline)).ToAsyncEnumerable();

    public IAsyncEnumerable<PeriodSummary> SummariesAsync(LocalDate? from, LocalDate? to, bool byWeek) => Wearers().SelectMany(one =>
        Dates(one.Timeline, from, to) is not { } dates ? []
        : byWeek ? PeriodSummary.Weeks(dates.First, dates.Last).Select(week => SummaryOf(one.Wearer, one.Lived, week.From, week.To))
        : [SummaryOf(one.Wearer, one.Lived, dates.First, dates.Last)]).ToAsyncEnumerable();

    public Task<string> PageAsync(LocalDate? from, LocalDate? to, double? line, Instant now)
    {
        var everybody = Wearers().ToList();
        if (everybody.Count != 1)
            throw new Failure(everybody.Count == 0 ? "The file holds no posture." : $"The file has {everybody.Count} devices; say with --wearer who had them all.");
        var (name, timeline, lived) = everybody[0];
        var (today, touched) = (now.InZone(zone).Date, Dates(timeline, null, null));
        var (first, last) = ReportPage.Dates(from, to, touched?.Last ?? today);
        if (from is null && to is null && touched?.First > first)
            first = touched.Value.First;        // a short file has a short page
        var days = Each(first, last).Select(date => SliceOf(name, date, lived)).Select(slice => new FortnightDay(DayOf(name, slice, lived).Figures, slice,
            DayOf(name, Slice.Day(slice.Date, zone), lived).Bouts, Timeline.Fill(timeline, new Itinerary(zone).DaySpan(slice.Date))));
        return Task.FromResult(ReportPage.Write(new([.. days], SummaryOf(name, lived, first, last)), line, today));
    }

    PeriodSummary SummaryOf(string name, Lived lived, LocalDate from, LocalDate to) => PeriodSummary.Of(name, choice.Name, from, to,
        Each(PeriodSummary.Before(from, to), to).Select(date => DayOf(name, SliceOf(name, date, lived), lived).Figures), sitting.ValidDays);

    SittingDay DayOf(string name, Slice slice, Lived lived) => SittingDay.Of(name, slice, lived.Timeline, sitting.CompleteShare, lived.Reminders);

    Slice SliceOf(string name, LocalDate date, Lived lived) => choice.Of(new(name, null, null, null), zone, date, lived.Timeline);

    static IEnumerable<LocalDate> Each(LocalDate first, LocalDate last)
    {
        for (var date = first; date <= last; date = date.PlusDays(1))
            yield return date;
    }

    /// <summary>Every local date that the file touches, or those asked for, and some before: hours past midnight begin on the date before.</summary>
    IEnumerable<(string Wearer, Slice Slice, Lived Lived)> Slices(LocalDate? from, LocalDate? to, int before = 0)
    {
        foreach (var (name, timeline, lived) in Wearers())
            if (Dates(timeline, from, to) is { } dates)
                foreach (var date in choice.Span is null ? Each(dates.First.PlusDays(-before), dates.Last) : [dates.First])
                    yield return (name, SliceOf(name, date, lived), lived);
    }

    /// <summary>Everybody in the file: what was vouched of them, and what they did.</summary>
    IEnumerable<(string Wearer, Stretch[] Timeline, Lived Lived)> Wearers()
    {
        var devices = new SortedDictionary<string, Told>(StringComparer.Ordinal);
        foreach (var message in messages)
        {
            var device = Import.DeviceAndTime(message).Device;
            if (!devices.TryGetValue(device, out var told))
                devices[device] = told = new();
            told.Add(message);
        }
        foreach (var group in devices.GroupBy(device => wearer ?? device.Key))
        {
            var timeline = Timeline.Merge([.. group.Select(device => Vouching.Vouch(device.Key, device.Value.Records, device.Value.Heartbeats).Stretches)]);
            yield return (group.Key, timeline, new(CleanTimeline.From(timeline, sitting.Minimum), Lived.RemindersOf(group.SelectMany(device => device.Value.Reminders.OrderBy(reminder => reminder.At)))));
        }
    }

    /// <summary>The dates asked for, else those that the timeline touches; null when there are none.</summary>
    (LocalDate First, LocalDate Last)? Dates(Stretch[] timeline, LocalDate? from, LocalDate? to)
    {
        var touched = Array.FindAll(timeline, stretch => stretch.To > stretch.From);
        var first = from ?? (touched.Length == 0 ? null : touched[0].From.InZone(zone).Date);
        var last = to ?? (touched.Length == 0 ? null : (touched[^1].To - Duration.Epsilon).InZone(zone).Date);
        return first <= last ? (first.Value, last.Value) : null;
    }

    /// <summary>What one device told.</summary>
    sealed class Told
    {
        public List<DeviceRecord> Records { get; } = [];

        public List<Heartbeat> Heartbeats { get; } = [];

        public List<ReminderMessage> Reminders { get; } = [];

        public void Add(Message message)
        {
            if (message is PostureMessage change)
                Records.Add(new(change.Boot, change.Seq, change.At, change.Posture));
            else if (message is HeartbeatMessage beat)
                Heartbeats.Add(new(beat.Boot, beat.Seq, beat.At, beat.Posture));
            else if (message is ReminderMessage reminder)
            {
                Records.Add(new(reminder.Boot, reminder.Seq, reminder.At, null));
                Reminders.Add(reminder);
            }
        }
    }
}
