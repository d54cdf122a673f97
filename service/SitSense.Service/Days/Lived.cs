using SitSense.Service.Ingest;
using SitSense.Sitting;

namespace SitSense.Service.Days;

/// <summary>What a wearer did for some time: all that figures are worked out from.</summary>
/// <param name="Timeline">Cleaned.</param>
/// <param name="Reminders">Ascending for each device.</param>
sealed record Lived(CleanTimeline Timeline, IReadOnlyList<Reminder> Reminders)
{
    /// <summary>The messages that say that a reminder fell due or was heeded.</summary>
    public static IReadOnlyList<Reminder> RemindersOf(IEnumerable<ReminderMessage> messages) =>
        [.. messages.Where(message => message.Kind is "due" or "heeded").Select(message => new Reminder(message.Device, message.At, message.Kind == "heeded"))];
}
