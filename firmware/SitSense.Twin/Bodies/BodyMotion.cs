#nullable enable
using System;
using SitSense.Twin.Hardware;

namespace SitSense.Twin.Bodies;

/// <summary>
/// What a clip-on feels on the thigh or at the belt of an imagined wearer: gravity, sway, breath, steps, fidgets, and getting up and down with a
/// vertical displacement and a bow of the trunk. Orders of magnitude follow the labelled recordings that the detectors are scored on: a pelvis sits
/// 10 to 30 degrees back, a thigh 70 to 95; rising lifts the belt 0.3 m in about two seconds; steps push 0.2 to 0.3 g.
/// </summary>
public sealed class BodyMotion : IMotion
{
    const double Degrees = Math.PI / 180, Gravity = 9.80665;

    /// <summary>Step for the rates of rotation, in s.</summary>
    const double RateStep = 0.004;

    readonly Wearer wearer;
    readonly VirtualClock clock;
    readonly bool thigh;
    readonly int seed;
    readonly double mountPitch, mountRoll;
    readonly double cadence, stride, sitPitch;

    public BodyMotion(Wearer wearer, Sensor sensor, VirtualClock clock)
    {
        this.wearer = wearer;
        this.clock = clock;
        thigh = sensor == Sensor.Thigh;
        seed = wearer.Seed;
        mountPitch = 6 * Noise.Normal(seed, 11);
        mountRoll = 4 * Noise.Normal(seed, 12);
        cadence = Noise.Between(1.7, 2.0, seed, 13);
        stride = Noise.Between(0.9, 1.15, seed, 14);
        OneLegRoll = Noise.Between(-5, 5, seed, 16);
        sitPitch = thigh ? Noise.Between(76, 90, seed, 15) : Noise.Between(16, 28, seed, 15);
    }

    /// <summary>How much higher the pelvis is on the right while standing on one leg than on both, degrees.</summary>
    public double OneLegRoll { get; init; }

    /// <summary>The wearer's finger on the clip-on.</summary>
    public Taps Taps { get; } = new();

    public MotionSample At(double ms) => Worn(ms) + new MotionSample(0, 0, Taps.At(ms), 0, 0, 0);

    MotionSample Worn(double ms)
    {
        var utc = clock.StartUtc.AddTicks((long)(ms * TimeSpan.TicksPerMillisecond));
        var spell = wearer.At(utc);
        var t = (utc - spell.From).TotalSeconds;
        if (spell.Activity == Activity.Off)
            return OnTheTable(spell);
        var before = wearer.At(spell.From.AddTicks(-1));
        var here = PoseAt(spell, before, t);
        var next = PoseAt(spell, before, t + RateStep);
        return Feel(here, (next.Pitch - here.Pitch) / RateStep, (next.Roll - here.Roll) / RateStep, (next.Yaw - here.Yaw) / RateStep);
    }

    /// <summary>Specific force and rotation in the sensor's axes: belt x up, y right, z ahead; thigh x right, y down along it, z ahead.</summary>
    MotionSample Feel(Pose pose, double pitchRate, double rollRate, double yawRate)
    {
        var (sin, cos) = Math.SinCos((pose.Pitch + mountPitch) * Degrees);
        var (side, level) = Math.SinCos((pose.Roll + mountRoll) * Degrees);
        var up = 1 + pose.Up;
        var along = cos * level * up - sin * pose.Ahead;
        var ahead = sin * level * up + cos * pose.Ahead;
        var right = side * up;
        return thigh
            ? new MotionSample(right, -along, ahead, pitchRate, -(cos * yawRate), sin * yawRate - rollRate * cos)
            : new MotionSample(along, right, ahead, cos * yawRate, pitchRate, sin * yawRate - rollRate * cos);
    }

    static MotionSample OnTheTable(Spell spell)
    {
        var (sin, cos) = Math.SinCos(Noise.Between(-6, 6, spell.Key, 1) * Degrees);
        return new MotionSample(sin, 0, cos, 0, 0, 0);
    }

    Pose PoseAt(Spell spell, Spell before, double t)
    {
        const double Stops = 0.7, Starts = 0.9, Hesitates = 0.4, LiftsFoot = 1.2;
        var pose = Steady(spell, t);
        if (before.Activity == Activity.Off || before.Activity == spell.Activity)
            return pose;
        var from = Steady(before, (before.To - before.From).TotalSeconds + t);
        if (spell.Activity == Activity.OneLeg)
            return Pose.Between(from, pose, Share(t, LiftsFoot)) + Push(t);
        if (before.Activity == Activity.OneLeg)
            return Pose.Between(from, pose, Share(t, Stops)) + Push(t);
        if (before.Activity != Activity.Sit && spell.Activity != Activity.Sit)
            return Pose.Between(from, pose, Share(t, Stops));
        var takes = Noise.Between(1.6, 2.6, seed, spell.Key, 2);
        if (before.Activity == Activity.Sit)
        {
            // Up first, then off.
            var up = Pose.Between(from, Standing(spell, t), Share(t, takes)) + Lift(true, t / takes, takes);
            return spell.Activity == Activity.Stand ? up : Pose.Between(up, pose, Share(t - takes - Hesitates, Starts));
        }
        // To the chair, about turn, and down.
        var turns = before.Activity == Activity.Walk ? Noise.Between(1.4, 2.8, seed, spell.Key, 3) : 0;
        var about = new Pose(0, 0, turns > 0 ? Noise.Between(90, 180, seed, spell.Key, 4) * Share(t, turns) : 0, 0, 0);
        var there = turns > 0 ? Pose.Between(from, Standing(spell, t), Share(t, Stops)) : from;
        return Pose.Between(there, pose, Share(t - turns, takes)) + Lift(false, (t - turns) / takes, takes) + about;
    }

    /// <summary>The jolt of a foot that leaves or meets the ground.</summary>
    static Pose Push(double t)
    {
        const double Lasts = 0.3;
        return t < Lasts ? new Pose(0, 0, 0, 0.35 * Math.Sin(2 * Math.PI * t / Lasts), 0) : default;
    }

    /// <summary>The push of standing up or sitting down, and the bow of the trunk in its midst.</summary>
    Pose Lift(bool rising, double share, double takes)
    {
        if (share is <= 0 or >= 1)
            return default;
        var height = (thigh ? 0.17 : 0.32) * (rising ? 1 : -1);
        // Second derivative of the minimum-jerk profile 10s^3 - 15s^4 + 6s^5.
        var acceleration = height * (60 * share - 180 * share * share + 120 * share * share * share) / (takes * takes) / Gravity;
        var bow = thigh ? 0 : -22 * Math.Sin(Math.PI * share) * Math.Sin(Math.PI * share);
        return new Pose(bow, 0, 0, acceleration, 0);
    }

    Pose Steady(Spell spell, double t) => spell.Activity switch
    {
        Activity.Sit => Sitting(spell, t),
        Activity.Walk => Walking(spell, t),
        Activity.OneLeg => Standing(spell, t) + Balancing(spell, t),
        _ => Standing(spell, t),
    };

    Pose Standing(Spell spell, double t) => new(
        1.2 * Noise.Wander(t, 3.1, spell.Key, 21) + Breath(t, 0.25),
        0.8 * Noise.Wander(t, 4.3, spell.Key, 22),
        2 * Noise.Wander(t, 5, spell.Key, 23),
        0.003 * Noise.Wander(t, 0.11, spell.Key, 24),
        0.003 * Noise.Wander(t, 0.13, spell.Key, 25));

    /// <summary>What one leg adds: the pelvis off level, and two to three times the sway.</summary>
    Pose Balancing(Spell spell, double t) => new(
        1.5 * Noise.Wander(t, 1.3, spell.Key, 26),
        OneLegRoll + 1.5 * Noise.Wander(t, 1.1, spell.Key, 27),
        4 * Noise.Wander(t, 2, spell.Key, 28),
        0.006 * Noise.Wander(t, 0.12, spell.Key, 29),
        0.006 * Noise.Wander(t, 0.14, spell.Key, 30));

    Pose Sitting(Spell spell, double t)
    {
        // A new way of sitting every few minutes, a fidget now and then.
        const double SlotSeconds = 260, ShiftSeconds = 1.5;
        var slot = Math.Floor(t / SlotSeconds);
        var into = t - slot * SlotSeconds;
        var share = slot == 0 ? 1 : MinimumJerk(Math.Min(1, into / ShiftSeconds));
        var spread = thigh ? 4.0 : 5.0;
        var way = spread * (Noise.Normal(seed, spell.Key, 31, (long)slot) * share + Noise.Normal(seed, spell.Key, 31, (long)slot - 1) * (1 - share));
        var side = 3 * (Noise.Normal(seed, spell.Key, 32, (long)slot) * share + Noise.Normal(seed, spell.Key, 32, (long)slot - 1) * (1 - share));
        var fidget = Fidget(spell, t);
        return new Pose(
            sitPitch + way + 0.8 * Noise.Wander(t, 20, spell.Key, 33) + Breath(t, 0.4) + 3 * fidget,
            side + 2 * fidget,
            3 * Noise.Wander(t, 8, spell.Key, 34) + 4 * fidget,
            0.003 * Noise.Wander(t, 0.09, spell.Key, 35) + 0.03 * fidget * Noise.Wander(t, 0.15, spell.Key, 36),
            0.002 * Noise.Wander(t, 0.1, spell.Key, 37));
    }

    /// <summary>0 mostly; rises and falls once for a second or two about each minute.</summary>
    static double Fidget(Spell spell, double t)
    {
        const double Every = 55, Lasts = 1.8;
        var slot = (long)Math.Floor(t / Every);
        var into = t - slot * Every - Noise.Between(0, Every - Lasts, spell.Key, 41, slot);
        if (into is < 0 or > Lasts)
            return 0;
        var wave = Math.Sin(Math.PI * into / Lasts);
        return wave * wave * Noise.Normal(spell.Key, 42, slot);
    }

    Pose Walking(Spell spell, double t)
    {
        var phase = 2 * Math.PI * cadence * t + 0.4 * Noise.Wander(t, 1.7, spell.Key, 51);
        var push = stride * (1 + 0.1 * Noise.Wander(t, 0.9, spell.Key, 52));
        var lift = Math.Cos(phase) + 0.35 * Math.Cos(2 * phase + 0.8);
        return thigh
            ? new Pose(
                8 + 21 * push * Math.Sin(phase / 2), 3 * Math.Sin(phase / 2 + 0.6), 6 * Math.Sin(phase / 2 + 1.1),
                0.24 * push * lift + 0.10 * push * Math.Cos(phase / 2), 0.16 * push * Math.Sin(phase + 0.3))
            : new Pose(
                -3 + 2.5 * push * Math.Sin(phase + 0.5), 2.5 * Math.Sin(phase / 2), 5 * push * Math.Sin(phase / 2 + 0.9),
                0.24 * push * lift, 0.14 * push * Math.Sin(phase + 0.4));
    }

    static double Breath(double t, double degrees) => degrees * Math.Sin(2 * Math.PI * 0.26 * t);

    /// <summary>From 0 to 1 as a body moves, over so many seconds.</summary>
    static double Share(double t, double seconds) => MinimumJerk(Math.Clamp(t / seconds, 0, 1));

    static double MinimumJerk(double share) => share * share * share * (10 - 15 * share + 6 * share * share);
}
