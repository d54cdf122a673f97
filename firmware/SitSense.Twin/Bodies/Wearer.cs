#nullable enable
using System;
using System.Collections.Generic;
using SitSense.Firmware.Posture;

namespace SitSense.Twin.Bodies;

/// <summary>An imagined person. What they do at an instant depends on their seed and that instant alone, so that every run and restart agrees.</summary>
public sealed class Wearer
{
    readonly Dictionary<DateOnly, IReadOnlyList<Spell>> days = [];
    readonly IReadOnlyList<Spell>? script;
    Spell last;

    /// <param name="seed">Who.</param>
    /// <param name="zone">Where their days begin.</param>
    /// <param name="restsAtWeekends">Whether Saturday and Sunday are days off.</param>
    public Wearer(int seed, TimeZoneInfo zone, bool restsAtWeekends = true)
    {
        Seed = seed;
        Zone = zone;
        RestsAtWeekends = restsAtWeekends;
    }

    /// <summary>A person who does what they are told: spells without gaps between them; before the first and after the last these go on.</summary>
    public Wearer(int seed, IReadOnlyList<Spell> script) : this(seed, TimeZoneInfo.Utc) => this.script = script;

    public int Seed { get; }

    public TimeZoneInfo Zone { get; }

    public bool RestsAtWeekends { get; }

    /// <summary>The spell at an instant.</summary>
    public Spell At(DateTime utc)
    {
        lock (days)
        {
            if (utc >= last.From && utc < last.To)
                return last;
            var spells = script ?? Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, Zone)));
            int low = 0, high = spells.Count - 1;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (utc < spells[middle].To)
                    high = middle;
                else
                    low = middle + 1;
            }
            return last = spells[low];
        }
    }

    /// <summary>What a device at a place would call an instant.</summary>
    public PostureKind PostureAt(DateTime utc, Sensor sensor) => Posture(At(utc), sensor);

    /// <summary>What a device at a place would call a spell.</summary>
    public static PostureKind Posture(Spell spell, Sensor sensor) => sensor == Sensor.Seat
        ? spell.BagOnSeat ? PostureKind.Object : spell is { Activity: Activity.Sit, AtDesk: true } ? PostureKind.Sitting : PostureKind.Upright
        : spell.Activity switch
        {
            Activity.Off => PostureKind.Off,
            Activity.Sit => PostureKind.Sitting,
            _ => PostureKind.Upright,
        };

    IReadOnlyList<Spell> Day(DateOnly date)
    {
        const int Remembered = 4;
        if (days.TryGetValue(date, out var spells))
            return spells;
        if (days.Count >= Remembered)
            days.Clear();
        return days[date] = DayPlan.Of(Seed, date, Zone, RestsAtWeekends);
    }
}
