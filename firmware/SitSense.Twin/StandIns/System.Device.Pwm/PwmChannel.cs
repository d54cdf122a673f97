using nanoFramework.Hardware.Esp32;
using SitSense.Twin.Hardware;

namespace System.Device.Pwm;

/// <summary>A pulse-width output of the current virtual board.</summary>
public sealed class PwmChannel : IDisposable
{
    /// <summary>The driver keeps the duty in steps of 1/10,000.</summary>
    const double DutySteps = 10_000;

    readonly VirtualBoard board = VirtualBoard.Current;
    readonly int pin;
    int frequency;
    double duty;
    bool started;

    PwmChannel(int pin, int frequency, double dutyCyclePercentage)
    {
        this.pin = pin;
        Frequency = frequency;
        if (!VirtualBoard.Current.Pins.CanOutput(pin))
            throw new ArgumentException();
        DutyCycle = dutyCyclePercentage;
    }

    /// <summary>Hz.</summary>
    /// <exception cref="ArgumentException">Not above 0.</exception>
    public int Frequency
    {
        get => frequency;
        set => frequency = value > 0 ? value : throw new ArgumentException();
    }

    /// <summary>The share of the time that the pin is high, 0 to 1.</summary>
    /// <exception cref="ArgumentException">Outside 0 to 1.</exception>
    public double DutyCycle
    {
        get => duty;
        set
        {
            if (value < 0 || value > 1)
                throw new ArgumentException();
            duty = Math.Floor(value * DutySteps) / DutySteps;
            if (started)
                board.Pins.SetPwm(pin, duty);
        }
    }

    /// <summary>A channel on a pin that has a PWM function; null, and no exception, where it has none.</summary>
    public static PwmChannel CreateFromPin(int pin, int frequency = 400, double dutyCyclePercentage = 0.5)
    {
        for (var function = (int)DeviceFunction.PWM1; function <= (int)DeviceFunction.PWM16; function += 0x100)
            if (VirtualBoard.Current.Pins.FunctionPin(function) == pin)
                return new PwmChannel(pin, frequency, dutyCyclePercentage);
        return null;
    }

    public void Start()
    {
        board.NeedPower();
        started = true;
        board.Pins.SetPwm(pin, duty);
    }

    public void Stop()
    {
        started = false;
        board.Pins.SetPwm(pin, null);
    }

    public void Dispose() => Stop();
}
