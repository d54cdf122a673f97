#nullable enable
namespace SitSense.Twin.Hardware;

/// <summary>What a pin gave out from a moment on.</summary>
/// <param name="Ms">Virtual ms since the clock's start.</param>
/// <param name="Pin">GPIO number.</param>
/// <param name="Level">0 = low, 1 = high, between = the duty of a running PWM.</param>
public readonly record struct PinChange(long Ms, int Pin, double Level);
