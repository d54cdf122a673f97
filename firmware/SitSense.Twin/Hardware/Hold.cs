#nullable enable
using System;

namespace SitSense.Twin.Hardware;

/// <summary>Keeps virtual time from moving while an answer from the real world is on its way.</summary>
public sealed class Hold : IDisposable
{
    readonly VirtualClock clock;

    internal Hold(VirtualClock clock, long untilRealMs)
    {
        this.clock = clock;
        UntilRealMs = untilRealMs;
    }

    /// <summary>When the hold gives up, on <see cref="Environment.TickCount64"/>.</summary>
    internal long UntilRealMs { get; }

    public void Dispose() => clock.Release(this);
}
