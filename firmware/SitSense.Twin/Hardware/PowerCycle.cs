#nullable enable
namespace SitSense.Twin.Hardware;

/// <summary>One life of a board, from power on to power off.</summary>
public sealed class PowerCycle
{
    internal PowerCycle(long bornAt) => BornAt = bornAt;

    /// <summary>The virtual world's time at power on, in ms.</summary>
    public long BornAt { get; }

    /// <summary>False once power is gone; its threads then end at their next look at the clock.</summary>
    public bool IsOn { get; internal set; } = true;
}
