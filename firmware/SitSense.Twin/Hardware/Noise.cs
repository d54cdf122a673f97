#nullable enable
using System;

namespace SitSense.Twin.Hardware;

/// <summary>Random numbers as a pure function of their place, so that any instant can be asked for in any order, again and again.</summary>
public static class Noise
{
    /// <summary>Uniform in [0, 1).</summary>
    public static double Uniform(long seed, long a, long b = 0, long c = 0) => (Mix(seed, a, b, c) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [from, to).</summary>
    public static double Between(double from, double to, long seed, long a, long b = 0, long c = 0) => from + (to - from) * Uniform(seed, a, b, c);

    /// <summary>Nearly normal, mean 0 and deviation 1: the sum of four uniform numbers, so it never exceeds 3.47.</summary>
    public static double Normal(long seed, long a, long b = 0, long c = 0)
    {
        var bits = Mix(seed, a, b, c);
        var sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48);
        return (sum / 65_536.0 - 2) * Math.Sqrt(3);
    }

    /// <summary>A slow wander, mean 0 and deviation about 0.6: smooth between a random value at each multiple of <paramref name="period"/>.</summary>
    public static double Wander(double t, double period, long seed, long stream)
    {
        var place = t / period;
        var k = (long)Math.Floor(place);
        var x = place - k;
        var weight = x * x * (3 - 2 * x);
        return Normal(seed, stream, k) * (1 - weight) + Normal(seed, stream, k + 1) * weight;
    }

    // The finaliser of SplitMix64 (Steele, Lea, Flood 2014) over the four parts in turn.
    static ulong Mix(long seed, long a, long b, long c)
    {
        var x = Step((ulong)seed + 0x9E3779B97F4A7C15);
        x = Step(x ^ (ulong)a);
        x = Step(x + (ulong)b * 0x9E3779B97F4A7C15);
        return Step(x ^ (ulong)c);
    }

    static ulong Step(ulong x)
    {
        x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
        x = (x ^ x >> 27) * 0x94D049BB133111EB;
        return x ^ x >> 31;
    }
}
