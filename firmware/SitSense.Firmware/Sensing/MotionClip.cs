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
    /// Registers: InvenSense RM-MPU-6000A-00, 4.2.
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

        /// <summary>SMPLRT_DIV: 1 kHz / (1 + 39) = 25 Hz.</summary>
        const byte SampleRateDivider = 39;

        /// <summary>Time between two attempts to find the sensor again, ms.</summary>
        const int RetryMs = 5000;

        /// <summary>Failed reads in a row after which it is set up anew.</summary>
        const int MostFailures = 25;

        readonly MotionDetector detector;
        readonly byte[] register = { FirstDataRegister };
        readonly byte[] data = new byte[DataBytes];
        I2cDevice device;
        string fault;
        int failures;
        int noise;
        long retryAt;

        /// <summary>A clip-on read by a detector.</summary>
        public MotionClip(MotionDetector detector) => this.detector = detector;

        /// <inheritdoc/>
        public override int PeriodMs => SamplePeriodMs;

        /// <inheritdoc/>
        public override PostureDetector Detector => detector;

        /// <inheritdoc/>
        public override string Fault => fault;

        /// <inheritdoc/>
        public override int Noise => noise;

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
            if (device == null && ms >= retryAt)
            {
                SetUp();
                retryAt = ms + RetryMs;
            }
            if (device == null || !Read())
                return detector.Miss(ms);
            return detector.Add(
                ms,
                Word(0) / CountsPerG, Word(2) / CountsPerG, Word(4) / CountsPerG,
                Word(8) / CountsPerDegreePerSecond, Word(10) / CountsPerDegreePerSecond, Word(12) / CountsPerDegreePerSecond);
        }

        /// <inheritdoc/>
        public override void Close() => Drop();

        short Word(int offset) => (short)((data[offset] << 8) | data[offset + 1]);

        bool Read()
        {
            try
            {
                var result = device.WriteRead(new SpanByte(register), new SpanByte(data));
                if (result.Status == I2cTransferStatus.FullTransfer)
                {
                    failures = 0;
                    fault = null;
                    for (var i = 1; i < DataBytes; i += 2)
                        noise = noise * 31 + data[i];
                    return true;
                }
                fault = "the motion sensor does not answer: check its wiring";
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
