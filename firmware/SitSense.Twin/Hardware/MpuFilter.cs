#nullable enable
using System;

namespace SitSense.Twin.Hardware;

/// <summary>The low-pass filter of an MPU6050, by DLPF_CFG (RM-MPU-6000A, register 26).</summary>
static class MpuFilter
{
    static readonly double[] accelerationHz = [260, 184, 94, 44, 21, 10, 5, 260], rotationHz = [256, 188, 98, 42, 20, 10, 5, 256];

    /// <summary>Bandwidth of both sensors in Hz, as far as noise goes.</summary>
    public static double BandwidthHz(int setting) => (accelerationHz[setting] + rotationHz[setting]) / 2;

    /// <summary>What it lets through at a moment: the mean over as long as its bandwidth says (0.443 / Hz for a moving average).</summary>
    public static MotionSample Of(IMotion motion, double ms, int setting)
    {
        const double TapMs = 11;
        const int MostTaps = 8;
        var windowMs = 443 / accelerationHz[setting];
        var taps = Math.Clamp((int)Math.Round(windowMs / TapMs), 1, MostTaps);
        var sum = motion.At(ms - windowMs / taps / 2);
        for (var i = 1; i < taps; i++)
            sum += motion.At(ms - windowMs / taps * (i + 0.5));
        return taps == 1 ? sum : sum * (1.0 / taps);
    }
}
