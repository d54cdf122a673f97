#nullable enable
using System;

namespace SitSense.Twin.Hardware;

/// <summary>
/// The motion detector of an MPU6050: acceleration through the high-pass filter, against a threshold, for a duration.
/// Sources: PS-MPU-6000A revision 3.4, 6.2 (32 mg a step); the high-pass filter and the counter are described in RM-MPU-6000A before revision 4.
/// </summary>
sealed class MpuMotion
{
    /// <summary>The bits of ACCEL_HPF in ACCEL_CONFIG.</summary>
    public const int HighPass = 7;

    const int Hold = 7;

    /// <summary>Cut-off of each ACCEL_HPF in Hz; 0 = nothing passes.</summary>
    static readonly double[] cutOffHz = [0, 5, 2.5, 1.25, 0.63, 0, 0];

    MotionSample reference;
    bool settled;
    int count;

    /// <summary>Begins anew, with the next sample.</summary>
    public void Reset()
    {
        settled = false;
        count = 0;
    }

    /// <summary>The filter was written: it starts from, or holds, the present sample.</summary>
    public void Trigger(MotionSample now)
    {
        reference = now;
        settled = true;
        count = 0;
    }

    /// <summary>Takes a sample; true when it is motion.</summary>
    /// <param name="sample">As the accelerometer gives it.</param>
    /// <param name="ms">Time since the last one.</param>
    /// <param name="ticks">By how much the counter rises with this sample: one a ms, or one a wake-up.</param>
    /// <param name="registers">The chip's.</param>
    /// <param name="stepG">One step of the threshold.</param>
    public bool IsMotion(MotionSample sample, int ms, int ticks, ReadOnlySpan<byte> registers, double stepG)
    {
        if (!settled)
            Trigger(sample);
        var filter = registers[MpuRegister.AccelConfig] & HighPass;
        if (filter != Hold)
            reference += (sample + reference * -1) * (cutOffHz[filter] == 0 ? 1 : 1 - Math.Exp(-2 * Math.PI * cutOffHz[filter] * ms / 1000));
        var passed = sample + reference * -1;
        if (Math.Max(Math.Abs(passed.Ax), Math.Max(Math.Abs(passed.Ay), Math.Abs(passed.Az))) <= registers[MpuRegister.MotionThreshold] * stepG)
        {
            var decrement = registers[MpuRegister.MotionControl] & 3;
            count = decrement == 0 ? 0 : Math.Max(0, count - ticks * (1 << (decrement - 1)));
            return false;
        }
        count = Math.Min(255, count + ticks);
        return count >= Math.Max(1, (int)registers[MpuRegister.MotionDuration]);
    }
}
