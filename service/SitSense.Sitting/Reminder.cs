using NodaTime;

namespace SitSense.Sitting;

/// <summary>Something that happened to a device's reminders; those that were repeated, put off or paused are not needed here.</summary>
/// <param name="Device">Which device reminded.</param>
/// <param name="At">When.</param>
/// <param name="Heeded">The wearer had been upright for long enough; false = unbroken sitting reached the threshold, a reminder was due.</param>
public readonly record struct Reminder(string Device, Instant At, bool Heeded);
