#nullable enable
using System;
using SitSense.Twin.Hardware;

namespace SitSense.Twin.Bodies;

/// <summary>What the pads of a cushion read under an imagined wearer: a rest value of each pad that drifts, the sitter's weight spread by how they sit, their breath and fidgets, or the dead load of a bag.</summary>
public sealed class SeatLoad
{
    /// <summary>How long sitting down and getting up take on a seat, in s.</summary>
    const double SitsDown = 0.7, GetsUp = 0.4;

    readonly Wearer wearer;
    readonly VirtualClock clock;
    readonly int pads;
    readonly int seed;
    readonly double weight;

    public SeatLoad(Wearer wearer, VirtualClock clock, int pads)
    {
        this.wearer = wearer;
        this.clock = clock;
        this.pads = pads;
        seed = wearer.Seed;
        weight = Noise.Between(900, 2200, seed, 61);
    }

    /// <summary>The counts of a pad now.</summary>
    public int Counts(int pad)
    {
        var ms = clock.Now;
        var spell = wearer.At(clock.UtcNow);
        var t = (clock.UtcNow - spell.From).TotalSeconds;
        var load = Load(spell, pad, t);
        if (t < SitsDown)
        {
            var before = wearer.At(spell.From.AddTicks(-1));
            var share = Math.Min(1, t / (IsSeated(spell) ? SitsDown : GetsUp));
            load = load * share + Load(before, pad, (before.To - before.From).TotalSeconds + t) * (1 - share);
        }
        var noise = 6 * Noise.Normal(seed, ms, pad);
        return (int)Math.Clamp(Math.Round(Rest(pad, ms) + load + noise), 0, VirtualAdc.MaxValue);
    }

    static bool IsSeated(Spell spell) => spell is { Activity: Activity.Sit, AtDesk: true };

    /// <summary>A pad without load: not 0, and different each day's hour.</summary>
    double Rest(int pad, long ms)
    {
        const double DriftCounts = 25, DriftSeconds = 5400;
        var spread = Noise.Uniform(seed, 62, pad);
        return 30 + 180 * spread * spread + DriftCounts * Noise.Wander(ms / 1000.0, DriftSeconds, seed, 63 + pad);
    }

    double Load(Spell spell, int pad, double t)
    {
        if (IsSeated(spell))
            return Sitter(spell, pad, t);
        return spell.BagOnSeat ? Bag(spell, pad) : 0;
    }

    double Sitter(Spell spell, int pad, double t)
    {
        const double SlotSeconds = 240, ShiftSeconds = 1.2;
        var slot = (long)Math.Floor(t / SlotSeconds);
        var share = slot == 0 ? 1 : Math.Min(1, (t - slot * SlotSeconds) / ShiftSeconds);
        var spread = Way(spell, slot, pad) * share + Way(spell, slot - 1, pad) * (1 - share);
        var breath = 0.012 * Math.Sin(2 * Math.PI * 0.26 * t + pad);
        var fidget = 0.05 * Noise.Wander(t, 2.3, spell.Key, 71 + pad) + 0.02 * Noise.Wander(t, 0.6, spell.Key, 81 + pad);
        return weight * spread * (1 + breath + fidget);
    }

    double Way(Spell spell, long slot, int pad) => Math.Max(0.05, 1 + 0.4 * Noise.Normal(seed, 91, pad) + 0.25 * Noise.Normal(seed, spell.Key, slot, pad));

    double Bag(Spell spell, int pad)
    {
        var under = (int)(Noise.Uniform(seed, spell.Key, 101) * pads);
        return Math.Abs(pad - under) switch { 0 => 1700, 1 => 900, _ => 60 };
    }
}
