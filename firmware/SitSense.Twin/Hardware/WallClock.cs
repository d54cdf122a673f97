#nullable enable
using System;

namespace SitSense.Twin.Hardware;

/// <summary>The board's own time: what its crystal makes of the world's, and the wall time that somebody told it.</summary>
public sealed class WallClock
{
    readonly VirtualClock world;
    DateTime told;
    long toldAt;

    internal WallClock(VirtualClock world) => this.world = world;

    /// <summary>By how many millionths the board's crystal is fast.</summary>
    public double CrystalPpm { get; set; }

    /// <summary>Whether it was told since power came on.</summary>
    public bool IsSet { get; private set; }

    /// <summary>The wall time; meaningful only when <see cref="IsSet"/>.</summary>
    public DateTime Now => told.AddMilliseconds(Since(toldAt));

    /// <summary>The board's ms since a time of the world.</summary>
    public long Since(long worldMs) => (long)((world.Now - worldMs) * (1 + CrystalPpm / 1e6));

    internal void Set(DateTime utc)
    {
        told = utc;
        toldAt = world.Now;
        IsSet = true;
    }

    internal void Forget() => IsSet = false;
}
