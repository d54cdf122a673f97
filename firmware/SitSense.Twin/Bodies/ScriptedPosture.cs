#nullable enable
using System;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Sensing;
using SitSense.Twin.Hardware;

namespace SitSense.Twin.Bodies;

/// <summary>Postures straight from an imagined wearer's day, in place of sensor and detector: for histories of weeks in seconds.</summary>
public sealed class ScriptedPosture : PostureSource
{
    /// <summary>How often it is asked at least, in ms.</summary>
    const int LongestPeriodMs = 60_000;

    readonly Wearer wearer;
    readonly Sensor sensor;
    readonly VirtualBoard board;
    PostureKind current = PostureKind.Unknown;
    long since;

    public ScriptedPosture(Wearer wearer, Sensor sensor, VirtualBoard board)
    {
        this.wearer = wearer;
        this.sensor = sensor;
        this.board = board;
    }

    /// <summary>Until the next change: nothing happens before.</summary>
    public override int PeriodMs
    {
        get
        {
            var now = board.Clock.UtcNow;
            return (int)Math.Clamp(Math.Ceiling((wearer.At(now).To - now).TotalMilliseconds), 1, LongestPeriodMs);
        }
    }

    public override PostureKind Current => current;

    public override long Since => since;

    public override int Noise => wearer.Seed;

    public override bool Poll(long ms)
    {
        var now = board.Clock.UtcNow;
        var spell = wearer.At(now);
        var posture = Wearer.Posture(spell, sensor);
        if (posture == current)
            return false;
        current = posture;
        since = Math.Max(0, ms - (long)(now - spell.From).TotalMilliseconds);
        return true;
    }
}
