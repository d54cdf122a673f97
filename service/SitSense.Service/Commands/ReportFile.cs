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
        var devices = new SortedDictionary<string, (List<DeviceRecord> Records, List<ReminderMessage> Reminders)>(StringComparer.Ordinal);
        foreach (var message in messages)
        {
            var (device, record) = message switch
            {
                PostureMessage posture => (posture.Device, new DeviceRecord(posture.Boot, posture.Seq, posture.At, posture.Posture)),
                ReminderMessage reminder => (reminder.Device, new DeviceRecord(reminder.Boot, reminder.Seq, reminder.At, null)),
                _ => throw new InvalidOperationException($"A file holds no {message.GetType().Name}."),
            };
            if (!devices.TryGetValue(device, out var told))
                devices[device] = told = ([], []);
            told.Records.Add(record);
            if (message is ReminderMessage due)
                told.Reminders.Add(due);
        }
        foreach (var group in devices.GroupBy(device => wearer ?? device.Key))
        {
            var timeline = Timeline.Merge([.. group.Select(device => Vouching.Vouch(device.Key, device.Value.Records, []).Stretches)]);
            var reminders = group.SelectMany(device => device.Value.Reminders).ToList();
            if (ReportCommand.Dates(timeline, zone, from, to) is not { } dates)
                continue;
            var clean = CleanTimeline.From(timeline, sitting.Minimum);
            for (var date = dates.First; date <= dates.Last; date = date.PlusDays(1))
            {
                var slice = Slice.Day(date, zone);
                int Count(string kind) => reminders.Count(reminder => reminder.Kind == kind && slice.Parts[0].Contains(reminder.At));
                yield return SittingDay.Of(group.Key, slice, clean, sitting.CompleteShare, Count("due"), Count("heeded")).Figures;
            }
        }
    }
}
