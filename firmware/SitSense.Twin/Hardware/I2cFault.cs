#nullable enable
namespace SitSense.Twin.Hardware;

/// <summary>What is wrong with an I2C transfer.</summary>
public enum I2cFault
{
    None,

    /// <summary>Nobody answers the address.</summary>
    NotAcknowledged,

    /// <summary>The chip holds the clock line down.</summary>
    ClockStretch,

    /// <summary>The transfer ends early.</summary>
    Partial,

    /// <summary>The transfer looks fine and its bytes are noise.</summary>
    Noise,
}
