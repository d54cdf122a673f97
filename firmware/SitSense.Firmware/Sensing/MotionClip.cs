using System;
using System.Device.I2c;
using System.IO;
using Iot.Device.Imu;
using nanoFramework.Hardware.Esp32;
using SitSense.Firmware.Board;
using SitSense.Firmware.Posture;

namespace SitSense.Firmware.Sensing
{
    /// <summary>
    /// An MPU6050 worn on thigh or belt. The binding resets it, checks who it is and sets its ranges; samples are read by one burst from
    /// ACCEL_XOUT_H into a buffer of our own, because the binding's getters allocate and its Scale properties divide by the sample rate divider.
    /// While the body is at rest nobody reads: the chip samples on into its FIFO, which is emptied once a second, so that the detector is given
    /// each sample all the same. Registers: InvenSense RM-MPU-6000A-00, 4.2.
    /// </summary>
    public sealed class MotionClip : PostureSource
    {
        /// <summary>ACCEL_XOUT_H: three accelerations, the temperature and three rates follow, 16 bit big-endian each.</summary>
        const byte FirstDataRegister = 0x3B;

        const int DataBytes = 14;

        /// <summary>At +-4 g (AFS_SEL 1), LSB/g.</summary>
        const float CountsPerG = 8192f;

        /// <summary>At +-500 deg/s (FS_SEL 1), LSB/(deg/s).</summary>
        const float CountsPerDegreePerSecond = 65.5f;

        const int SamplePeriodMs = 40;

        /// <summary>Time between two looks into the FIFO, ms; it holds 3.4 s.</summary>
        const int RestPeriodMs = 1000;

        /// <summary>After the set-up the FIFO is filled for so many samples, to see whether it works: those of some copies do not.</summary>
        const int TrialSamples = 10;

        /// <summary>SMPLRT_DIV: 1 kHz / (1 + 39) = 25 Hz.</summary>
        const byte SampleRateDivider = 39;

        /// <summary>Time between two attempts to find the sensor again, ms.</summary>
        const int RetryMs = 5000;

        /// <summary>Failed reads in a row after which it is set up anew.</summary>
        const int MostFailures = 25;

        readonly MotionDetector detector;
        readonly Charger charger;
        readonly byte[] register = { FirstDataRegister };
        readonly byte[] data = new byte[DataBytes];
        readonly SampleFifo fifo = new SampleFifo();
        I2cDevice device;
        bool atRest, fifoWorks;
        int trial;         // samples until the FIFO's trial ends
        int taken, given;  // samples from the FIFO, and those of them that the detector has
        long from, until;  // the time before the first of them, and of the last
        long last;         // of the last sample given
        string fault;
        int failures;
        int noise;
        long retryAt;

        /// <summary>A clip-on read by a detector.</summary>
        /// <param name="detector">What decides.</param>
        /// <param name="charger">While it is there nobody wears the clip-on; null where none is wired.</param>
        public MotionClip(MotionDetector detector, Charger charger = null)
        {
            this.detector = detector;
            this.charger = charger;
        }

        /// <inheritdoc/>
        public override int PeriodMs => given < taken ? 0 : atRest ? RestPeriodMs : SamplePeriodMs;

        /// <inheritdoc/>
        public override PostureDetector Detector => detector;

        /// <inheritdoc/>
        public override string Fault => fault;

        /// <inheritdoc/>
        public override int Noise => noise;

        /// <summary>How often samples were lost because nobody had emptied the FIFO in time.</summary>
        public int Overflows => fifo.Overflows;

        /// <inheritdoc/>
        public override bool LyingIsSitting
        {
            set
            {
                if (detector is BeltDetector belt)
                    belt.LyingIsSitting = value;
            }
        }

        /// <inheritdoc/>
        public override bool Poll(long ms)
        {
            if (charger != null && charger.IsThere)
                return detector.Charge(ms);
            if (device == null && ms >= retryAt)
            {
                SetUp();
                retryAt = ms + RetryMs;
            }
            if (device == null)
                return detector.Miss(ms);
            if (atRest && given == taken && !Empty(ms))
                Move();
            if (atRest)
                return GoOn();
            if (!Read())
                return detector.Miss(ms);
            last = ms;
            var changed = detector.Add(ms, G(Word(0)), G(Word(2)), G(Word(4)), Turn(Word(8)), Turn(Word(10)), Turn(Word(12)));
            if (trial > 0 && --trial == 0)
                EndTrial();
            if (fifoWorks && detector.IsAtRest)
                Rest();
            return changed;
        }

        /// <inheritdoc/>
        public override void Close()
        {
            charger?.Close();
            Drop();
        }

        static float G(short counts) => counts / CountsPerG;

        static float Turn(short counts) => counts / CountsPerDegreePerSecond;

        short Word(int offset) => (short)((data[offset] << 8) | data[offset + 1]);

        // Gives the detector what was taken from the FIFO, up to the next thing that is to be told.
        bool GoOn()
        {
            bool changed;
            do
            {
                var i = given++;
                last = from + (until - from) * given / taken;
                changed = detector.Add(
                    last, G(fifo.Word(i, 0)), G(fifo.Word(i, 1)), G(fifo.Word(i, 2)),
                    Turn(fifo.Word(i, 3)), Turn(fifo.Word(i, 4)), Turn(fifo.Word(i, 5)));
            }
            while (given < taken && !changed && detector.Seen == Transition.None);
            if (given == taken && !detector.IsAtRest)
                Move();
            return changed;
        }

        bool Empty(long ms)
        {
            given = 0;
            taken = fifo.Take(device);
            if (taken > 0)
            {
                Date(ms);
                return true;
            }
            taken = 0;
            return false;
        }

        // The chip's clock is within 1 % of ours: its samples are a period apart, and the last one is less than a period old.
        void Date(long ms)
        {
            from = last;
            until = last + taken * SamplePeriodMs;
            var late = ms - until;
            if (late < 0)
                until = ms;
            else if (late > RestPeriodMs)
            {
                until = ms;
                from = ms - taken * SamplePeriodMs;
            }
            else if (late > SamplePeriodMs)
                until += (late - SamplePeriodMs) / 4;
        }

        void Rest()
        {
            given = taken = 0;
            atRest = fifo.Start(device);
        }

        void Move()
        {
            atRest = false;
            fifo.Stop(device);
        }

        void EndTrial()
        {
            var samples = fifo.Take(device);
            fifoWorks = samples > TrialSamples / 2 && samples < TrialSamples * 2;
            fifo.Stop(device);
        }

        bool Read()
        {
            try
            {
                var result = device.WriteRead(new SpanByte(register), new SpanByte(data));
                if (result.Status != I2cTransferStatus.FullTransfer)
                    fault = "the motion sensor does not answer: check its wiring";
                else if (Word(0) == 0 && Word(2) == 0 && Word(4) == 0)
                    fault = "the motion sensor sleeps: it has lost its power for a moment, check its wiring";
                else
                {
                    failures = 0;
                    fault = null;
                    for (var i = 1; i < DataBytes; i += 2)
                        noise = noise * 31 + data[i];
                    return true;
                }
            }
            catch (Exception e)
            {
                fault = "the motion sensor cannot be read: " + e.Message;
            }
            if (++failures >= MostFailures)
                Drop();
            return false;
        }

        void SetUp()
        {
            try
            {
                Configuration.SetPinFunction(Pins.MotionData, DeviceFunction.I2C1_DATA);
                Configuration.SetPinFunction(Pins.MotionClock, DeviceFunction.I2C1_CLOCK);
                device = I2cDevice.Create(new I2cConnectionSettings(Pins.MotionBus, Mpu6050.DefaultI2cAddress, I2cBusSpeed.FastMode));
                var sensor = new Mpu6050(device);
                // Bandwidth first: its setter writes the range back unshifted.
                sensor.GyroscopeBandwidth = GyroscopeBandwidth.Bandwidth0010Hz;
                sensor.AccelerometerRange = AccelerometerRange.Range04G;
                sensor.GyroscopeRange = GyroscopeRange.Range0500Dps;
                sensor.SampleRateDivider = SampleRateDivider;
                atRest = fifoWorks = false;
                trial = fifo.Start(device) ? TrialSamples : 0;
                failures = 0;
                fault = null;
            }
            catch (IOException)
            {
                Fail("no MPU6050 answers at 0x68: check the wiring, and that the chip is no MPU6500");
            }
            catch (Exception e)
            {
                Fail("the motion sensor cannot be set up: " + e.Message);
            }
        }

        void Fail(string what)
        {
            fault = what;
            Drop();
        }

        void Drop()
        {
            var old = device;
            device = null;
            try
            {
                old?.Dispose();
            }
            catch (Exception e)
            {
                fault = "the motion sensor's bus cannot be freed: " + e.Message;
            }
        }
    }
}
