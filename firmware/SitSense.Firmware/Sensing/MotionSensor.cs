using System;
using System.Device.I2c;
using System.IO;
using Iot.Device.Imu;
using nanoFramework.Hardware.Esp32;
using SitSense.Firmware.Board;

namespace SitSense.Firmware.Sensing
{
    /// <summary>
    /// An MPU6050 at its bus. The binding resets it, checks who it is and sets its ranges; samples are read by one burst from ACCEL_XOUT_H into a
    /// buffer of our own, because the binding's getters allocate and its Scale properties divide by the sample rate divider.
    /// Registers: InvenSense RM-MPU-6000A-00, 4.2.
    /// </summary>
    public sealed class MotionSensor
    {
        /// <summary>Time between two samples, ms.</summary>
        public const int PeriodMs = 40;

        /// <summary>SMPLRT_DIV: 1 kHz / (1 + 39) = 25 Hz.</summary>
        const byte SampleRateDivider = 39;

        /// <summary>ACCEL_XOUT_H: three accelerations, the temperature and three rates follow, 16 bit big-endian each.</summary>
        const byte FirstDataRegister = 0x3B;

        const int DataBytes = 14;

        /// <summary>PWR_MGMT_1 as the binding leaves it: awake, on the clock of the gyroscope's x axis.</summary>
        internal const byte GyroscopeClock = 0x01;

        /// <summary>DLPF_CFG in CONFIG: 10 Hz.</summary>
        internal const byte Filter = (byte)GyroscopeBandwidth.Bandwidth0010Hz;

        /// <summary>AFS_SEL in ACCEL_CONFIG: +-4 g.</summary>
        internal const byte Range = (byte)AccelerometerRange.Range04G << 3;

        /// <summary>At +-4 g (AFS_SEL 1), LSB/g.</summary>
        const float CountsPerG = 8192f;

        /// <summary>At +-500 deg/s (FS_SEL 1), LSB/(deg/s).</summary>
        const float CountsPerDegreePerSecond = 65.5f;

        const string Powerless = "the motion sensor sleeps: it has lost its power for a moment, check its wiring";

        /// <summary>Failed reads in a row after which it is set up anew.</summary>
        const int MostFailures = 25;

        readonly byte[] one = new byte[1];
        readonly byte[] pair = new byte[2];
        readonly byte[] data = new byte[DataBytes];
        I2cDevice chip;
        int failures;

        /// <summary>Whether it is set up.</summary>
        public bool IsSetUp => chip != null;

        /// <summary>What is wrong with it, for people; null when nothing is.</summary>
        public string Fault { get; private set; }

        /// <summary>Bits of its noise gathered so far, as a seed for chance.</summary>
        public int Noise { get; private set; }

        /// <summary>An acceleration, g.</summary>
        /// <param name="counts">As the chip tells it.</param>
        public static float G(short counts) => counts / CountsPerG;

        /// <summary>A rate of turn, deg/s.</summary>
        /// <param name="counts">As the chip tells it.</param>
        public static float Turn(short counts) => counts / CountsPerDegreePerSecond;

        /// <summary>A value of the last sample, counts.</summary>
        /// <param name="axis">0 to 2 the accelerations, 3 the temperature, 4 to 6 the rates.</param>
        public short Word(int axis) => (short)((data[2 * axis] << 8) | data[2 * axis + 1]);

        /// <summary>Looks for the chip and sets it up.</summary>
        /// <returns>False when it cannot be; <see cref="Fault"/> says why.</returns>
        public bool SetUp()
        {
            try
            {
                Configuration.SetPinFunction(Pins.MotionData, DeviceFunction.I2C1_DATA);
                Configuration.SetPinFunction(Pins.MotionClock, DeviceFunction.I2C1_CLOCK);
                chip = I2cDevice.Create(new I2cConnectionSettings(Pins.MotionBus, Mpu6050.DefaultI2cAddress, I2cBusSpeed.FastMode));
                var binding = new Mpu6050(chip);
                // Bandwidth first: its setter writes the range back unshifted.
                binding.GyroscopeBandwidth = GyroscopeBandwidth.Bandwidth0010Hz;
                binding.AccelerometerRange = AccelerometerRange.Range04G;
                binding.GyroscopeRange = GyroscopeRange.Range0500Dps;
                binding.SampleRateDivider = SampleRateDivider;
                failures = 0;
                Fault = null;
                return true;
            }
            catch (IOException)
            {
                Fault = "no MPU6050 answers at 0x68: check the wiring, and that the chip is no MPU6500";
            }
            catch (Exception e)
            {
                Fault = "the motion sensor cannot be set up: " + e.Message;
            }
            Close();
            return false;
        }

        /// <summary>Reads one sample; <see cref="Word"/> tells its values. Lets go of a chip that fails again and again.</summary>
        /// <returns>False when there is none; <see cref="Fault"/> says why.</returns>
        public bool Read()
        {
            if (!Get(FirstDataRegister, new SpanByte(data)))
                return Fails();
            if (Word(0) == 0 && Word(1) == 0 && Word(2) == 0)
            {
                Fails();
                Fault = Powerless;
                return false;
            }
            Works();
            for (var i = 1; i < DataBytes; i += 2)
                Noise = Noise * 31 + data[i];
            return true;
        }

        /// <summary>Writes a register.</summary>
        /// <returns>False when the chip does not answer, or is not set up.</returns>
        public bool Put(byte register, byte value)
        {
            pair[0] = register;
            pair[1] = value;
            try
            {
                return chip != null && chip.Write(new SpanByte(pair)).Status == I2cTransferStatus.FullTransfer;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <summary>Reads registers from one on.</summary>
        /// <returns>False when the chip does not answer, or is not set up.</returns>
        public bool Get(byte register, SpanByte into)
        {
            one[0] = register;
            try
            {
                return chip != null && chip.WriteRead(new SpanByte(one), into).Status == I2cTransferStatus.FullTransfer;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <summary>It gave what was asked for.</summary>
        internal void Works()
        {
            failures = 0;
            Fault = null;
        }

        /// <summary>It did not answer; after too many times in a row it is let go of.</summary>
        /// <returns>False.</returns>
        internal bool Fails()
        {
            Fault = "the motion sensor does not answer: check its wiring";
            if (++failures >= MostFailures)
                Close();
            return false;
        }

        /// <summary>It has forgotten what it was told, so it is let go of at once.</summary>
        /// <returns>False.</returns>
        internal bool HasLostPower()
        {
            Close();
            Fault = Powerless;
            return false;
        }

        /// <summary>Frees the bus.</summary>
        public void Close()
        {
            var old = chip;
            chip = null;
            try
            {
                old?.Dispose();
            }
            catch (Exception e)
            {
                Fault = "the motion sensor's bus cannot be freed: " + e.Message;
            }
        }
    }
}
