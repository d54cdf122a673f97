using NodaTime;

namespace SitSense.Sitting;

/// <summary>What became of a slice's reminders.</summary>
/// <param name="Due">Reminders that fell due in the slice.</param>
/// <param name="Heeded">Reminders that were heeded in it, whenever they fell due.</param>
/// <param name="Answered">Those that fell due in it and were heeded in it before the same device's next one; what is open at its end is not among them.</param>
/// <param name="MedianToRise">The median time from a reminder to the rise that ends the bout that it fell into; of those whose bout ends so in the slice.</param>
public readonly record struct ReminderResponse(int Due, int Heeded, int Answered, Duration? MedianToRise)
{
    /// <summary>The share of the reminders that were answered, 0 to 1; null without a reminder.</summary>
    public double? HeededShare => Due > 0 ? (double)Answered / Due : null;

    /// <summary>Works it out.</summary>
    /// <param name="reminders">Ascending for each device; those outside the slice are passed over.</param>
    /// <param name="slice">The slice.</param>
    /// <param name="risen">Its bouts that ended with a rise, ascending.</param>
    internal static ReminderResponse Of(IReadOnlyList<Reminder> reminders, Slice slice, List<Bout> risen)
    {
        if (reminders.Count == 0)
            return default;
        int due = 0, heeded = 0, answered = 0;
        var open = new HashSet<string>();
        var toRise = new List<double>();
        foreach (var reminder in reminders)
        {
            if (!slice.Contains(reminder.At))
                continue;
            if (reminder.Heeded)
            {
                heeded++;
                answered += open.Remove(reminder.Device) ? 1 : 0;
                continue;
            }
            due++;
            open.Add(reminder.Device);
            foreach (var bout in risen)
                if (bout.From <= reminder.At && reminder.At <= bout.To)
                {
                    toRise.Add((bout.To - reminder.At).TotalMilliseconds);
                    break;
                }
        }
        toRise.Sort();
        return new(due, heeded, answered, toRise.Count > 0 ? Duration.FromMilliseconds(Fragmentation.Median(toRise.ToArray())) : null);
    }
}
