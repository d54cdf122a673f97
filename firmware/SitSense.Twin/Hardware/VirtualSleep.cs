#nullable enable
using System;
using System.Linq;

namespace SitSense.Twin.Hardware;

/// <summary>
/// What wakes the board, and its sleeping. Light sleep stops every thread, the tick counter and the radio, and pins raise no events; deep sleep
/// ends the program. In both the wall clock goes on, and what is wired to the board keeps its power.
/// </summary>
public sealed class VirtualSleep
{
    const int CauseExt0 = 2, CauseExt1 = 3, CauseTimer = 4;

    readonly VirtualBoard board;
    readonly Signal pinChanged = new();
    long? wakeAfterMs;
    int? onePin;
    bool onePinLevel;
    ulong many;
    bool anyHigh;
    readonly Lapse deep;

    internal VirtualSleep(VirtualBoard board)
    {
        this.board = board;
        deep = new Lapse(board.Clock);
    }

    /// <summary>What ended the last sleep, in ESP-IDF's numbers; 0 for a power on.</summary>
    public int Cause { get; private set; }

    /// <summary>Virtual ms in light sleep so far.</summary>
    public long LightMs { get; private set; }

    /// <summary>Virtual ms in deep sleep so far.</summary>
    public long DeepMs => deep.Ms;

    /// <summary>How often it fell into light sleep.</summary>
    public long LightSleeps { get; private set; }

    /// <summary>How often it fell into deep sleep.</summary>
    public long DeepSleeps { get; private set; }

    /// <summary>Whether it sleeps now, light or deep.</summary>
    public bool IsAsleep { get; private set; }

    /// <summary>What the next light sleeps answer instead of sleeping; null: they sleep.</summary>
    public int? Refusal { get; set; }

    /// <summary>Ms of light sleep in this life, in which the tick counter stood still.</summary>
    internal long TicksMissed { get; private set; }

    internal void WakeAfter(TimeSpan time)
    {
        board.NeedPower();
        wakeAfterMs = (long)time.TotalMilliseconds;
    }

    /// <summary>Whether its pins can wake the board at all.</summary>
    internal bool HasPins => board.Chip.WakePins.Length > 0;

    /// <summary>Whether each of some pins, as bits, can wake the board.</summary>
    internal bool CanWake(ulong pins) => (pins & ~board.Chip.WakePins.Aggregate(0UL, (all, pin) => all | 1UL << pin)) == 0;

    internal void WakeOnPin(ulong pins, bool level)
    {
        board.NeedPower();
        // The last one counts, and none changes nothing.
        foreach (var pin in board.Chip.WakePins)
            if ((pins >> pin & 1) != 0)
                (onePin, onePinLevel) = (pin, level);
    }

    internal void WakeOnMany(ulong pins, bool anyHigh)
    {
        board.NeedPower();
        // None is refused, and the ones before go on counting.
        if (pins != 0)
            (many, this.anyHigh) = (pins, anyHigh);
    }

    /// <summary>Whether a pin keeps its pull while everything else loses its power.</summary>
    internal bool Holds(int pin) => pin == onePin || (many >> pin & 1) != 0;

    internal void PinChanged() => board.Clock.Set(pinChanged);

    internal void DeepSleep()
    {
        board.NeedPower();
        DeepSleeps++;
        board.Cut(new Restart { IsDeepSleep = true });
        throw new PowerLost();
    }

    /// <returns>ESP-IDF's error; 0 when it slept.</returns>
    internal int LightSleep()
    {
        board.NeedPower();
        if (Refusal is { } error)
            return error;
        LightSleeps++;
        board.Network.RadioOff();
        var from = board.Clock.Now;
        using (board.Clock.Freeze())
            Wait();
        LightMs += board.Clock.Now - from;
        TicksMissed += board.WallClock.Since(from);
        board.Network.RadioBack();
        return 0;
    }

    /// <summary>Lets virtual time pass until a deep sleep ends; the board is off meanwhile.</summary>
    internal void SleepThrough()
    {
        deep.Set(true);
        try
        {
            Wait();
        }
        finally
        {
            deep.Set(false);
        }
    }

    internal void PowerOn(bool afterSleep)
    {
        if (!afterSleep)
            Cause = 0;
        wakeAfterMs = null;
        onePin = null;
        many = 0;
        TicksMissed = 0;
    }

    void Wait()
    {
        // The timer and the wall clock go by one crystal.
        var until = wakeAfterMs is { } ms ? board.Clock.Now + (long)(ms / (1 + board.WallClock.CrystalPpm / 1e6)) : long.MaxValue;
        IsAsleep = true;
        try
        {
            while (true)
            {
                if (onePin is { } pin && board.Pins.Read(pin) == onePinLevel)
                    Cause = CauseExt0;
                else if (Calls())
                    Cause = CauseExt1;
                else if (board.Clock.Now >= until)
                    Cause = CauseTimer;
                else
                {
                    board.Wait((int)Math.Min(int.MaxValue, until - board.Clock.Now), pinChanged);
                    continue;
                }
                break;
            }
        }
        finally
        {
            IsAsleep = false;
        }
    }

    // Any of them high, or all of them low.
    bool Calls()
    {
        foreach (var pin in board.Chip.WakePins)
            if ((many >> pin & 1) != 0 && board.Pins.Read(pin))
                return anyHigh;
        return many != 0 && !anyHigh;
    }
}
