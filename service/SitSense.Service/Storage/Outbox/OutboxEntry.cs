using NodaTime;
using SitSense.Sitting;

namespace SitSense.Service.Storage.Outbox;

/// <summary>Something that another store must hear of.</summary>
/// <param name="Revision">Its place in the order of changes.</param>
public abstract record OutboxEntry(long Revision);

/// <summary>A change of posture, with the wearer of that time and a time of its own among the device's changes.</summary>
public sealed record ChangeEntry(long Revision, string Device, string Wearer, Instant Time, Posture Posture, long Boot, long Seq) : OutboxEntry(Revision);

/// <summary>A reminder, with the wearer of that time and a time of its own among the device's reminders.</summary>
public sealed record ReminderEntry(long Revision, string Device, string Wearer, Instant Time, string Kind, long? SittingMs, long Boot, long Seq) : OutboxEntry(Revision);

/// <summary>A device's health by its newest heartbeat.</summary>
public sealed record HealthEntry(long Revision, string Device, Instant Time, double? Battery, long? Rssi, long? Heap, long? Journal) : OutboxEntry(Revision);

/// <summary>What a device measured beyond posture, with the wearer of that time.</summary>
public sealed record MeasuresEntry(long Revision, string Device, string Wearer, Instant Time, long Boot, IReadOnlyDictionary<string, double> Figures) : OutboxEntry(Revision);

/// <summary>A bout of a calendar day.</summary>
public sealed record BoutEntry(long Revision, string Wearer, Bout Bout) : OutboxEntry(Revision);

/// <summary>A day's figures and when its local date starts; not <paramref name="Valid"/> when it had some and lost them.</summary>
public sealed record DayEntry(long Revision, DayFigures Figures, Instant Time, bool Valid) : OutboxEntry(Revision);

/// <summary>
/// Something that may have been passed on and is true no more: a point of <paramref name="Measurement"/> posture, reminder, measures, sitting_bout (no slice), or
/// sitting_day (no device).
/// </summary>
public sealed record WithdrawnEntry(long Revision, string Measurement, string Wearer, string? Device, string? Slice, Instant Time) : OutboxEntry(Revision);
