using System;
using System.Device.I2c;
using SitSense.Firmware.Board;

namespace SitSense.Firmware.Sensing
{
    /// <summary>
    /// The motion interrupt of an MPU6050. At rest it tells over its line that there is something to read; dozing, with the gyroscope in standby
    /// and the accelerometer awake five times a second, it is all that watches. Where the line is not wired, or does not tell what the chip tells,
    /// the chip is asked.
    /// Sources: InvenSense RM-MPU-6000A-00 4.2, registers 31, 55, 56, 58, 107 and 108; PS-MPU-6000A-00 3.4, 6.2 (32 mg a step of the threshold) and
    /// 6.3 (current); the high-pass filter, the duration and the order of the writes as in the maker's driver, inv_mpu.c, mpu_lp_motion_interrupt.
    /// There are libraries that take a step for 2 mg: of a chip like that it is woken too often, and misses nothing.
    /// </summary>
    public sealed class MotionAlarm
    {
        const byte FilterRegister = 0x1A, AccelRegister = 0x1C, ThresholdRegister = 0x1F, DurationRegister = 0x20;
        const byte PinRegister = 0x37, EnableRegister = 0x38, Power1Register = 0x6B, Power2Register = 0x6C;

        /// <summary>MOT_THR, in steps of 32 mg: a rise pushes by 0.1 g and more, typing at the desk where it lies by 0.02 g.</summary>
        const byte RestThreshold = 1, DozeThreshold = 2;

        /// <summary>MOT_DUR: one sample above the threshold is enough, ms.</summary>
        const byte Duration = 1;

        /// <summary>ACCEL_HPF: off, above 0.63 Hz, and the difference from the sample at the moment of writing it.</summary>
        const byte PassNothing = 0, PassMoves = 4, PassDifference = 7;

        /// <summary>LATCH_INT_EN: high from the motion until the status is read.</summary>
        const byte Latched = 0x20;

        /// <summary>MOT_EN in INT_ENABLE, MOT_INT in INT_STATUS.</summary>
        const byte Motion = 0x40;

        /// <summary>CYCLE on the chip's own oscillator, for the gyroscope's stands still; LP_WAKE_CTRL 5 Hz with STBY_XG, YG and ZG.</summary>
        const byte Cycle = 0x20, GyroscopeOff = 0x47;

        const byte Nothing = 0;

        /// <summary>INT_ENABLE, DMP status, INT_STATUS and three accelerations, in one transfer.</summary>
        const int StatusBytes = 9, StatusAt = 2, ForceAt = 3;

        /// <summary>So far from where it began to doze it was moved, whatever the interrupt says; 3.7 degrees, eight times the noise, g.</summary>
        const float MovedForce = 0.064f;

        /// <summary>So often in a row may the line say other than the chip, which can happen between two reads.</summary>
        const int MostLies = 2;

        readonly MotionSensor sensor;
        readonly InputLine line;
        readonly byte[] status = new byte[StatusBytes];
        readonly float[] held = new float[3];
        bool dozes, isHeld;
        int lies;

        /// <summary>The alarm of a sensor.</summary>
        /// <param name="sensor">The sensor.</param>
        /// <param name="line">What its INT is wired to; null where it is not.</param>
        public MotionAlarm(MotionSensor sensor, InputLine line)
        {
            this.sensor = sensor;
            this.line = line;
        }

        /// <summary>Whether its line can be relied on; without, it must be asked.</summary>
        public bool IsHeard => line != null && lies < MostLies;

        /// <summary>Whether its line says that something has moved since it was last asked.</summary>
        public bool IsRaised => IsHeard && line.IsHigh;

        /// <summary>Whether something had moved when it was last asked.</summary>
        public bool HasMoved { get; private set; }

        /// <summary>What is wrong with the line, for people; null when nothing is.</summary>
        public string Fault => line == null || IsHeard ? null : "the motion sensor's INT wire does not tell what the sensor tells: check it";

        /// <summary>The sensor was set up anew: its line gets another chance.</summary>
        public void Begin()
        {
            dozes = false;
            lies = 0;
        }

        /// <summary>Listens for moves at full power.</summary>
        /// <returns>False when the chip does not answer.</returns>
        public bool Watch() => Prepare(RestThreshold) && Pass(PassMoves) && sensor.Put(EnableRegister, Motion) && Ask();

        /// <summary>Lets the chip doze and compare with where it lies now.</summary>
        /// <returns>False when the chip does not answer; it is to be set up anew then.</returns>
        public bool Doze()
        {
            isHeld = false;
            dozes = Prepare(DozeThreshold) && sensor.Put(FilterRegister, Nothing) && Pass(PassNothing) && Pass(PassDifference)
                && sensor.Put(EnableRegister, Motion) && sensor.Put(Power1Register, Cycle) && sensor.Put(Power2Register, GyroscopeOff);
            return dozes;
        }

        /// <summary>Listens no more; a chip that dozed samples as <see cref="MotionSensor.SetUp"/> had it.</summary>
        /// <returns>False when the chip does not answer; one that dozed is to be set up anew then.</returns>
        public bool End()
        {
            var ended = dozes
                ? sensor.Put(Power2Register, Nothing) && sensor.Put(Power1Register, MotionSensor.GyroscopeClock)
                    && sensor.Put(FilterRegister, MotionSensor.Filter) && Pass(PassNothing)
                : Ask();
            dozes = false;
            return sensor.Put(EnableRegister, Nothing) && ended;
        }

        /// <summary>Asks the chip; <see cref="HasMoved"/> tells what it says. That lets go of the line.</summary>
        /// <returns>False when it does not answer or has forgotten what it was told; <see cref="MotionSensor.Fault"/> says why.</returns>
        public bool Ask()
        {
            var raised = line != null && line.IsHigh;
            if (!sensor.Get(EnableRegister, new SpanByte(status)))
                return sensor.Fails();
            if (status[0] != Motion)
                return sensor.HasLostPower();
            HasMoved = (status[StatusAt] & Motion) != 0;
            if (raised != HasMoved)
                lies++;
            else if (raised)
                lies = 0;
            if (dozes)
                Compare();
            sensor.Works();
            return true;
        }

        void Compare()
        {
            for (var i = 0; i < held.Length; i++)
            {
                var force = MotionSensor.G((short)((status[ForceAt + 2 * i] << 8) | status[ForceAt + 2 * i + 1]));
                if (!isHeld)
                    held[i] = force;
                else if (Math.Abs(force - held[i]) > MovedForce)
                    HasMoved = true;
            }
            isHeld = true;
        }

        bool Prepare(byte threshold) =>
            sensor.Put(PinRegister, Latched) && sensor.Put(ThresholdRegister, threshold) && sensor.Put(DurationRegister, Duration);

        bool Pass(byte what) => sensor.Put(AccelRegister, (byte)(MotionSensor.Range | what));
    }
}
