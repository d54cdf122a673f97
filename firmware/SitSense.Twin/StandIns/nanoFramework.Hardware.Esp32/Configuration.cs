using System;
using SitSense.Twin.Hardware;

namespace nanoFramework.Hardware.Esp32;

/// <summary>Which pin a peripheral's function has; to be said before the peripheral is made.</summary>
public class Configuration
{
    /// <exception cref="ArgumentException">There is no such pin.</exception>
    public static void SetPinFunction(int pin, DeviceFunction value)
    {
        if (pin < 0 || pin >= VirtualBoard.Current.Pins.Count)
            throw new ArgumentException();
        VirtualBoard.Current.Pins.SetFunction(pin, (int)value);
    }

    /// <summary>The pin of a function; -1 for none.</summary>
    public static int GetFunctionPin(DeviceFunction function) => VirtualBoard.Current.Pins.FunctionPin((int)function);
}
