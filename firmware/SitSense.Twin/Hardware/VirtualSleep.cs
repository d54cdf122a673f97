#nullable enable
using System;

namespace SitSense.Twin.Hardware;

/// <summary>What wakes the board, and its sleeping. Deep sleep takes the power from everything but the wall clock.</summary>
public sealed class VirtualSleep
{
    /// <summary>How often a light sleep looks at its wake pins, in ms.</summary>
    const int LightSleepStepMs = 10;

    const int CauseExt0 = 2;
    const int CauseTimer = 4;

    readonly VirtualBoard board;
    long? wakeAfterMs;
    ulong wakePins;
    bool wakeLevel;

    internal VirtualSleep(VirtualBoard board) => this.board = board;

    /// <summary>What ended the last sleep, in ESP-IDF's numbers; 0 for a power on.</summary>
    public int Cause { get; private set; }

    /// <summary>Virtual ms slept so far, deep and light.</summary>
    public long SleptMs { get; private set; }

    internal void WakeAfter(TimeSpan time) => wakeAfterMs = (long)time.TotalMilliseconds;

    internal void WakeOn(ulong pins, bool level)
    {
        wakePins = pins;
        wakeLevel = level;
    }

    internal void DeepSleep()
    {
        board.Cut(new Restart { AfterMs = wakeAfterMs, WakePins = wakePins, WakeLevel = wakeLevel, IsDeepSleep = true });
        throw new PowerLost();
    }

    internal void LightSleep()
    {
        var from = board.Clock.Now;
        Cause = 0;
        while (Cause == 0)
        {
            board.Sleep(LightSleepStepMs);
            if (wakeAfterMs is { } ms && board.Clock.Now - from >= ms)
                Cause = CauseTimer;
            else if (IsPinAwake(wakePins, wakeLevel))
                Cause = CauseExt0;
        }
        SleptMs += board.Clock.Now - from;
    }

    /// <summary>Lets virtual time pass until a deep sleep ends; the board is off meanwhile.</summary>
    internal void SleepThrough(Restart restart)
    {
        var from = board.Clock.Now;
        while (true)
        {
            if (restart.AfterMs is { } ms && board.Clock.Now - from >= ms)
                Cause = CauseTimer;
            else if (IsPinAwake(restart.WakePins, restart.WakeLevel))
                Cause = CauseExt0;
            else
            {
                board.Sleep(LightSleepStepMs);
                continue;
            }
            break;
        }
        SleptMs += board.Clock.Now - from;
    }

    internal void PowerOn(bool afterSleep)
    {
        if (!afterSleep)
            Cause = 0;
        wakeAfterMs = null;
        wakePins = 0;
    }

    bool IsPinAwake(ulong wakers, bool level)
    {
        for (var pin = 0; pin < VirtualPins.Count; pin++)
            if ((wakers >> pin & 1) != 0 && board.Pins.Read(pin) == level)
                return true;
        return false;
    }
}
