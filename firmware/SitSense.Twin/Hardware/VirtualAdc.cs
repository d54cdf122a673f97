#nullable enable
using System;

namespace SitSense.Twin.Hardware;

/// <summary>The analogue inputs: 12 bit, with what is connected to each pin.</summary>
public sealed class VirtualAdc
{
    /// <summary>Highest count of a 12-bit converter.</summary>
    public const int MaxValue = 4095;

    readonly VirtualChip chip;
    readonly Func<int>?[] sources;

    internal VirtualAdc(VirtualChip chip)
    {
        this.chip = chip;
        sources = new Func<int>?[chip.Pins];
    }

    /// <summary>Connects a pin to something that yields counts.</summary>
    public void Connect(int pin, Func<int> counts) => sources[pin] = counts;

    internal int Read(int channel) => Math.Clamp(sources[chip.PinOfChannel[channel]]?.Invoke() ?? 0, 0, MaxValue);
}
