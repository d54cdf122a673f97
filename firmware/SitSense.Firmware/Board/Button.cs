using System;
using System.Device.Gpio;

namespace SitSense.Firmware.Board
{
    /// <summary>
    /// A push button to ground. Its interrupt only notes the time; <see cref="Take"/> tells what it meant. Each look reads the pin too, so that a release
    /// whose interrupt was lost does not become a long press.
    /// </summary>
    public sealed class Button
    {
        /// <summary>Held so long it is a long press, ms.</summary>
        public const int LongMs = 3000;

        /// <summary>Held so long the device is to be set up anew, ms.</summary>
        public const int ResetMs = 10000;

        /// <summary>Contacts bounce so long at most, ms.</summary>
        const int BounceMs = 30;

        readonly object gate = new object();
        readonly Clock clock;
        readonly GpioPin pin;
        long downAt;
        long heldUntil;
        bool down;
        bool told;
        Press released;

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

        /// <summary>Whether it is held now.</summary>
        public bool IsHeld
        {
            get
            {
                lock (gate)
                    return down;
            }
        }

        /// <summary>How long it is held by now, ms; 0 = it is not.</summary>
        public long HeldMs(long now)
        {
            lock (gate)
            {
                Look(now);
                return down ? now - downAt : 0;
            }
        }

        /// <summary>The board has slept: the pin is taken back from what woke it, and what it missed is made good.</summary>
        public void Woken()
        {
            if (pin == null)
                return;
            pin.SetPinMode(PinMode.InputPullUp);
            Note(pin.Read() == PinValue.Low);
        }

        /// <summary>What was done since the last call.</summary>
        public Press Take(long now)
        {
            lock (gate)
            {
                Look(now);
                if (down && !told && now - downAt >= ResetMs)
                {
                    told = true;
                    return Press.Reset;
                }
                var press = released;
                released = Press.None;
                return press;
            }
        }

        void Changed(object sender, PinValueChangedEventArgs e) => Note(e.ChangeType == PinEventTypes.Falling);

        void Note(bool pressed)
        {
            lock (gate)
            {
                if (pressed == down)
                    return;
                if (pressed)
                {
                    down = true;
                    told = false;
                    downAt = heldUntil = clock.Now;
                }
                else
                    Release(clock.Now);
            }
        }

        void Look(long now)
        {
            if (!down)
                return;
            if (pin.Read() == PinValue.Low)
                heldUntil = now;
            else
                Release(heldUntil);
        }

        void Release(long at)
        {
            down = false;
            if (!told)
                released = at - downAt >= LongMs ? Press.Long : Press.Short;
        }
    }
}
