#nullable enable
using System.Device.Gpio;

namespace SitSense.Twin.Hardware;

/// <summary>One GPIO of the board.</summary>
sealed class VirtualPin
{
    public PinMode Mode { get; set; } = PinMode.Input;

    public bool IsOpen { get; set; }

    /// <summary>What the board drives while the pin is an output.</summary>
    public bool Out { get; set; }

    /// <summary>What the world outside drives; null when nothing is connected or the button is open.</summary>
    public bool? Outside { get; set; }

    /// <summary>The duty of a running PWM; null when none runs.</summary>
    public double? Pwm { get; set; }

    /// <summary>The GPIO object to tell of changes.</summary>
    public GpioPin? Owner { get; set; }

    public bool IsOutput => Mode >= PinMode.Output;

    public bool Level => IsOutput ? Out : Outside ?? Mode == PinMode.InputPullUp;

    public double Output => Pwm ?? (IsOutput && Out ? 1 : 0);
}
