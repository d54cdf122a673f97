using System;
using System.Device.Gpio;

namespace SitSense.Firmware.Board
{
    /// <summary>The light: how the device is, for the eye. Blinks while somebody calls <see cref="Tick"/>.</summary>
    public sealed class Light
    {
        readonly Faults faults;
        readonly GpioPin pin;
        int[] sign;
        int step;
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

        /// <summary>What it says, one of <see cref="Signs"/>; null = dark.</summary>
        public int[] Sign
        {
            get => sign;
            set
            {
                if (sign == value)
                    return;
                sign = value;
                step = -1;
                nextAt = 0;
            }
        }

        /// <summary>When <see cref="Tick"/> next has something to do, monotonic ms.</summary>
        public long NextAt => pin == null || sign == null && !lit ? long.MaxValue : nextAt;

        /// <summary>Goes on blinking.</summary>
        public void Tick(long now)
        {
            if (now < NextAt)
                return;
            var before = lit;
            if (sign == null)
                lit = false;
            else
            {
                step = (step + 1) % sign.Length;
                lit = step % 2 == 0;
                nextAt = now + sign[step];
            }
            if (lit != before)
                Write();
        }

        void Write()
        {
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
