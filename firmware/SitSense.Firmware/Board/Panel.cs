using System;
using System.Device.Gpio;

namespace SitSense.Firmware.Board
{
    /// <summary>What the wearer hears, sees and presses.</summary>
    public sealed class Panel
    {
        /// <summary>Opens buzzer, light and button; what is not there is a fault, and the rest works.</summary>
        /// <param name="clock">The board's time.</param>
        /// <param name="faults">Where faults are told.</param>
        /// <param name="isMotor">Whether a vibration motor buzzes, not a piezo.</param>
        public Panel(Clock clock, Faults faults, bool isMotor)
        {
            GpioController gpio = null;
            try
            {
                gpio = new GpioController();
                faults.Report("gpio", null);
            }
            catch (Exception e)
            {
                faults.Report("gpio", e.Message);
            }
            Buzzer = new Buzzer(gpio, faults, isMotor);
            Button = new Button(gpio, clock, faults);
            Light = new Light(gpio, faults);
        }

        /// <summary>The buzzer.</summary>
        public Buzzer Buzzer { get; }

        /// <summary>The button.</summary>
        public Button Button { get; }

        /// <summary>The light.</summary>
        public Light Light { get; }

        /// <summary>Goes on buzzing and blinking.</summary>
        /// <param name="now">Now, monotonic ms.</param>
        /// <param name="sign">What the light says, one of <see cref="Signs"/>; null = dark.</param>
        public void Tick(long now, int[] sign)
        {
            Buzzer.Tick(now);
            Light.Sign = sign;
            Light.Tick(now);
        }
    }
}
