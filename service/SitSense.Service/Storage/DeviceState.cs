using NodaTime;
using SitSense.Sitting;

namespace SitSense.Service.Storage;

/// <summary>What a device last said of itself.</summary>
/// <param name="Device">The board.</param>
/// <param name="Status">online, offline or asleep; null when it never said.</param>
/// <param name="Posture">Its newest posture; null before the first.</param>
/// <param name="Since">Since when that holds.</param>
/// <param name="LastSeen">The arrival of its newest message.</param>
/// <param name="Battery">0 to 1.</param>
/// <param name="Rssi">dBm.</param>
/// <param name="Firmware">The version it announced.</param>
public sealed record DeviceState(string Device, string? Status, Posture? Posture, Instant? Since, Instant LastSeen,
    double? Battery, int? Rssi, string? Firmware);
