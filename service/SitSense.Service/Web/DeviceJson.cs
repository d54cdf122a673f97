using SitSense.Service.Storage;

namespace SitSense.Service.Web;

/// <summary>A device as the API shows it.</summary>
public sealed record DeviceJson(string Device, string Wearer, bool Online, string? Posture, string? Since, string LastSeen,
    double? Battery, int? Rssi, string? Firmware)
{
    internal static DeviceJson Of(DeviceState device, string wearer) => new(
        device.Device,
        wearer,
        device.Status == "online",
        device.Posture is { } posture ? Word.Of(posture) : null,
        device.Since is { } since ? Word.Of(since) : null,
        Word.Of(device.LastSeen),
        device.Battery,
        device.Rssi,
        device.Firmware);
}
