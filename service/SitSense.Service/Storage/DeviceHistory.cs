using SitSense.Sitting;

namespace SitSense.Service.Storage;

/// <summary>What decides a device's timeline within a window.</summary>
/// <param name="Device">Whose.</param>
/// <param name="Records">Changes and reminders by (boot, seq), their times in order within each boot.</param>
/// <param name="Heartbeats">The first and the last of each (boot, seq).</param>
public sealed record DeviceHistory(string Device, IReadOnlyList<DeviceRecord> Records, IReadOnlyList<Heartbeat> Heartbeats);
