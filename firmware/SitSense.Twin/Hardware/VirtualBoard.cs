#nullable enable
using System;
using System.Collections.Generic;
using System.Threading;

namespace SitSense.Twin.Hardware;

/// <summary>
/// An ESP32 dev board that exists in memory: its clock, flash, pins, buses and radio. The stand-ins find the board they belong to through
/// <see cref="Current"/>, which flows into threads, so that many boards live beside each other.
/// </summary>
public sealed class VirtualBoard : IDisposable
{
    /// <summary>How long the threads of a board that was switched off may take to end, in real ms.</summary>
    const int PowerOffMs = 10_000;

    static readonly AsyncLocal<VirtualBoard?> current = new();

    readonly List<Thread> threads = [];
    readonly Signal eventsPending = new();
    readonly Queue<Action> pendingEvents = new();
    PowerCycle? power;
    ThreadStart? firmware;
    bool free;

    /// <param name="flashFolder">Where the board's internal flash lives; created when missing.</param>
    /// <param name="startUtc">UTC at virtual time 0; by default the real now.</param>
    /// <param name="target">The name of its interpreter, by which its chip is known.</param>
    /// <param name="chance">Equal seeds give equal runs.</param>
    public VirtualBoard(string flashFolder, DateTime? startUtc = null, string target = VirtualChip.Usual, int chance = 1)
    {
        Chance = new Random(chance);
        Target = target;
        Chip = VirtualChip.Of(target);
        Clock = new VirtualClock(startUtc ?? DateTime.UtcNow);
        WallClock = new WallClock(Clock);
        Flash = new VirtualFlash(this, flashFolder);
        Pins = new VirtualPins(this);
        I2c = new VirtualI2c(Pins);
        Adc = new VirtualAdc(Chip);
        Network = new VirtualNetwork(this);
        Sleeper = new VirtualSleep(this);
    }

    /// <summary>The board that the calling context belongs to.</summary>
    /// <exception cref="InvalidOperationException">None was entered.</exception>
    public static VirtualBoard Current =>
        current.Value ?? throw new InvalidOperationException("No virtual board here: call VirtualBoard.Enter first.");

    /// <summary>The same; null where none was entered.</summary>
    internal static VirtualBoard? Here => current.Value;

    /// <summary>The name of its interpreter.</summary>
    public string Target { get; }

    public VirtualChip Chip { get; }

    /// <summary>Where its programs' seeds come from.</summary>
    internal Random Chance { get; }

    public VirtualClock Clock { get; }

    public WallClock WallClock { get; }

    public VirtualFlash Flash { get; }

    public VirtualPins Pins { get; }

    public VirtualI2c I2c { get; }

    public VirtualAdc Adc { get; }

    public VirtualNetwork Network { get; }

    public VirtualSleep Sleeper { get; }

    /// <summary>The life the board is in; null while it is off.</summary>
    public PowerCycle? Power => power;

    /// <summary>Ms since power on, as <c>Environment.TickCount64</c> on the board: it stands still in light sleep.</summary>
    public long Uptime => SincePowerOn - Sleeper.TicksMissed;

    long SincePowerOn => WallClock.Since(power?.BornAt ?? Clock.Now) + UptimeAtPowerOn;

    /// <summary>What the tick counter starts from at power on, in ms; to look at what happens after 49.7 days.</summary>
    public long UptimeAtPowerOn { get; set; }

    /// <summary>Whether the board's wall clock was set since power came on.</summary>
    public bool WallIsSet => WallClock.IsSet;

    /// <summary>The board's wall clock: UTC once it was set, before that time since power on from 1970.</summary>
    public DateTime Wall => WallClock.IsSet ? WallClock.Now : DateTime.UnixEpoch.AddMilliseconds(SincePowerOn);

    /// <summary>How the firmware asked to be started anew the last time; null unless it did.</summary>
    public Restart? LastRestart { get; private set; }

    /// <summary>What a firmware thread died of, if not of lost power; nanoFramework ends only that thread.</summary>
    public Exception? Crash { get; private set; }

    /// <summary>Raised with each exception that a firmware thread did not catch.</summary>
    public event Action<Exception>? Crashed;

    /// <summary>Makes this the current board of the calling context, until disposed.</summary>
    public IDisposable Enter()
    {
        var before = current.Value;
        current.Value = this;
        return new Leaving(() => current.Value = before);
    }

    /// <summary>
    /// Switches the board on and starts <paramref name="firmware"/> on its first thread; it is called again when the firmware restarts the board or
    /// wakes from deep sleep. Virtual time stands still until <see cref="Run"/> or <see cref="RunFreely"/>.
    /// </summary>
    public PowerCycle PowerOn(ThreadStart firmware)
    {
        if (power is { IsOn: true } && threads.Count > 0)
            throw new InvalidOperationException("The board is on already.");
        if (!free)
            Clock.Horizon = Clock.Now;
        this.firmware = firmware;
        Sleeper.PowerOn(afterSleep: false);
        return Begin();
    }

    /// <summary>Cuts the power at this instant and waits until every firmware thread has ended. Flash stays; the wall clock and all memory are gone.</summary>
    public void PowerOff()
    {
        Cut(null);
        Thread[] ending;
        lock (threads)
        {
            ending = threads.ToArray();
            threads.Clear();
        }
        foreach (var thread in ending)
            if (thread != Thread.CurrentThread && !thread.Join(PowerOffMs))
                throw new TimeoutException("A firmware thread did not end within 10 s of losing its power: it waits for something other than the clock.");
    }

    /// <summary>Runs the world for a span of virtual time and returns when all of it has happened; what was sent to the board before has come then.</summary>
    /// <param name="span">Virtual time from now.</param>
    /// <param name="atMost">Real time after which to give up, ten minutes by default, which no busy machine needs; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> = never.</param>
    public void Run(TimeSpan span, TimeSpan? atMost = null, CancellationToken cancel = default)
    {
        Network.Settle();
        Clock.RunUntil(Clock.Now + (long)span.TotalMilliseconds, atMost ?? TimeSpan.FromMinutes(10), cancel);
    }

    /// <summary>Lets virtual time move by itself from now on.</summary>
    public void RunFreely()
    {
        free = true;
        Clock.Horizon = long.MaxValue;
    }

    public void Dispose()
    {
        PowerOff();
        Network.Dispose();
    }

    /// <summary>Takes the power away; the caller's thread ends at its next look at the clock or the flash.</summary>
    internal void Cut(Restart? restart)
    {
        if (power is not { IsOn: true } life)
            return;
        LastRestart = restart;
        Clock.Cut(life);
        // After the power, or a thread on its way out would speak without its time.
        if (restart is null)
            WallClock.Forget();
        Network.PowerGone();
        Pins.PowerGone(keepWakers: restart is { IsDeepSleep: true });
        // What is wired to the board shares its supply, not its sleep.
        if (restart is null)
        {
            I2c.PowerGone();
            return;
        }
        power = new PowerCycle(Clock.Now);
        using var entered = Enter();
        Clock.Start(power, () => Reawaken(restart));
    }

    /// <summary>Throws where the board has no power.</summary>
    internal void NeedPower()
    {
        if ((FirmwareThread.Current?.Power ?? power) is { IsOn: false })
            throw new PowerLost();
    }

    internal void Sleep(int ms) => Clock.Wait(Life(), ms);

    internal bool Wait(int ms, Signal signal) => Clock.Wait(Life(), ms, signal);

    internal void Start(ThreadStart work)
    {
        NeedPower();
        Start(Life(), work);
    }

    void Start(PowerCycle life, ThreadStart work)
    {
        var thread = Clock.Start(life, () => Guarded(work));
        lock (threads)
        {
            threads.RemoveAll(ended => !ended.IsAlive);
            threads.Add(thread);
        }
    }

    /// <summary>Raises an event as the board's event thread does: one after the other, beside the firmware's own threads.</summary>
    internal void Raise(Action handler)
    {
        lock (pendingEvents)
            pendingEvents.Enqueue(handler);
        Clock.Set(eventsPending);
    }

    /// <summary>Sets the board's wall clock.</summary>
    public void SetWall(DateTime utc) => WallClock.Set(utc);

    void Reawaken(Restart restart)
    {
        const int RebootMs = 300;
        if (restart.IsDeepSleep)
            Sleeper.SleepThrough();
        else
            Sleep(RebootMs);
        Sleeper.PowerOn(restart.IsDeepSleep);
        Begin();
    }

    PowerCycle Begin()
    {
        using var entered = Enter();
        lock (pendingEvents)
            pendingEvents.Clear();
        Pins.PowerGone();
        Network.AccessPoint.PowerOn();
        var life = power = new PowerCycle(Clock.Now);
        Start(life, firmware!);
        Start(life, RaiseEvents);
        return life;
    }

    PowerCycle Life() => FirmwareThread.Current?.Power ?? (power ??= new PowerCycle(Clock.Now));

    void RaiseEvents()
    {
        while (true)
        {
            Wait(int.MaxValue, eventsPending);
            while (true)
            {
                Action? handler;
                lock (pendingEvents)
                    if (!pendingEvents.TryDequeue(out handler))
                        break;
                try
                {
                    handler();
                }
                catch (Exception e) when (e is not PowerLost)
                {
                    Report(e);
                }
            }
        }
    }

    void Guarded(ThreadStart work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is not PowerLost)
        {
            Report(e);
        }
    }

    void Report(Exception e)
    {
        Crash = e;
        Crashed?.Invoke(e);
    }

    sealed class Leaving(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
