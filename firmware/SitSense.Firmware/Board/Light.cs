using System;
using System.Device.Gpio;

namespace SitSense.Firmware.Board
{
    /// <summary>The light: how the device is, for the eye. Blinks while somebody calls <see cref="Tick"/>.</summary>
    public sealed class Light
    {
        /// <summary>Here it is, or it is being calibrated; time between two blinks, ms, as the others.</summary>
        public const int Here = 100;

        /// <summary>A reminder is not heeded yet.</summary>
        public const int Owed = 250;

        /// <summary>Something is wrong.</summary>
        public const int Fault = 500;

        /// <summary>The broker is not there.</summary>
        public const int Offline = 2000;

        const int BlinkMs = 60;

        readonly Faults faults;
        readonly GpioPin pin;
        bool lit;
        long nextAt;

        /// <summary>The light at <see cref="Pins.Light"/>.</summary>
        public Light(GpioController gpio, Faults faults)
        {
            this.faults = faults;
            try
            {
                pin = gpio.OpenPin(Pins.Light, PinMode.Output);
                pin.Write(PinValue.Low);
            }
            catch (Exception e)
            {
                faults.Report("light", "cannot be opened: " + e.Message);
            }
        }

        /// <summary>Time between two blinks, ms; 0 = dark.</summary>
        public int PeriodMs { get; set; }

        /// <summary>When <see cref="Tick"/> next has something to do, monotonic ms.</summary>
        public long NextAt => pin == null || PeriodMs == 0 && !lit ? long.MaxValue : nextAt;

        /// <summary>Goes on blinking.</summary>
        public void Tick(long now)
        {
            if (now < NextAt || pin == null)
                return;
            lit = !lit && PeriodMs > 0;
            nextAt = now + (lit ? BlinkMs : PeriodMs);
            try
            {
                pin.Write(lit ? PinValue.High : PinValue.Low);
            }
            catch (Exception e)
            {
                faults.Report("light", "does not work: " + e.Message);
            }
        }
    }
}
