using System;
using System.Device.Gpio;

namespace SitSense.Firmware.Board
{
    /// <summary>A push button to ground. Its interrupt only notes the time; <see cref="Take"/> tells what it meant.</summary>
    public sealed class Button
    {
        /// <summary>Held so long it is a long press, ms.</summary>
        public const int LongMs = 3000;

        /// <summary>Contacts bounce so long at most, ms.</summary>
        const int BounceMs = 30;

        readonly object gate = new object();
        readonly Clock clock;
        readonly GpioPin pin;
        long downAt;
        bool down;
        bool told;
        bool released;

        /// <summary>The button at <see cref="Pins.Button"/>.</summary>
        public Button(GpioController gpio, Clock clock, Faults faults)
        {
            this.clock = clock;
            try
            {
                pin = gpio.OpenPin(Pins.Button, PinMode.InputPullUp);
                pin.DebounceTimeout = new TimeSpan(BounceMs * TimeSpan.TicksPerMillisecond);
                pin.ValueChanged += Changed;
            }
            catch (Exception e)
            {
                faults.Report("button", "cannot be opened: " + e.Message);
            }
        }

        /// <summary>What was done since the last call.</summary>
        public Press Take(long now)
        {
            lock (gate)
            {
                if (down && !told && now - downAt >= LongMs)
                {
                    told = true;
                    return Press.Long;
                }
                if (!released)
                    return Press.None;
                released = false;
                return Press.Short;
            }
        }

        void Changed(object sender, PinValueChangedEventArgs e)
        {
            lock (gate)
            {
                if (e.ChangeType == PinEventTypes.Falling)
                {
                    down = true;
                    told = false;
                    downAt = clock.Now;
                }
                else if (down)
                {
                    down = false;
                    released = !told;
                }
            }
        }
    }
}
