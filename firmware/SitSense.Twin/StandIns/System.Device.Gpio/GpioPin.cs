using SitSense.Twin.Hardware;

namespace System.Device.Gpio;

/// <summary>One pin of the current virtual board.</summary>
public sealed class GpioPin : IDisposable
{
    readonly VirtualBoard board = VirtualBoard.Current;
    readonly VirtualPins pins;
    long debounceUntil = long.MinValue;
    bool lastRaised;
    bool disposed;

    internal GpioPin(VirtualPins pins, int pinNumber)
    {
        this.pins = pins;
        PinNumber = pinNumber;
    }

    /// <summary>Raised on the board's event thread, for input pins only.</summary>
    public event PinValueChangedEventHandler ValueChanged;

    /// <summary>After a change, others within this time are taken for bouncing; the level at its end counts.</summary>
    public TimeSpan DebounceTimeout { get; set; }

    public int PinNumber { get; }

    /// <exception cref="ObjectDisposedException">The pin was closed.</exception>
    public PinMode GetPinMode() => disposed ? throw new ObjectDisposedException(null) : pins.Mode(PinNumber);

    public bool IsPinModeSupported(PinMode pinMode) => pins.IsModeSupported(PinNumber, pinMode);

    /// <exception cref="ArgumentException">The pin has no such mode.</exception>
    public void SetPinMode(PinMode value)
    {
        pins.SetMode(PinNumber, value);
        lastRaised = pins.Read(PinNumber);
    }

    public PinValue Read() => pins.Read(PinNumber);

    public void Write(PinValue value) => pins.Write(PinNumber, (bool)value);

    public void Toggle() => Write(!pins.Read(PinNumber));

    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        pins.Close(PinNumber);
    }

    /// <summary>The world changed the level of this input.</summary>
    internal void Changed(bool high)
    {
        if (DebounceTimeout <= TimeSpan.Zero)
        {
            Raise(high);
            return;
        }
        var now = board.Clock.Now;
        if (now < debounceUntil)
            return;
        debounceUntil = now + (long)DebounceTimeout.TotalMilliseconds;
        board.Clock.At(debounceUntil, () =>
        {
            var settled = pins.Read(PinNumber);
            if (settled != lastRaised)
                Raise(settled);
        });
    }

    void Raise(bool high)
    {
        lastRaised = high;
        var change = new PinValueChangedEventArgs(high ? PinEventTypes.Rising : PinEventTypes.Falling, PinNumber);
        if (!disposed)
            board.Raise(() => ValueChanged?.Invoke(this, change));
    }
}
