#nullable enable
using System;
using System.Threading;

namespace SitSense.Twin.Hardware;

/// <summary>Lets one firmware thread run at a time: the one that wakes first, when every other one waits.</summary>
sealed class Turns
{
    readonly VirtualClock clock;
    readonly object gate;
    readonly Agenda agenda;
    FirmwareThread? running;
    bool scheduling;

    /// <param name="clock">Whose time it is.</param>
    /// <param name="gate">The clock's lock.</param>
    /// <param name="agenda">The clock's agenda.</param>
    public Turns(VirtualClock clock, object gate, Agenda agenda)
    {
        this.clock = clock;
        this.gate = gate;
        this.agenda = agenda;
    }

    /// <summary>Whether a thread runs. Read with the gate held.</summary>
    public bool IsTaken => running is not null;

    /// <summary>Starts a firmware thread; it gets its turn when the caller, if it is one, waits.</summary>
    public Thread Start(PowerCycle power, Action work)
    {
        var member = new FirmwareThread(power) { WakeAt = clock.Now, Waiting = true };
        var thread = new Thread(() => Live(member, work)) { IsBackground = true };
        lock (gate)
        {
            member.WakeAt = clock.Now;
            member.Order = agenda.NextOrder();
            agenda.Add(member);
        }
        thread.Start();
        Schedule();
        return thread;
    }

    /// <summary>The calling firmware thread waits in virtual time. True when <paramref name="signal"/> ended the wait, false when time did.</summary>
    /// <exception cref="PowerLost">The power of the caller's board is gone.</exception>
    public bool Wait(PowerCycle power, long ms, Signal? signal)
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
    public void Set(Signal signal)
    {
        lock (gate)
        {
            signal.IsSet = true;
            if (signal.Waiter is { } waiter)
            {
                if (waiter.Left is not null)
                    waiter.Left = 0;
                else
                    waiter.WakeAt = clock.Now;
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>Takes the power from the threads of one cycle; they end by <see cref="PowerLost"/>.</summary>
    public void Cut(PowerCycle power)
    {
        lock (gate)
        {
            power.IsOn = false;
            foreach (var thread in agenda.Threads)
                if (thread.Power == power)
                {
                    thread.Left = null;
                    thread.WakeAt = Math.Min(thread.WakeAt, clock.Now);
                }
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Lets the other threads of the caller's life stand still: their waits go on from where they are when <see cref="Thaw"/> is called.</summary>
    public void Freeze()
    {
        lock (gate)
            foreach (var thread in agenda.Threads)
                if (thread != running && thread.Power == running?.Power)
                {
                    thread.Left = Math.Max(0, thread.WakeAt - clock.Now);
                    thread.WakeAt = long.MaxValue;
                }
    }

    /// <inheritdoc cref="Freeze"/>
    public void Thaw()
    {
        lock (gate)
            foreach (var thread in agenda.Threads)
                if (thread.Left is { } left)
                {
                    thread.Left = null;
                    thread.WakeAt = clock.Now + left;
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
            agenda.Add(me);
            running ??= me;
        }
        return me;
    }

    void Leave(FirmwareThread me)
    {
        FirmwareThread.Current = null;
        lock (gate)
        {
            agenda.Remove(me);
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
            me.WakeAt = signal is { IsSet: true } ? clock.Now : clock.Now + Math.Max(0, ms);
            me.Order = agenda.NextOrder();
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
            if (running is not null || scheduling || agenda.Threads.Count == 0)
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
                var first = agenda.Earliest();
                if (first is null && agenda.Threads.Count == 0)
                    return null;
                if (agenda.HasEventBefore(first, out var due))
                {
                    if (clock.Reach(due))
                        agenda.TakeEvent()();
                }
                else if (first is null)
                    return null;
                else if (clock.Reach(first.WakeAt))
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
}
