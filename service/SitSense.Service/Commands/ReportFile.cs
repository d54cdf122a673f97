using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Service.Options;
using SitSense.Sitting;

namespace SitSense.Service.Commands;

/// <summary>The days of a file's wearers, worked out from it alone.</summary>
static class ReportFile
{
    /// <summary>The calendar days' figures: every local day that the file touches, or those asked for.</summary>
    /// <param name="messages">What the file holds.</param>
    /// <param name="wearer">Who had all its devices; null = each is its own wearer.</param>
    /// <param name="zone">The zone of the days.</param>
    /// <param name="from">The first date; null = the first that is touched.</param>
    /// <param name="to">The last date; null = the last that is touched.</param>
    /// <param name="sitting">What counts as sitting.</param>
    public static IEnumerable<DayFigures> Days(IEnumerable<Message> messages, string? wearer, DateTimeZone zone, LocalDate? from, LocalDate? to, SittingOptions sitting)
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
            if (Dates(timeline, zone, from, to) is not { } dates)
                continue;
            var reminders = group.SelectMany(device => device.Value.Reminders).ToList();
            var clean = CleanTimeline.From(timeline, sitting.Minimum);
            for (var date = dates.First; date <= dates.Last; date = date.PlusDays(1))
            {
                var slice = Slice.Day(date, zone);
                int Count(string kind) => reminders.Count(reminder => reminder.Kind == kind && slice.Parts[0].Contains(reminder.At));
                yield return SittingDay.Of(group.Key, slice, clean, sitting.CompleteShare, Count("due"), Count("heeded")).Figures;
            }
        }
    }

    /// <summary>The dates asked for, else those that the timeline touches; null when there are none.</summary>
    static (LocalDate First, LocalDate Last)? Dates(Stretch[] timeline, DateTimeZone zone, LocalDate? from, LocalDate? to)
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
