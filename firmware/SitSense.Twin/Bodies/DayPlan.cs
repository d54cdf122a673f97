#nullable enable
using System;
using System.Collections.Generic;
using SitSense.Twin.Hardware;

namespace SitSense.Twin.Bodies;

/// <summary>One local day of an imagined office worker, drawn from (seed, date) alone. Proportions follow what the trials of activPAL wearers report: 6 of 8 office hours sat, in bouts of mostly under an hour.</summary>
sealed class DayPlan
{
    readonly List<Spell> spells = [];
    readonly int seed;
    readonly long day;
    readonly DateTime midnight;
    readonly double length;
    double minute;
    double fromMinute;
    int draws;
    Activity activity = Activity.Off;
    bool atDesk, bagOnSeat;

    DayPlan(int seed, DateOnly date, TimeZoneInfo zone, bool restsAtWeekends)
    {
        this.seed = seed;
        day = date.DayNumber;
        midnight = Utc(date, zone);
        length = (Utc(date.AddDays(1), zone) - midnight).TotalMinutes;
        if (restsAtWeekends && date.DayOfWeek is (DayOfWeek.Saturday or DayOfWeek.Sunday))
            DayOff();
        else
            OfficeDay();
        Until(length);
        Close();
    }

    /// <summary>The spells of a date, without gaps from local midnight to the next.</summary>
    public static IReadOnlyList<Spell> Of(int seed, DateOnly date, TimeZoneInfo zone, bool restsAtWeekends) =>
        new DayPlan(seed, date, zone, restsAtWeekends).spells;

    static DateTime Utc(DateOnly date, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        return TimeZoneInfo.ConvertTimeToUtc(local, zone);
    }

    void OfficeDay()
    {
        Until(Around(6 * 60 + 55, 20));
        Do(Activity.Walk, 1, 2);
        Do(Activity.Stand, 6, 14);
        Do(Activity.Sit, 10, 20);
        Do(Activity.Stand, 2, 6);
        Do(Activity.Walk, 6, 12);
        Do(Activity.Sit, 18, 35);
        Do(Activity.Walk, 4, 8);
        var lunch = Around(12 * 60 + 20, 15);
        Work(lunch);
        Do(Activity.Walk, 2, 4);
        Do(Activity.Stand, 2, 5);
        Do(Activity.Sit, 18, 32);
        Do(Activity.Walk, 4, 15);
        Work(Around(17 * 60 + 5, 25));
        Do(Activity.Walk, 4, 8);
        Do(Activity.Sit, 18, 35);
        Do(Activity.Walk, 6, 12);
        Evening(Around(22 * 60 + 30, 30));
    }

    void DayOff()
    {
        Until(Around(8 * 60 + 40, 40));
        Do(Activity.Walk, 1, 2);
        Do(Activity.Stand, 8, 20);
        Do(Activity.Sit, 20, 40);
        while (minute < 17 * 60)
            if (Chance(0.5))
            {
                Do(Activity.Walk, 2, 35);
                Do(Activity.Stand, 4, 20);
            }
            else
            {
                Do(Activity.Sit, 12, 70);
                Do(Activity.Walk, 0.5, 2);
            }
        Evening(Around(23 * 60, 30));
    }

    /// <summary>Work at the desk until a minute of the day, with what interrupts it.</summary>
    void Work(double until)
    {
        while (minute < until)
        {
            Sit(Math.Min(SittingBout(), Math.Max(2, until - minute)));
            switch (Draw())
            {
                case < 0.30: // coffee
                    Do(Activity.Walk, 0.6, 1.5);
                    Do(Activity.Stand, 1.5, 5);
                    Do(Activity.Walk, 0.6, 1.5);
                    break;
                case < 0.50: // the printer, somebody's desk
                    Do(Activity.Walk, 0.4, 1);
                    Do(Activity.Stand, 0.5, 2);
                    Do(Activity.Walk, 0.4, 1);
                    break;
                case < 0.65:
                    Do(Activity.Stand, 3, 15);
                    break;
                case < 0.80: // a meeting elsewhere; sometimes the bag keeps the seat
                    var bag = Chance(0.4);
                    Do(Activity.Walk, 0.7, 2, bag);
                    Do(Activity.Sit, 20, 55, bag);
                    Do(Activity.Walk, 0.7, 2, bag);
                    break;
                default:
                    Do(Activity.Walk, 1.5, 4);
                    break;
            }
        }
    }

    void Evening(double until)
    {
        Do(Activity.Stand, 15, 30);
        Do(Activity.Sit, 25, 40);
        Do(Activity.Stand, 5, 15);
        while (minute < until)
        {
            Do(Activity.Sit, 15, 55);
            Do(Activity.Walk, 0.5, 3);
            Do(Activity.Stand, 3, 25);
        }
    }

    /// <summary>Log-normal, median 27 min, as sitting bouts at work are distributed.</summary>
    double SittingBout()
    {
        const double MedianMinutes = 27, LogDeviation = 0.75, Least = 3, Most = 150;
        return Math.Clamp(MedianMinutes * Math.Exp(LogDeviation * Noise.Normal(seed, day, ++draws)), Least, Most);
    }

    void Sit(double minutes)
    {
        Begin(Activity.Sit, desk: true);
        minute += minutes;
    }

    void Do(Activity what, double least, double most, bool bag = false)
    {
        Begin(what, false, bag);
        minute += least + (most - least) * Draw();
    }

    void Begin(Activity what, bool desk = false, bool bag = false)
    {
        Close();
        activity = what;
        atDesk = desk;
        bagOnSeat = bag;
    }

    void Until(double until)
    {
        Begin(Activity.Off);
        minute = Math.Max(minute, until);
    }

    void Close()
    {
        // What would go on after midnight is cut there, for the next day has a plan of its own; a sliver left of it goes to the spell before.
        const double Sliver = 0.3;
        var to = Math.Min(minute, length);
        if (to - fromMinute > Sliver)
            spells.Add(new Spell(At(fromMinute), At(to), activity, atDesk, bagOnSeat));
        else if (to > fromMinute)
            spells[^1] = spells[^1] with { To = At(to) };
        fromMinute = minute;
    }

    // Whole ms, so that a spell's key and its neighbours' edges are exact.
    DateTime At(double minutes) => midnight.AddMilliseconds(Math.Round(minutes * 60_000));

    double Draw() => Noise.Uniform(seed, day, ++draws);

    bool Chance(double share) => Draw() < share;

    double Around(double minutes, double deviation) => minutes + deviation * Noise.Normal(seed, day, ++draws);
}
