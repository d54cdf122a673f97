using System;
using System.Device.Gpio;

namespace SitSense.Firmware.Board
{
    /// <summary>Whether a charger feeds the device: its 5 V over a divider at <see cref="Pins.Charger"/>.</summary>
    public sealed class Charger
    {
        GpioPin pin;
        bool tried;

        /// <summary>Whether it is there now.</summary>
        public bool IsThere
        {
            get
            {
                if (!tried)
                    Open();
                return pin != null && pin.Read() == PinValue.High;
            }
        }

        /// <summary>Frees the pin.</summary>
        public void Close()
        {
            pin?.Dispose();
            pin = null;
            tried = false;
        }

        void Open()
        {
            tried = true;
            try
            {
                pin = new GpioController().OpenPin(Pins.Charger, PinMode.InputPullDown);
            }
            catch (Exception)
            {
                // Without it a device on its charger is off by lying still.
                pin = null;
            }
        }
    }
}
