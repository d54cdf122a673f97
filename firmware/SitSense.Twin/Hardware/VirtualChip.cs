#nullable enable
using System;

namespace SitSense.Twin.Hardware;

/// <summary>What differs between the chips that a board may have: ESP-IDF's guide of each, GPIO &amp; RTC GPIO, Analog to Digital Converter and Sleep Modes.</summary>
public sealed class VirtualChip
{
    /// <summary>An ESP32 of revision 3, as on most boards.</summary>
    public const string Usual = "ESP32_REV3";

    static readonly VirtualChip esp32 = new()
    {
        Pins = 40,
        FirstInputOnly = 34,
        // 0..7 ADC1, 8 temperature, 9 Hall, 10..19 ADC2 (ESP32_DeviceMapping).
        PinOfChannel = [36, 37, 38, 39, 32, 33, 34, 35, 36, 39, 4, 0, 2, 15, 13, 12, 14, 27, 25, 26],
        FirstOfAdc2 = 10,
        WakePins = [0, 2, 4, 12, 13, 14, 15, 25, 26, 27, 32, 33, 34, 35, 36, 37, 38, 39],
        MvAtZero = 142,
        MvPerCount = 0.8056,
    };

    static readonly VirtualChip s3 = new()
    {
        Pins = 49,
        FirstInputOnly = 49,
        PinOfChannel = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20],
        FirstOfAdc2 = 10,
        WakePins = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21],
        MvPerCount = 3100.0 / 4095,
    };

    static readonly VirtualChip c3 = new()
    {
        Pins = 22,
        FirstInputOnly = 22,
        PinOfChannel = [0, 1, 2, 3, 4, 5],
        FirstOfAdc2 = 5,
        WakePins = [],
        MvPerCount = 2500.0 / 4095,
    };

    /// <summary>How many GPIOs it has.</summary>
    public required int Pins { get; init; }

    /// <summary>From here on they can only read, and have no pulls.</summary>
    public required int FirstInputOnly { get; init; }

    /// <summary>GPIO of each logical channel of the interpreter's one ADC.</summary>
    public required int[] PinOfChannel { get; init; }

    /// <summary>The first channel that the radio takes away.</summary>
    public required int FirstOfAdc2 { get; init; }

    /// <summary>The GPIOs that can wake it, by EXT0 and EXT1; none where it has neither.</summary>
    public required int[] WakePins { get; init; }

    /// <summary>What ADC1 shows at 12 dB: mV at a count of 0, and a count's.</summary>
    public double MvAtZero { get; init; }

    public required double MvPerCount { get; init; }

    /// <summary>That of a board by the name of its interpreter.</summary>
    public static VirtualChip Of(string target) =>
        target.StartsWith("ESP32_S3", StringComparison.Ordinal) ? s3 : target.StartsWith("ESP32_C3", StringComparison.Ordinal) ? c3 : esp32;
}
