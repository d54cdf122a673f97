#nullable enable
using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace SitSense.Twin.Hardware;

/// <summary>What holds virtual time back: the horizon, the speed, the real now, and answers of the real world that are on their way. Its clock locks for it.</summary>
sealed class Pace
{
    readonly List<Hold> holds = [];
    readonly Stopwatch real = Stopwatch.StartNew();

    double speed;
    double pacedFromReal;
    long pacedFromNow;

    /// <summary>Virtual time stops here, in ms.</summary>
    public long Horizon { get; set; } = long.MaxValue;

    /// <summary>Virtual UTC waits for the real UTC rather than pass it.</summary>
    public bool NeverPassesRealNow { get; set; }

    /// <summary>Virtual seconds a real second; 0 = as fast as it can.</summary>
    public double Speed => speed;

    /// <summary>Whether an answer is on its way; holds that lasted too long end here.</summary>
    public bool IsHeld
    {
        get
        {
            for (var i = holds.Count - 1; i >= 0; i--)
                if (holds[i].UntilRealMs <= Environment.TickCount64)
                    holds.RemoveAt(i);
            return holds.Count > 0;
        }
    }

    /// <summary>Goes at another speed from virtual <paramref name="now"/> on.</summary>
    public void Go(double to, long now)
    {
        speed = to;
        pacedFromReal = real.Elapsed.TotalMilliseconds;
        pacedFromNow = now;
    }

    public void Add(Hold hold) => holds.Add(hold);

    public void Remove(Hold hold) => holds.Remove(hold);

    /// <summary>How far time may move now.</summary>
    /// <param name="wanted">Where it wants to, in virtual ms.</param>
    /// <param name="now">Where it is.</param>
    /// <param name="startUtc">UTC at virtual time 0.</param>
    /// <param name="waitMs">Shortened to the real ms after which to ask again.</param>
    public long Ceiling(long wanted, long now, DateTime startUtc, ref double waitMs)
    {
        if (IsHeld)
        {
            waitMs = holds[0].UntilRealMs - Environment.TickCount64;
            return now;
        }
        var ceiling = Horizon;
        if (speed > 0)
        {
            var paced = pacedFromNow + (real.Elapsed.TotalMilliseconds - pacedFromReal) * speed;
            if (wanted > paced)
                waitMs = Math.Min(waitMs, (wanted - paced) / speed);
            ceiling = Math.Min(ceiling, (long)paced);
        }
        if (NeverPassesRealNow)
        {
            var realNow = (DateTime.UtcNow - startUtc).TotalMilliseconds;
            if (wanted > realNow)
                waitMs = Math.Min(waitMs, wanted - realNow);
            ceiling = Math.Min(ceiling, (long)realNow);
        }
        return ceiling;
    }
}
