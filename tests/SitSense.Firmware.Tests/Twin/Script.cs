using SitSense.Firmware.Posture;
using SitSense.Firmware.Sensing;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>Postures at given times since power on, in place of a sensor.</summary>
sealed class Script(params (TimeSpan At, PostureKind Posture)[] steps) : PostureSource
{
    PostureKind current;
    long since;

    public override int PeriodMs => 1000;

    public override PostureKind Current => current;

    public override long Since => since;

    /// <summary>When the first change of <see cref="Alternating"/> comes: after the device knows the time, for what it journalled before is given up with the power.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMinutes(1);

    /// <summary>Changes from one posture to the other and back, so many times, each lasting as long.</summary>
    public static Script Alternating(int changes, TimeSpan each) => new(Enumerable.Range(0, changes)
        .Select(i => (First + i * each, i % 2 == 0 ? PostureKind.Sitting : PostureKind.Upright)).ToArray());

    public override bool Poll(long ms)
    {
        var step = steps.LastOrDefault(step => step.At.TotalMilliseconds <= ms);
        if (step.Posture == current)
            return false;
        current = step.Posture;
        since = (long)step.At.TotalMilliseconds;
        return true;
    }
}
