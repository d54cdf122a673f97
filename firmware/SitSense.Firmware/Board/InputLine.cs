using System;
using System.Device.Gpio;

namespace SitSense.Firmware.Board
{
    /// <summary>A pin that something outside drives high; low where nothing is wired, or the pin cannot be had.</summary>
    public sealed class InputLine
    {
        readonly int number;
        GpioPin pin;
        bool tried;

        /// <summary>The line at one of <see cref="Pins"/>.</summary>
        public InputLine(int number)
        {
            this.number = number;
        }

        /// <summary>Whether it is high now.</summary>
        public bool IsHigh
        {
            get
            {
                if (!tried)
                    Open();
                return pin != null && pin.Read() == PinValue.High;
            }
        }

        /// <summary>The board has slept: the pin is taken back from what woke it.</summary>
        public void Woken() => pin?.SetPinMode(PinMode.InputPullDown);

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
                pin = new GpioController().OpenPin(number, PinMode.InputPullDown);
            }
            catch (Exception)
            {
                // Whoever listens gets on without: off is told by lying still, and motion by looking.
                pin = null;
            }
        }
    }
}
