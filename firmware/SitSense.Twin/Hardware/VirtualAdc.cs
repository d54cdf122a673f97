#nullable enable
using System;

namespace SitSense.Twin.Hardware;

/// <summary>The analogue inputs: 12 bit, with what is connected to each pin.</summary>
public sealed class VirtualAdc
{
    /// <summary>Highest count of a 12-bit converter.</summary>
    public const int MaxValue = 4095;

    /// <summary>GPIO of each logical channel (ESP32_DeviceMapping): 0..7 ADC1, 8 temperature, 9 Hall, 10..19 ADC2.</summary>
    static readonly int[] pinOfChannel = [36, 37, 38, 39, 32, 33, 34, 35, 36, 39, 4, 0, 2, 15, 13, 12, 14, 27, 25, 26];

    readonly Func<int>?[] sources = new Func<int>?[VirtualPins.Count];

    /// <summary>How many logical channels there are.</summary>
    public static int ChannelCount => pinOfChannel.Length;

    /// <summary>Connects a pin to something that yields counts.</summary>
    public void Connect(int pin, Func<int> counts) => sources[pin] = counts;

    /// <summary>The GPIO of a logical channel.</summary>
    public static int PinOf(int channel) => pinOfChannel[channel];

    internal int Read(int channel)
    {
        return Math.Clamp(sources[pinOfChannel[channel]]?.Invoke() ?? 0, 0, MaxValue);
    }
}
