#nullable enable
using System;
using System.Collections.Generic;
using System.Device.Gpio;

namespace SitSense.Twin.Hardware;

/// <summary>The pins of an ESP32: what the firmware drives is logged, what the world drives is seen by the firmware.</summary>
public sealed class VirtualPins
{
    const int LongestLog = 100_000;

    readonly VirtualBoard board;
    readonly VirtualPin[] pins;
    readonly Dictionary<int, int> functions = [];
    readonly Queue<PinChange> log = new();

    internal VirtualPins(VirtualBoard board)
    {
        this.board = board;
        pins = new VirtualPin[board.Chip.Pins];
        for (var i = 0; i < Count; i++)
            pins[i] = new VirtualPin();
        PowerGone();
    }

    /// <summary>How many GPIOs there are.</summary>
    public int Count => pins.Length;

    /// <summary>Whether changes from outside are not told any more, only seen by who reads the pin.</summary>
    public bool InterruptsAreLost { get; set; }

    /// <summary>Every change of a driven pin, oldest first; the newest 100,000 are kept.</summary>
    public PinChange[] Log
    {
        get
        {
            lock (log)
                return log.ToArray();
        }
    }

    /// <summary>The spans in which a pin was driven high or by PWM, oldest first.</summary>
    public IReadOnlyList<Buzz> Buzzes(int pin)
    {
        var buzzes = new List<Buzz>();
        long from = -1;
        double strength = 0;
        foreach (var change in Log)
        {
            if (change.Pin != pin)
                continue;
            if (change.Level > 0)
            {
                strength = from < 0 ? change.Level : Math.Max(strength, change.Level);
                from = from < 0 ? change.Ms : from;
            }
            else if (from >= 0)
            {
                Add(change.Ms);
                from = -1;
            }
        }
        if (from >= 0)
            Add(board.Clock.Now);
        return buzzes;

        void Add(long until) => buzzes.Add(new Buzz(board.Clock.StartUtc.AddMilliseconds(from), TimeSpan.FromMilliseconds(until - from), strength));
    }

    /// <summary>What a pin gives out now: 0, 1, or the duty of a running PWM.</summary>
    public double Output(int pin)
    {
        lock (log)
            return pins[pin].Output;
    }

    /// <summary>Drives a pin from outside, as a button or a sensor's interrupt does; null lets it float to its pull.</summary>
    public void Drive(int pin, bool? level)
    {
        GpioPin? owner;
        bool after;
        lock (log)
        {
            var it = pins[pin];
            var before = it.Level;
            it.Outside = level;
            after = it.Level;
            owner = InterruptsAreLost || it.IsOutput || before == after || board.Sleeper.IsAsleep ? null : it.Owner;
        }
        board.Sleeper.PinChanged();
        owner?.Changed(after);
    }

    /// <summary>Presses a button that pulls a pin low, for a span of virtual time.</summary>
    public void Press(int pin, TimeSpan span)
    {
        Drive(pin, false);
        board.Clock.At(board.Clock.Now + (long)span.TotalMilliseconds, () => Drive(pin, null));
    }

    internal bool CanOutput(int pin) => pin >= 0 && pin < board.Chip.FirstInputOnly;

    internal bool Open(int pin, GpioPin owner)
    {
        lock (log)
        {
            if (pin < 0 || pin >= Count || pins[pin].IsOpen)
                return false;
            pins[pin].IsOpen = true;
            pins[pin].Owner = owner;
            return true;
        }
    }

    internal void Close(int pin)
    {
        lock (log)
        {
            pins[pin].IsOpen = false;
            pins[pin].Owner = null;
        }
    }

    internal bool IsOpen(int pin) => pins[pin].IsOpen;

    internal bool IsModeSupported(int pin, PinMode mode) => mode switch
    {
        PinMode.Input => true,
        PinMode.InputPullUp or PinMode.InputPullDown or PinMode.Output or PinMode.OutputOpenDrain => CanOutput(pin),
        _ => false,
    };

    internal PinMode Mode(int pin) => pins[pin].Mode;

    internal void SetMode(int pin, PinMode mode)
    {
        if (!IsModeSupported(pin, mode))
            throw new ArgumentException($"GPIO{pin} has no mode {mode}.");
        Change(pin, it => it.Mode = mode);
    }

    internal bool Read(int pin)
    {
        lock (log)
            return pins[pin].Level;
    }

    internal void Write(int pin, bool high) => Change(pin, it => it.Out = high);

    internal void SetPwm(int pin, double? duty) => Change(pin, it => it.Pwm = duty);

    /// <summary>Gives a pin to a peripheral's function (the ESP32's pin matrix); one function has one pin.</summary>
    internal void SetFunction(int pin, int function)
    {
        lock (log)
            functions[function] = pin;
    }

    /// <summary>The pin of a function, -1 for none.</summary>
    internal int FunctionPin(int function)
    {
        lock (log)
            return functions.TryGetValue(function, out var pin) ? pin : -1;
    }

    internal void PowerGone(bool keepWakers = false)
    {
        for (var pin = 0; pin < Count; pin++)
        {
            var holds = keepWakers && board.Sleeper.Holds(pin);
            Change(pin, it =>
            {
                it.Mode = holds ? it.Mode : PinMode.Input;
                it.Out = false;
                it.Pwm = null;
                it.IsOpen = false;
                it.Owner = null;
            });
        }
        lock (log)
            functions.Clear();
    }

    void Change(int pin, Action<VirtualPin> change)
    {
        lock (log)
        {
            var before = pins[pin].Output;
            change(pins[pin]);
            var after = pins[pin].Output;
            if (before == after)
                return;
            log.Enqueue(new PinChange(board.Clock.Now, pin, after));
            if (log.Count > LongestLog)
                log.Dequeue();
        }
    }
}
