#nullable enable
using System;

namespace SitSense.Twin.Hardware;

/// <summary>How far a real MPU6050 is from ideal.</summary>
/// <param name="Bias">Zero offsets of the six axes.</param>
/// <param name="AccelerationNoise">g for the square root of a Hz; the data sheet (PS-MPU-6000A 6.2) says 400e-6.</param>
/// <param name="RotationNoise">deg/s for the square root of a Hz; the data sheet (6.1) says 0.005.</param>
/// <param name="Seed">Makes the noise repeatable.</param>
public sealed record MpuFlaws(MotionSample Bias, double AccelerationNoise, double RotationNoise, int Seed)
{
    public static readonly MpuFlaws None = new(default, 0, 0, 0);

    /// <summary>A typical chip; which one, says the seed.</summary>
    public static MpuFlaws Typical(int seed)
    {
        const double AccelerationBias = 0.02;
        const double RotationBias = 1.5;
        return new MpuFlaws(
            new MotionSample(
                AccelerationBias * Noise.Normal(seed, 1), AccelerationBias * Noise.Normal(seed, 2), AccelerationBias * Noise.Normal(seed, 3),
                RotationBias * Noise.Normal(seed, 4), RotationBias * Noise.Normal(seed, 5), RotationBias * Noise.Normal(seed, 6)),
            400e-6, 0.005, seed);
    }

    internal MotionSample Of(long tick, double bandwidthHz)
    {
        if (AccelerationNoise == 0 && RotationNoise == 0)
            return Bias;
        var acceleration = AccelerationNoise * Math.Sqrt(bandwidthHz);
        var rotation = RotationNoise * Math.Sqrt(bandwidthHz);
        return Bias + new MotionSample(
            acceleration * Noise.Normal(Seed, tick, 1), acceleration * Noise.Normal(Seed, tick, 2), acceleration * Noise.Normal(Seed, tick, 3),
            rotation * Noise.Normal(Seed, tick, 4), rotation * Noise.Normal(Seed, tick, 5), rotation * Noise.Normal(Seed, tick, 6));
    }
}
