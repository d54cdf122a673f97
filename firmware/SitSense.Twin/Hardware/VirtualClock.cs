#nullable enable
using System;
using System.Collections.Generic;
using System.Diagnostics;
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
    readonly List<FirmwareThread> threads = [];
    readonly PriorityQueue<Action, (long At, long Order)> events = new();
    readonly List<Hold> holds = [];
    readonly Stopwatch real = Stopwatch.StartNew();

    FirmwareThread? running;
    bool scheduling;
    long order;
    long now;
    long horizon = long.MaxValue;
    double speed;
    double pacedFromReal;
    long pacedFromNow;
    bool behindRealNow;

    /// <param name="startUtc">UTC at virtual time 0.</param>
    public VirtualClock(DateTime startUtc) => StartUtc = DateTime.SpecifyKind(startUtc, DateTimeKind.Utc);

    public DateTime StartUtc { get; private set; }

    /// <summary>Virtual ms since <see cref="StartUtc"/>; goes on while power is off.</summary>
    public long Now => Interlocked.Read(ref now);

    public DateTime UtcNow => StartUtc.AddMilliseconds(Now);

    /// <summary>Virtual seconds a real second; 0 = as fast as it can.</summary>
    public double Speed
    {
        get => speed;
        set
        {
            lock (gate)
            {
                speed = value;
                pacedFromReal = real.Elapsed.TotalMilliseconds;
                pacedFromNow = now;
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>Virtual UTC waits for the real UTC rather than pass it.</summary>
    public bool NeverPassesRealNow
    {
        get => behindRealNow;
        set
        {
            lock (gate)
            {
                behindRealNow = value;
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>Virtual time stops here, in ms, until the horizon moves.</summary>
    public long Horizon
    {
        get => Interlocked.Read(ref horizon);
        set
        {
            lock (gate)
            {
                horizon = value;
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
                if (running is not null || IsHeld() || (threads.Count > 0 && (now < until || HasDue())))
                    Monitor.Wait(gate, LongestWaitMs);
                else if (threads.Count == 0 && NextDue(out var at) && at <= until)
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
            events.Enqueue(action, (Math.Max(ms, now), ++order));
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Keeps virtual time where it is until disposed, at most <see cref="LongestHoldMs"/> of real time.</summary>
    public Hold HoldStill(int atMostMs = LongestHoldMs)
    {
        var hold = new Hold(this, Environment.TickCount64 + atMostMs);
        lock (gate)
            holds.Add(hold);
        return hold;
    }

    internal void Release(Hold hold)
    {
        lock (gate)
        {
            holds.Remove(hold);
            Monitor.PulseAll(gate);
        }
    }

    internal void Poke()
    {
        lock (gate)
            Monitor.PulseAll(gate);
    }

    /// <summary>Starts a firmware thread; it gets its turn when the caller, if it is one, waits.</summary>
    internal Thread Start(PowerCycle power, Action work)
    {
        var member = new FirmwareThread(power) { WakeAt = Now, Waiting = true };
        var thread = new Thread(() => Live(member, work)) { IsBackground = true };
        lock (gate)
        {
            member.WakeAt = now;
            member.Order = ++order;
            threads.Add(member);
        }
        thread.Start();
        Schedule();
        return thread;
    }

    /// <summary>The calling firmware thread waits in virtual time. True when <paramref name="signal"/> ended the wait, false when time did.</summary>
    /// <exception cref="PowerLost">The power of the caller's board is gone.</exception>
    internal bool Wait(PowerCycle power, long ms, Signal? signal = null)
    {
        var guest = FirmwareThread.Current is null;
        var me = FirmwareThread.Current ??= Join(power);
        try
        {
            return Wait(me, ms, signal);
        }
        finally
        {
            if (guest)
                Leave(me);
        }
    }

    /// <summary>Sets a signal from any thread.</summary>
    internal void Set(Signal signal)
    {
        lock (gate)
        {
            signal.IsSet = true;
            if (signal.Waiter is { } waiter)
            {
                waiter.WakeAt = now;
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>Takes the power from the threads of one cycle; they end by <see cref="PowerLost"/>.</summary>
    internal void Cut(PowerCycle power)
    {
        lock (gate)
        {
            power.IsOn = false;
            foreach (var thread in threads)
                if (thread.Power == power)
                    thread.WakeAt = Math.Min(thread.WakeAt, now);
            Monitor.PulseAll(gate);
        }
    }

    void Live(FirmwareThread me, Action work)
    {
        FirmwareThread.Current = me;
        me.AwaitTurn();
        try
        {
            if (me.Power.IsOn)
                work();
        }
        catch (PowerLost)
        {
            // the end of every firmware thread whose board was switched off
        }
        finally
        {
            FirmwareThread.Current = null;
            Leave(me);
        }
    }

    FirmwareThread Join(PowerCycle power)
    {
        var me = new FirmwareThread(power);
        lock (gate)
        {
            threads.Add(me);
            running ??= me;
        }
        return me;
    }

    void Leave(FirmwareThread me)
    {
        FirmwareThread.Current = null;
        lock (gate)
        {
            threads.Remove(me);
            if (running == me)
                running = null;
            Monitor.PulseAll(gate);
        }
        me.Dispose();
        Schedule();
    }

    bool Wait(FirmwareThread me, long ms, Signal? signal)
    {
        FirmwareThread? next;
        lock (gate)
        {
            if (!me.Power.IsOn)
                throw new PowerLost();
            me.WakeAt = signal is { IsSet: true } ? now : now + Math.Max(0, ms);
            me.Order = ++order;
            me.Waiting = true;
            if (signal is not null)
                signal.Waiter = me;
            if (running == me)
                running = null;
            next = scheduling || running is not null ? null : Choose();
        }
        if (next != me)
        {
            next?.Go();
            me.AwaitTurn();
        }
        lock (gate)
        {
            if (signal is not null)
                signal.Waiter = null;
            if (!me.Power.IsOn)
                throw new PowerLost();
            if (signal is null)
                return false;
            var woken = signal.IsSet;
            signal.IsSet = false;
            return woken;
        }
    }

    /// <summary>Gives the turn to whoever is next; for threads that are not waiting themselves.</summary>
    void Schedule()
    {
        lock (gate)
            if (running is not null || scheduling || threads.Count == 0)
            {
                Monitor.PulseAll(gate);
                return;
            }
        // A thread of its own, because choosing may wait for real time.
        new Thread(() =>
        {
            FirmwareThread? next;
            lock (gate)
                next = scheduling || running is not null ? null : Choose();
            next?.Go();
        }) { IsBackground = true }.Start();
    }

    /// <summary>The next thread to run, after waiting for time to come; null when none is left. Called with the gate held.</summary>
    FirmwareThread? Choose()
    {
        scheduling = true;
        try
        {
            while (true)
            {
                var first = Earliest();
                var hasEvent = events.TryPeek(out _, out var due);
                if (first is null && !hasEvent)
                    return null;
                if (first is null && threads.Count == 0)
                    return null;
                if (hasEvent && (first is null || due.At < first.WakeAt || (due.At == first.WakeAt && due.Order < first.Order)))
                {
                    if (Reach(due.At))
                        events.Dequeue()();
                }
                else if (Reach(first!.WakeAt))
                {
                    first.Waiting = false;
                    running = first;
                    return first;
                }
            }
        }
        finally
        {
            scheduling = false;
        }
    }

    FirmwareThread? Earliest()
    {
        FirmwareThread? first = null;
        foreach (var thread in threads)
            if (thread.Waiting && (first is null || thread.WakeAt < first.WakeAt || (thread.WakeAt == first.WakeAt && thread.Order < first.Order)))
                first = thread;
        return first;
    }

    /// <summary>Moves time towards <paramref name="at"/>; true when it is there. False after a real wait: look again at what is first.</summary>
    bool Reach(long at)
    {
        if (at <= now)
            return true;
        var waitMs = (double)LongestWaitMs;
        var ceiling = Ceiling(at, ref waitMs);
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

    /// <summary>How far time may move now, and how long to wait before asking again.</summary>
    long Ceiling(long wanted, ref double waitMs)
    {
        if (IsHeld())
        {
            waitMs = holds[0].UntilRealMs - Environment.TickCount64;
            return now;
        }
        var ceiling = horizon;
        if (speed > 0)
        {
            var paced = pacedFromNow + (real.Elapsed.TotalMilliseconds - pacedFromReal) * speed;
            if (wanted > paced)
                waitMs = Math.Min(waitMs, (wanted - paced) / speed);
            ceiling = Math.Min(ceiling, (long)paced);
        }
        if (behindRealNow)
        {
            var realNow = (DateTime.UtcNow - StartUtc).TotalMilliseconds;
            if (wanted > realNow)
                waitMs = Math.Min(waitMs, wanted - realNow);
            ceiling = Math.Min(ceiling, (long)realNow);
        }
        return ceiling;
    }

    bool IsHeld()
    {
        for (var i = holds.Count - 1; i >= 0; i--)
            if (holds[i].UntilRealMs <= Environment.TickCount64)
                holds.RemoveAt(i);
        return holds.Count > 0;
    }

    bool HasDue() => NextDue(out var at) && at <= now;

    bool NextDue(out long at)
    {
        at = Earliest()?.WakeAt ?? long.MaxValue;
        if (events.TryPeek(out _, out var due))
            at = Math.Min(at, due.At);
        return at != long.MaxValue;
    }

    void RunEvent(long at)
    {
        Interlocked.Exchange(ref now, Math.Max(now, at));
        events.Dequeue()();
    }
}
