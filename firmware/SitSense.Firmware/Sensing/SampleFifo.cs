using System;

namespace SitSense.Firmware.Sensing
{
    /// <summary>
    /// The FIFO of an MPU6050: the chip goes on sampling into it while nobody reads. Not by the binding, whose FifoModes does not switch it on.
    /// Registers: InvenSense RM-MPU-6000A-00, 4.15 (FIFO_EN), 4.29 (USER_CTRL), 4.32 (FIFO_COUNT), 4.33 (FIFO_R_W).
    /// </summary>
    public sealed class SampleFifo
    {
        /// <summary>Three accelerations and three rates, 16 bit big-endian each.</summary>
        public const int SampleBytes = 12;

        const int FifoBytes = 1024;

        /// <summary>With more in it the oldest may have been overwritten, in the midst of a sample.</summary>
        const int MostBytes = FifoBytes - SampleBytes;

        const byte EnableRegister = 0x23;
        const byte ControlRegister = 0x6A;
        const byte CountRegister = 0x72;
        const byte DataRegister = 0x74;

        /// <summary>XG, YG, ZG and ACCEL.</summary>
        const byte AllAxes = 0x78;

        /// <summary>FIFO_RESET works only while FIFO_EN is 0.</summary>
        const byte Reset = 0x04, On = 0x40, Off = 0x00;

        readonly MotionSensor sensor;
        readonly byte[] count = new byte[2];
        readonly byte[] data = new byte[MostBytes];

        /// <summary>The FIFO of a sensor. What fails here shows in its registers too, where it is told.</summary>
        public SampleFifo(MotionSensor sensor)
        {
            this.sensor = sensor;
        }

        /// <summary>How often samples were lost because it had filled up.</summary>
        public int Overflows { get; private set; }

        /// <summary>Empties it and lets the chip fill it.</summary>
        /// <returns>False when the chip does not answer.</returns>
        public bool Start() =>
            sensor.Put(EnableRegister, AllAxes) && sensor.Put(ControlRegister, Reset) && sensor.Put(ControlRegister, On);

        /// <summary>Lets the chip fill it no more.</summary>
        /// <returns>False when the chip does not answer.</returns>
        public bool Stop() => sensor.Put(ControlRegister, Off);

        /// <summary>Takes all whole samples that are in it; <see cref="Word"/> tells their values.</summary>
        /// <returns>How many; none after an overflow, with which it begins anew; -1 when the chip does not answer.</returns>
        public int Take()
        {
            if (!sensor.Get(CountRegister, new SpanByte(count)))
                return -1;
            var bytes = (count[0] << 8) | count[1];
            if (bytes > MostBytes)
            {
                Overflows++;
                return Start() ? 0 : -1;
            }
            var samples = bytes / SampleBytes;
            return samples == 0 || sensor.Get(DataRegister, new SpanByte(data, 0, samples * SampleBytes)) ? samples : -1;
        }

        /// <summary>A value of a sample that was taken, counts.</summary>
        /// <param name="sample">From 0, the oldest.</param>
        /// <param name="axis">0 to 2 the accelerations, 3 to 5 the rates.</param>
        public short Word(int sample, int axis)
        {
            var at = sample * SampleBytes + 2 * axis;
            return (short)((data[at] << 8) | data[at + 1]);
        }
    }
}
