using System.Collections.Generic;
using SitSense.Twin.Hardware;

namespace System.Device.Gpio;

/// <summary>The pins of the current virtual board.</summary>
public sealed class GpioController : IDisposable
{
    readonly VirtualPins pins = VirtualBoard.Current.Pins;
    readonly Dictionary<int, GpioPin> open = new Dictionary<int, GpioPin>();

    public int PinCount => VirtualBoard.Current.Pins.Count;

    /// <exception cref="InvalidOperationException">There is no such pin, or it is open already.</exception>
    public GpioPin OpenPin(int pinNumber)
    {
        var pin = new GpioPin(pins, pinNumber);
        if (!pins.Open(pinNumber, pin))
            throw new InvalidOperationException();
        return open[pinNumber] = pin;
    }

    /// <exception cref="InvalidOperationException">There is no such pin, or it is open already.</exception>
    /// <exception cref="ArgumentException">The pin has no such mode.</exception>
    public GpioPin OpenPin(int pinNumber, PinMode mode)
    {
        var pin = OpenPin(pinNumber);
        pin.SetPinMode(mode);
        return pin;
    }

    /// <exception cref="InvalidOperationException">It is not open.</exception>
    public void ClosePin(int pinNumber) => Opened(pinNumber).Dispose();

    public PinMode GetPinMode(int pinNumber) => Opened(pinNumber).GetPinMode();

    public bool IsPinModeSupported(int pinNumber, PinMode mode) => pins.IsModeSupported(pinNumber, mode);

    public bool IsPinOpen(int pinNumber) => pins.IsOpen(pinNumber);

    public PinValue Read(int pinNumber) => pins.Read(pinNumber);

    public void SetPinMode(int pinNumber, PinMode mode) => Opened(pinNumber).SetPinMode(mode);

    public void Write(int pinNumber, PinValue value) => Opened(pinNumber).Write(value);

    public void Dispose()
    {
        foreach (var pin in open.Values)
            pin.Dispose();
    }

    GpioPin Opened(int pinNumber) =>
        pins.IsOpen(pinNumber) && open.TryGetValue(pinNumber, out var pin) ? pin : throw new InvalidOperationException();
}
