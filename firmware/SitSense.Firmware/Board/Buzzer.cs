using System;
using System.Device.Gpio;
using System.Device.Pwm;
using nanoFramework.Hardware.Esp32;

namespace SitSense.Firmware.Board
{
    /// <summary>A piezo, or a vibration motor behind a transistor. Plays patterns while somebody calls <see cref="Tick"/>.</summary>
    public sealed class Buzzer
    {
        /// <summary>Two buzzes that guide a check on one leg; ms on, off, on...</summary>
        public static readonly int[] Lift = { 250, 200, 250 };

        /// <summary>Long enough to find the device.</summary>
        public static readonly int[] Here = { 500, 500, 500, 500, 500, 500, 500, 500, 500 };

        /// <summary>A tick that answers a press.</summary>
        public static readonly int[] Answer = { 60 };

        /// <summary>A long one: it went well.</summary>
        public static readonly int[] Well = { 800 };

        /// <summary>Four ticks: it went wrong.</summary>
        public static readonly int[] Failed = { 60, 100, 60, 100, 60, 100, 60 };

        /// <summary>Where common piezo discs are loudest, Hz.</summary>
        const int PiezoHz = 2700;

        /// <summary>A square wave is strongest at one half.</summary>
        const double PiezoDuty = 0.5;

        /// <summary>Fast enough that a motor feels the mean, Hz.</summary>
        const int MotorHz = 500;

        /// <summary>Coin motors start at 2.3 V at the latest, as their data sheets say: 0.7 of 3.3 V.</summary>
        const double MotorLeast = 0.7;

        readonly Faults faults;
        readonly bool isMotor;
        PwmChannel wave;
        GpioPin pin;
        int[] pattern;
        int step;
        bool on;
        long stepEnd;

        /// <summary>The buzzer at <see cref="Pins.Buzzer"/>; without PWM there it is switched on and off.</summary>
        /// <param name="gpio">The board's pins.</param>
        /// <param name="faults">Where faults are told.</param>
        /// <param name="isMotor">Whether it is a motor, which turns by the mean voltage, not a piezo, which sounds by the wave.</param>
        public Buzzer(GpioController gpio, Faults faults, bool isMotor)
        {
            this.isMotor = isMotor;
            this.faults = faults;
            try
            {
                Configuration.SetPinFunction(Pins.Buzzer, DeviceFunction.PWM1);
                wave = PwmChannel.CreateFromPin(Pins.Buzzer, isMotor ? MotorHz : PiezoHz, 0);
            }
            catch (Exception e)
            {
                faults.Report("buzzer", "no PWM: " + e.Message);
            }
            if (wave != null)
                return;
            try
            {
                pin = gpio.OpenPin(Pins.Buzzer, PinMode.Output);
                pin.Write(PinValue.Low);
            }
            catch (Exception e)
            {
                faults.Report("buzzer", "cannot be opened: " + e.Message);
            }
        }

        /// <summary>Strength of the buzz, 0 (silent) to 100.</summary>
        public int Strength { get; set; }

        /// <summary>When the last pattern ended, monotonic ms; in the future while one plays.</summary>
        public long QuietSince { get; private set; } = -1;

        /// <summary>When <see cref="Tick"/> next has something to do, monotonic ms.</summary>
        public long NextAt => pattern == null ? long.MaxValue : stepEnd;

        /// <summary>Begins a pattern; one that still plays ends.</summary>
        public void Play(int[] what, long now)
        {
            if (Strength == 0)
                return;
            pattern = what;
            QuietSince = now;
            for (var i = 0; i < what.Length; i++)
                QuietSince += what[i];
            step = 0;
            stepEnd = now + what[0];
            Switch(true);
        }

        /// <summary>Goes on with the pattern.</summary>
        public void Tick(long now)
        {
            if (pattern == null || now < stepEnd)
                return;
            if (++step == pattern.Length)
                pattern = null;
            else
                stepEnd = now + pattern[step];
            Switch(pattern != null && step % 2 == 0);
        }

        void Switch(bool to)
        {
            if (on == to)
                return;
            on = to;
            try
            {
                if (wave != null)
                {
                    if (to)
                    {
                        wave.DutyCycle = isMotor ? MotorLeast + (1 - MotorLeast) * Strength / 100 : PiezoDuty * Strength / 100;
                        wave.Start();
                    }
                    else
                        wave.Stop();
                }
                else if (pin != null)
                    pin.Write(to ? PinValue.High : PinValue.Low);
            }
            catch (Exception e)
            {
                faults.Report("buzzer", "does not work: " + e.Message);
            }
        }
    }
}
