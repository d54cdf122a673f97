using SitSense.Firmware.Posture;
using SitSense.Firmware.Sensing;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>Postures at given times since power on, in place of a sensor.</summary>
sealed class Script(params (TimeSpan At, PostureKind Posture)[] steps) : PostureSource
{
    PostureKind current;
    long since;
    int next;

    /// <summary>How often it is looked at; with more than a second the whole device turns slowly, for tests of days.</summary>
    public int Period { get; init; } = 1000;

    public override int PeriodMs => Period;

    public override PostureKind Current => current;

    public override long Since => since;

    /// <summary>When the first change of <see cref="Alternating"/> comes: after the device knows the time, for what it journalled before is given up with the power.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMinutes(1);

    /// <summary>Changes from one posture to the other and back, so many times, each lasting as long.</summary>
    public static Script Alternating(int changes, TimeSpan each, int? period = null) => new(Enumerable.Range(0, changes)
        .Select(i => (First + i * each, i % 2 == 0 ? PostureKind.Sitting : PostureKind.Upright)).ToArray()) { Period = period ?? (each >= TimeSpan.FromMinutes(20) ? 60_000 : each >= TimeSpan.FromMinutes(5) ? 10_000 : 1000) };

    public override bool Poll(long ms)
    {
        while (next < steps.Length && steps[next].At.TotalMilliseconds <= ms)
            next++;
        var step = next == 0 ? default : steps[next - 1];
        if (step.Posture == current)
            return false;
        current = step.Posture;
        since = (long)step.At.TotalMilliseconds;
        return true;
    }
}
