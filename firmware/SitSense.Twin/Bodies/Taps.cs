#nullable enable
using System;
using System.Collections.Generic;

namespace SitSense.Twin.Bodies;

/// <summary>A finger that taps on a clip-on: a push of half a sine, which flesh and strap take back. Orders of magnitude, not measured.</summary>
public sealed class Taps
{
    const double PushMs = 12, BackMs = 60, PeakG = 3;

    readonly List<double> at = [];

    /// <summary>Taps at an instant, in virtual ms.</summary>
    public void Add(double ms)
    {
        lock (at)
            at.Add(ms);
    }

    /// <summary>The force along the finger at an instant, in g.</summary>
    public double At(double ms)
    {
        lock (at)
        {
            var sum = 0.0;
            foreach (var tap in at)
                sum += Force(ms - tap);
            return sum;
        }
    }

    // What is taken back is as much as was pushed: the clip-on does not fly away.
    static double Force(double t) =>
        t is < 0 or >= PushMs + BackMs ? 0 : t < PushMs ? PeakG * Math.Sin(Math.PI * t / PushMs) : -PeakG * 2 / Math.PI * PushMs / BackMs;
}
