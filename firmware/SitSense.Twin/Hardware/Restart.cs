#nullable enable
namespace SitSense.Twin.Hardware;

/// <summary>The firmware's wish to be started anew: at once, or after a deep sleep.</summary>
public sealed class Restart
{
    public bool IsDeepSleep { get; init; }
}
