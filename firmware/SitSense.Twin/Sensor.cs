#nullable enable
namespace SitSense.Twin;

/// <summary>Where a device is worn, or what it is.</summary>
public enum Sensor
{
    Thigh,
    Belt,
    Seat,
}
