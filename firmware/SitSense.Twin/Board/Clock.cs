using System;
using System.Threading;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Board;

/// <summary>The twin's clock in place of the firmware's: the same members over virtual time.</summary>
public sealed class Clock
{
    /// <summary>A wall time before is none, as on the board; a twin may be started in any year that the worker takes.</summary>
    const int FirstRealYear = 2020;

    readonly VirtualBoard board = VirtualBoard.Current;
    readonly Signal wake = new();

    long missed;

    /// <summary>Ms since power on.</summary>
    public long Now => board.Uptime + missed;

    /// <summary>Is the wall time known?</summary>
    public bool IsSet => board.Wall.Year >= FirstRealYear;

    /// <summary>Wall time; meaningful only when <see cref="IsSet"/>.</summary>
    public DateTime UtcNow => board.Wall;

    /// <summary>Time passed in which the board's ticks stood still.</summary>
    public void CatchUp(long ms) => missed += ms;

    /// <summary>The calling thread sleeps for a span of virtual time.</summary>
    /// <exception cref="PowerLost">The board's power is gone.</exception>
    public void Sleep(int ms) => board.Sleep(ms);

    /// <summary>Starts a thread that lives as long as the power does.</summary>
    public void Start(ThreadStart work) => board.Start(work);

    /// <summary>Like <see cref="Sleep"/>, but <see cref="Wake"/> from any thread ends it early.</summary>
    public void Idle(int ms) => board.Wait(ms, wake);

    /// <summary>Ends the current or the next <see cref="Idle"/>.</summary>
    public void Wake() => board.Clock.Set(wake);
}
