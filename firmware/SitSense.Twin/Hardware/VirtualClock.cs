#nullable enable
using System;
using System.Threading;

namespace SitSense.Twin.Hardware;

/// <summary>
/// A discrete-event world in which one firmware thread runs at a time. Virtual time stands still while one runs, and moves only when all of them
/// wait: to the earliest wake-up, unless the horizon, the speed, the real now or an outstanding answer hold it back. So a run repeats exactly.
/// </summary>
public sealed class VirtualClock
{
    /// <summary>How long a network answer may hold virtual time, in real ms.</summary>
    public const int LongestHoldMs = 10_000;

    const int LongestWaitMs = 1_000;

    readonly object gate = new();
    readonly Agenda agenda = new();
    readonly Pace pace = new();
    readonly Turns turns;
    long now;

    /// <param name="startUtc">UTC at virtual time 0.</param>
    public VirtualClock(DateTime startUtc)
    {
        StartUtc = DateTime.SpecifyKind(startUtc, DateTimeKind.Utc);
        turns = new Turns(this, gate, agenda);
    }

    public DateTime StartUtc { get; private set; }

    /// <summary>Virtual ms since <see cref="StartUtc"/>; goes on while power is off.</summary>
    public long Now => Interlocked.Read(ref now);

    public DateTime UtcNow => StartUtc.AddMilliseconds(Now);

    /// <summary>Virtual seconds a real second; 0 = as fast as it can.</summary>
    public double Speed
    {
        get => pace.Speed;
        set
        {
            lock (gate)
            {
                pace.Go(value, now);
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>Virtual UTC waits for the real UTC rather than pass it.</summary>
    public bool NeverPassesRealNow
    {
        get => pace.NeverPassesRealNow;
        set
        {
            lock (gate)
            {
                pace.NeverPassesRealNow = value;
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>Virtual time stops here, in ms, until the horizon moves.</summary>
    public long Horizon
    {
        get
        {
            lock (gate)
                return pace.Horizon;
        }
        set
        {
            lock (gate)
            {
                pace.Horizon = value;
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>Says what UTC it is now; for before anybody has asked.</summary>
    internal void SetUtc(DateTime utc) => StartUtc = utc.AddMilliseconds(-Now);

    /// <summary>Moves the horizon to <paramref name="until"/> and waits, in real time, until everything up to it has happened (or every thread ended).</summary>
    /// <exception cref="TimeoutException">It took longer than <paramref name="atMost"/> of real time.</exception>
    public void RunUntil(long until, TimeSpan atMost, CancellationToken cancel = default)
    {
        Horizon = until;
        using var registration = cancel.Register(Poke);
        var deadline = atMost == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)atMost.TotalMilliseconds;
        lock (gate)
        {
            while (true)
            {
                cancel.ThrowIfCancellationRequested();
                if (Environment.TickCount64 > deadline)
                    throw new TimeoutException($"Virtual time stands at {UtcNow:O} and did not reach {StartUtc.AddMilliseconds(until):O} within {atMost}.");
                if (turns.IsTaken || pace.IsHeld || (agenda.Threads.Count > 0 && (now < until || HasDue())))
                    Monitor.Wait(gate, LongestWaitMs);
                else if (agenda.Threads.Count == 0 && agenda.NextDue(out var at) && at <= until)
                    RunEvent(at);
                else
                    break;
            }
            if (now < until)
                Interlocked.Exchange(ref now, until);
        }
    }

    /// <summary>Calls <paramref name="action"/> at a virtual time; it must be brief and must not sleep. Past times are now.</summary>
    public void At(long ms, Action action)
    {
        lock (gate)
        {
            agenda.Add(Math.Max(ms, now), action);
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>How long a network answer may hold virtual time here, in real ms.</summary>
    public int HoldMs { get; set; } = LongestHoldMs;

    /// <summary>Keeps virtual time where it is until disposed, at most <see cref="HoldMs"/> of real time.</summary>
    public Hold HoldStill(int? atMostMs = null)
    {
        var hold = new Hold(this, Environment.TickCount64 + (atMostMs ?? HoldMs));
        lock (gate)
            pace.Add(hold);
        return hold;
    }

    internal void Release(Hold hold)
    {
        lock (gate)
        {
            pace.Remove(hold);
            Monitor.PulseAll(gate);
        }
    }

    internal void Poke()
    {
        lock (gate)
            Monitor.PulseAll(gate);
    }

    /// <inheritdoc cref="Turns.Start"/>
    internal Thread Start(PowerCycle power, Action work) => turns.Start(power, work);

    /// <inheritdoc cref="Turns.Wait(PowerCycle, long, Signal)"/>
    internal bool Wait(PowerCycle power, long ms, Signal? signal = null) => turns.Wait(power, ms, signal);

    /// <inheritdoc cref="Turns.Set"/>
    internal void Set(Signal signal) => turns.Set(signal);

    /// <summary>The other threads of the caller's life stand still until this is disposed.</summary>
    internal IDisposable Freeze()
    {
        turns.Freeze();
        return new Frozen(turns);
    }

    /// <inheritdoc cref="Turns.Cut"/>
    internal void Cut(PowerCycle power) => turns.Cut(power);

    /// <summary>Moves time towards <paramref name="at"/>; true when it is there. False after a real wait: look again at what is first. Called with the gate held.</summary>
    internal bool Reach(long at)
    {
        if (at <= now)
            return true;
        var waitMs = (double)LongestWaitMs;
        var ceiling = pace.Ceiling(at, now, StartUtc, ref waitMs);
        if (at <= ceiling)
        {
            Interlocked.Exchange(ref now, at);
            return true;
        }
        if (ceiling > now)
            Interlocked.Exchange(ref now, ceiling);
        Monitor.PulseAll(gate);
        Monitor.Wait(gate, (int)Math.Clamp(Math.Ceiling(waitMs), 1, LongestWaitMs));
        return false;
    }

    bool HasDue() => agenda.NextDue(out var at) && at <= now;

    sealed class Frozen(Turns turns) : IDisposable
    {
        public void Dispose() => turns.Thaw();
    }

    void RunEvent(long at)
    {
        Interlocked.Exchange(ref now, Math.Max(now, at));
        agenda.TakeEvent()();
    }
}
