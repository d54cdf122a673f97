#nullable enable
using System;
using SitSense.Twin.Hardware;

namespace SitSense.Twin.Recordings;

/// <summary>A recording on a virtual board's time. It begins when the firmware first asks its sensor, so that starting up costs no samples.</summary>
public sealed class Playback : IMotion
{
    /// <summary>How far into a gap a sample is still taken for the last one, in seconds.</summary>
    const double GapTolerance = 0.1;

    readonly VirtualBoard board;
    readonly Recording recording;
    long? startedAt;

    public Playback(VirtualBoard board, Recording recording)
    {
        this.board = board;
        this.recording = recording;
    }

    /// <summary>Raised, with virtual time standing still, when the first sample is asked for.</summary>
    public event Action? Started;

    /// <summary>When it began, in virtual ms; null before.</summary>
    public long? StartedAt => startedAt;

    /// <summary>When its last sample came or will come, in virtual ms; null before it began.</summary>
    public long? EndsAt => startedAt + (long)Math.Ceiling((recording.End - recording.Start) * 1000);

    /// <summary>The recording's own clock at a virtual time, in seconds.</summary>
    public double TimeAt(double ms) => recording.Start + (ms - (startedAt ?? ms)) / 1000;

    /// <summary>Called before the firmware is given a sample: begins, and keeps it waiting through a gap.</summary>
    public void Ask()
    {
        if (startedAt is null)
        {
            startedAt = board.Clock.Now;
            Started?.Invoke();
        }
        if (recording.GapEnd(TimeAt(board.Clock.Now), GapTolerance) is not { } end)
            return;
        // The whole board, or its watchdog would find the main loop dead.
        using (board.Clock.Freeze())
            board.Sleep((int)Math.Ceiling((end - TimeAt(board.Clock.Now)) * 1000));
    }

    public MotionSample At(double ms)
    {
        var row = recording.At(TimeAt(ms));
        return new MotionSample(row[0], row[1], row[2], row[3], row[4], row[5]);
    }

    public bool IsSampled(double ms) => startedAt is null || recording.GapEnd(TimeAt(ms), GapTolerance) is null;

    /// <summary>The counts of a seat pad now; 0 for one that was not recorded.</summary>
    public int Pad(int pad) => pad < recording.Columns ? (int)recording.At(TimeAt(board.Clock.Now))[pad] : 0;
}
