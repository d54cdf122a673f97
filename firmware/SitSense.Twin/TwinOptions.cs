#nullable enable
using System;
using SitSense.Twin.Bodies;
using SitSense.Twin.Hardware;
using SitSense.Twin.Recordings;

namespace SitSense.Twin;

/// <summary>What one twin is to be.</summary>
public sealed record TwinOptions
{
    /// <summary>Device id.</summary>
    public string Device { get; init; } = "twin";

    public Sensor Sensor { get; init; } = Sensor.Thigh;

    /// <summary>The name of its board's interpreter, such as <c>ESP32_S3_QUAD</c>: it has that chip and is wired as that board.</summary>
    public string Target { get; init; } = VirtualChip.Usual;

    /// <summary>Where its flash lives.</summary>
    public required string FlashFolder { get; init; }

    /// <summary>Nobody has deployed a settings file or stored a Wi-Fi: the device is to be set up on its own page.</summary>
    public bool BySetup { get; init; }

    /// <summary>The broker's host; null leaves what the flash says.</summary>
    public string? BrokerHost { get; init; }

    public int BrokerPort { get; init; } = 1883;

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>The CA certificate of the broker's TLS, as PEM; null = no TLS.</summary>
    public string? Ca { get; init; }

    /// <summary>The root of all topics; null = the firmware's own.</summary>
    public string? Root { get; init; }

    /// <summary>Virtual seconds a real second; 0 = as fast as it can.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Virtual UTC at power on; null = the real now.</summary>
    public DateTime? StartUtc { get; init; }

    /// <summary>Whether virtual UTC waits for the real UTC rather than pass it.</summary>
    public bool NeverPassesRealNow { get; init; } = true;

    /// <summary>The imagined wearer; equal seeds live equal days.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// The board's own chance: when it tries again, and the number of its first boot. Equal ones repeat a run; whoever keeps what a device has sent wants another
    /// for each start, for the same boot of the same device is the same to a service.
    /// </summary>
    public int Chance { get; init; } = 1;

    /// <summary>Where the wearer's days begin.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Local;

    /// <summary>Who wears it; null = the one of <see cref="Seed"/> and <see cref="Zone"/>.</summary>
    public Wearer? Wearer { get; init; }

    /// <summary>How many pads a cushion has, 1 to 8.</summary>
    public int Pads { get; init; } = 8;

    /// <summary>Seconds between heartbeats, 15 to 3600; null = the firmware's own.</summary>
    public int? HeartbeatSeconds { get; init; }

    /// <summary>Whether a cell feeds it, and the line that wakes it is wired: a clip-on's INT, a cushion's own pad.</summary>
    public bool OnBattery { get; init; }

    /// <summary>A recording to play instead of the imagined body.</summary>
    public Recording? Recording { get; init; }
}
