using System;
using nanoFramework.Hardware.Esp32;
using SitSense.Firmware.Board;

namespace SitSense.Firmware.Energy
{
    /// <summary>
    /// Lets the board sleep. Light sleep stops all threads, the ticks and the radio and goes on afterwards; deep sleep ends the program and starts it
    /// anew. A timer, the button (low) and a line (high) wake it.
    /// </summary>
    public sealed class Sleeper
    {
        /// <summary>Shorter ones are not worth it, ms: to fall asleep and to wake take one or two, and a tick is 10.</summary>
        const int LeastMs = 20;

        /// <summary>How long at most, where the button wakes it, ms, and where it does not (chips without EXT0).</summary>
        const int LongMs = 60000, BlindMs = 250;

        /// <summary>The wall time runs on the slow oscillator meanwhile, like the timer: it cannot be late by more, ms.</summary>
        const int LateMs = 100;

        readonly Clock clock;
        readonly Faults faults;

        /// <summary>Until <see cref="Listen"/> a timer alone wakes it.</summary>
        /// <param name="clock">The board's time.</param>
        /// <param name="faults">Where faults are told.</param>
        public Sleeper(Clock clock, Faults faults)
        {
            this.clock = clock;
            this.faults = faults;
        }

        /// <summary>Whether pins wake it; without, it must look at them, and deep sleep would never hear them.</summary>
        public bool HasPins { get; private set; }

        /// <summary>How long a light sleep may last, ms.</summary>
        public int MostMs => HasPins ? LongMs : BlindMs;

        /// <summary>Makes the button wake it, whose pin must be open, or its pull is missing; and from light sleep, too, a line.</summary>
        /// <param name="toLine">Whether the one at <see cref="Pins.MotionInterrupt"/> is to.</param>
        /// <param name="isStuck">Whether that line is high for no reason: then its end wakes the board. A wake-up cannot be taken back, only replaced.</param>
        public void Listen(bool toLine, bool isStuck = false)
        {
            try
            {
                HasPins = Sleep.EnableWakeupByPin(Wake(Pins.Button), 0) == EspNativeError.OK
                    && (!toLine || WakeBy(Wake(Pins.MotionInterrupt), isStuck ? Sleep.WakeupMode.AllLow : Sleep.WakeupMode.AnyHigh));
            }
            catch (Exception)
            {
                // An ESP32-C3 has no such wake-up: it looks at its pins by itself.
                HasPins = false;
            }
        }

        /// <summary>Sleeps lightly. Whoever opened a pin that wakes it must take it back then.</summary>
        /// <param name="ms">How long at most.</param>
        /// <returns>False when the board was only waited for, as where it is too short or refused.</returns>
        public bool Light(int ms)
        {
            if (ms >= LeastMs && Try(ms))
                return true;
            clock.Sleep(ms);
            return false;
        }

        /// <summary>Sleeps deeply; does not return.</summary>
        /// <param name="ms">How long at most.</param>
        /// <param name="byLine">Whether the line ends it.</param>
        /// <param name="byCharger">Whether the charger does.</param>
        public void Deep(long ms, bool byLine, bool byCharger)
        {
            if (byLine || byCharger)
                WakeBy((byLine ? Wake(Pins.MotionInterrupt) : 0) | (byCharger ? Wake(Pins.Charger) : 0), Sleep.WakeupMode.AnyHigh);
            Sleep.EnableWakeupByTimer(new TimeSpan(ms * TimeSpan.TicksPerMillisecond));
            Sleep.StartDeepSleep();
        }

        // Bits, one for each GPIO.
        static Sleep.WakeupGpioPin Wake(int pin) => (Sleep.WakeupGpioPin)(1UL << pin);

        static bool WakeBy(Sleep.WakeupGpioPin pins, Sleep.WakeupMode mode)
        {
            try
            {
                return Sleep.EnableWakeupByMultiPins(pins, mode) == EspNativeError.OK;
            }
            catch (Exception)
            {
                return false;
            }
        }

        bool Try(int ms)
        {
            try
            {
                var wall = clock.UtcNow;
                var ticks = clock.Now;
                Sleep.EnableWakeupByTimer(new TimeSpan(ms * TimeSpan.TicksPerMillisecond));
                var error = Sleep.StartLightSleep();
                if (error != EspNativeError.OK)
                {
                    faults.Report("sleep", "the board does not sleep: error " + ((int)error).ToString());
                    return false;
                }
                // The ticks stood still, the wall time did not.
                var missed = (clock.UtcNow.Ticks - wall.Ticks) / TimeSpan.TicksPerMillisecond - (clock.Now - ticks);
                if (missed > 0)
                    clock.CatchUp(missed > ms + LateMs ? ms : missed);
                faults.Report("sleep", null);
                return true;
            }
            catch (Exception e)
            {
                faults.Report("sleep", "the board does not sleep: " + e.Message);
                return false;
            }
        }
    }
}
