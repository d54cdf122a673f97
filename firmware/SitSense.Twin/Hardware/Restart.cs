#nullable enable
namespace SitSense.Twin.Hardware;

/// <summary>The firmware's wish to be started anew: at once, or after a deep sleep.</summary>
public sealed class Restart
{
    /// <summary>Virtual ms until a timer starts the firmware again; null when only a pin does.</summary>
    public long? AfterMs { get; init; }

    /// <summary>The pins that start it again, as bits; 0 for none.</summary>
    public ulong WakePins { get; init; }

    /// <summary>The level of <see cref="WakePins"/> that wakes.</summary>
    public bool WakeLevel { get; init; }

    public bool IsDeepSleep { get; init; }
}
