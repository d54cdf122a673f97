using NodaTime;
using SitSense.Service.Days;
using SitSense.Service.Ingest;
using SitSense.Service.Options;
using SitSense.Service.Storage;
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
        .Select(one => FiguresOf(one.Wearer, one.Slice, one.Lived)).Where(day => choice.IsStored || choice.Span is not null || (from is not null && to is not null) || day.KnownSeconds > 0).ToAsyncEnumerable();

    public IAsyncEnumerable<DayProfile> ProfilesAsync(LocalDate? from, LocalDate? to) => Slices(from, to).Select(one => DayProfile.Of(one.Wearer, one.Slice, one.Lived.Timeline)).ToAsyncEnumerable();

    public IAsyncEnumerable<PeriodSummary> SummariesAsync(LocalDate? from, LocalDate? to, bool byWeek) => Slices(null, null).GroupBy(one => one.Wearer).SelectMany(theirs =>
    {
        var days = theirs.Select(one => FiguresOf(one.Wearer, one.Slice, one.Lived)).ToList();
        var (first, last) = (from ?? days[0].Date, to ?? days[^1].Date);
        IEnumerable<(LocalDate From, LocalDate To)> periods = byWeek ? PeriodSummary.Weeks(first, last) : first <= last ? [(first, last)] : [];
        return periods.Select(period => PeriodSummary.Of(theirs.Key, choice.Name, period.From, period.To, days, sitting.ValidDays));
    }).ToAsyncEnumerable();

    DayFigures FiguresOf(string name, Slice slice, Lived lived) => SittingDay.Of(name, slice, lived.Timeline, sitting.CompleteShare, lived.Reminders).Figures;

    /// <summary>Every local date that the file touches, or those asked for, and some before: hours past midnight begin on the date before.</summary>
    IEnumerable<(string Wearer, Slice Slice, Lived Lived)> Slices(LocalDate? from, LocalDate? to, int before = 0)
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
            if (Dates(timeline, from, to) is not { } dates)
                continue;
            var lived = new Lived(CleanTimeline.From(timeline, sitting.Minimum), Lived.RemindersOf(group.SelectMany(device => device.Value.Reminders.OrderBy(reminder => reminder.At))));
            var settings = new WearerSettings(group.Key, null, null, null);
            for (var date = dates.First.PlusDays(-before); date <= dates.Last; date = choice.Span is null ? date.PlusDays(1) : LocalDate.MaxIsoValue)
                yield return (group.Key, choice.Of(settings, zone, date, lived.Timeline), lived);
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
