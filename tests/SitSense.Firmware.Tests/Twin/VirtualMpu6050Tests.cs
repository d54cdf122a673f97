using System.Device.I2c;
using Iot.Device.Imu;
using nanoFramework.Hardware.Esp32;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Tests.Twin;

public sealed class VirtualMpu6050Tests : IDisposable
{
    const int Data = 21, Clock = 22;

    readonly TempFolder folder = new();
    readonly VirtualBoard board;
    readonly IDisposable here;
    readonly Motion motion = new();
    readonly VirtualMpu6050 chip;
    bool pin;

    public VirtualMpu6050Tests()
    {
        board = new VirtualBoard(folder.Path);
        here = board.Enter();
        chip = new VirtualMpu6050(board.Clock, motion);
        board.I2c.Connect(Data, Clock, VirtualMpu6050.Address, chip);
        Configuration.SetPinFunction(Data, DeviceFunction.I2C1_DATA);
        Configuration.SetPinFunction(Clock, DeviceFunction.I2C1_CLOCK);
    }

    public void Dispose()
    {
        here.Dispose();
        board.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void After_power_on_it_sleeps_and_measures_nothing_until_woken()
    {
        var i2c = Bus();
        motion.Now = new MotionSample(0, 0, 1, 0, 0, 0);

        Assert.Equal(0x68, Register(i2c, 0x75));
        Assert.Equal(0x40, Register(i2c, 0x6B));
        Assert.Equal(0, Word(i2c, 0x3F));
        Put(i2c, 0x6B, 0);
        Assert.Equal(16384, Word(i2c, 0x3F));
    }

    [Theory]
    [InlineData(0, 0, 16384, 13107)]
    [InlineData(1, 1, 8192, 6554)]
    [InlineData(2, 2, 4096, 3277)]
    [InlineData(3, 3, 2048, 1638)]
    public void Counts_follow_the_ranges(int accelerationRange, int rotationRange, short g, short hundredDps)
    {
        var i2c = Awake();
        Put(i2c, 0x1C, (byte)(accelerationRange << 3));
        Put(i2c, 0x1B, (byte)(rotationRange << 3));
        motion.Now = new MotionSample(1, -1, 0, 100, -100, 0);

        Assert.Equal([g, (short)-g, 0, hundredDps, (short)-hundredDps, 0], Sample(i2c));
    }

    [Fact]
    public void What_is_beyond_the_range_is_clipped()
    {
        var i2c = Awake();
        motion.Now = new MotionSample(5, -5, 0, 1000, -1000, 0);

        Assert.Equal([short.MaxValue, short.MinValue, 0, short.MaxValue, short.MinValue, 0], Sample(i2c));
    }

    [Fact]
    public void Data_change_only_at_the_sample_rate()
    {
        var i2c = Awake();
        Put(i2c, 0x1A, 1);
        Put(i2c, 0x19, 99);
        motion.Of = ms => new MotionSample(Math.Floor(ms) / 10_000, 0, 0, 0, 0, 0);
        board.Run(TimeSpan.FromMilliseconds(1000));
        var at1000 = Word(i2c, 0x3B);
        board.Run(TimeSpan.FromMilliseconds(99));
        var at1099 = Word(i2c, 0x3B);
        board.Run(TimeSpan.FromMilliseconds(1));

        Assert.Equal(at1000, at1099);
        Assert.NotEqual(at1000, Word(i2c, 0x3B));
    }

    [Fact]
    public void The_filter_takes_out_what_is_faster_than_its_bandwidth()
    {
        var i2c = Awake();
        motion.Of = ms => new MotionSample(Math.Sin(2 * Math.PI * 40 * ms / 1000), 0, 0, 0, 0, 0);

        Assert.True(Largest(0) > 15_000);
        Assert.True(Largest(6) < 2_500);

        int Largest(byte filter)
        {
            Put(i2c, 0x1A, filter);
            var largest = 0;
            for (var i = 0; i < 100; i++)
            {
                board.Run(TimeSpan.FromMilliseconds(3));
                largest = Math.Max(largest, Math.Abs((int)Word(i2c, 0x3B)));
            }
            return largest;
        }
    }

    [Fact]
    public void The_fifo_gathers_samples_in_register_order_and_tells_of_an_overflow()
    {
        var i2c = Awake();
        Put(i2c, 0x1A, 1);
        Put(i2c, 0x19, 9);
        Put(i2c, 0x6A, 0x04);
        Put(i2c, 0x23, 0x08 | 0x40);
        Put(i2c, 0x6A, 0x40);
        motion.Now = new MotionSample(1, 0, -1, 10, 0, 0);
        board.Run(TimeSpan.FromMilliseconds(50));

        Assert.Equal(5 * 8, Word(i2c, 0x72));
        var bytes = new byte[8];
        i2c.WriteRead(new byte[] { 0x74 }, bytes);
        Assert.Equal([0x40, 0, 0, 0, 0xC0, 0, 0x05, 0x1F], bytes);
        Assert.Equal(4 * 8, Word(i2c, 0x72));
        Assert.Equal(0, Register(i2c, 0x3A) & 0x10);

        board.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(1024, Word(i2c, 0x72));
        Assert.Equal(0x10, Register(i2c, 0x3A) & 0x10);
    }

    [Theory]
    [InlineData(0, 0.5, false)]    // the filter is off: nothing passes
    [InlineData(1, 0.06, false)]   // below two steps of 32 mg
    [InlineData(1, 0.2, true)]
    [InlineData(4, 0.1, true)]
    [InlineData(7, 0.06, false)]
    [InlineData(7, -0.1, true)]
    public void Motion_beyond_the_threshold_raises_the_interrupt_and_reading_the_status_ends_it(int filter, double jolt, bool seen)
    {
        var i2c = Watching(2, filter);
        board.Run(TimeSpan.FromSeconds(5));
        Assert.False(pin);

        motion.Now = new MotionSample(0, jolt, 1, 0, 0, 0);
        board.Run(TimeSpan.FromMilliseconds(100));
        motion.Now = new MotionSample(0, 0, 1, 0, 0, 0);
        board.Run(TimeSpan.FromSeconds(5));
        Assert.Equal(seen, pin);
        Assert.Equal(seen ? 0x40 : 0, Register(i2c, 0x3A) & 0x40);
        Assert.False(pin);
        board.Run(TimeSpan.FromSeconds(5));
        Assert.False(pin);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(4, false)]
    [InlineData(7, true)]
    public void A_slow_tilt_is_motion_only_against_a_held_sample(int filter, bool seen)
    {
        Watching(2, filter);
        var from = board.Clock.Now;
        motion.Of = ms => new MotionSample(Math.Sin(Math.Min(ms - from, 60_000) / 60_000 * 0.2), 0, 1, 0, 0, 0);
        board.Run(TimeSpan.FromMinutes(2));

        Assert.Equal(seen, pin);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(200, false)]
    public void Motion_must_last_for_the_duration(byte duration, bool seen)
    {
        Put(Watching(2, 7), 0x20, duration);
        motion.Now = new MotionSample(0, 0.3, 1, 0, 0, 0);
        board.Run(TimeSpan.FromMilliseconds(100));
        motion.Now = new MotionSample(0, 0, 1, 0, 0, 0);
        board.Run(TimeSpan.FromMilliseconds(100));

        Assert.Equal(seen, pin);
    }

    [Fact]
    public void Without_the_latch_the_interrupt_is_a_pulse_and_the_status_stays()
    {
        var i2c = Watching(2, 7, pinConfig: 0);
        var changes = new List<bool>();
        chip.InterruptPin = changes.Add;
        motion.Now = new MotionSample(0, 0.3, 1, 0, 0, 0);
        board.Run(TimeSpan.FromMilliseconds(20));

        Assert.Equal([true, false], changes);
        Assert.Equal(0x40, Register(i2c, 0x3A) & 0x40);
    }

    [Fact]
    public void Cycling_it_measures_five_times_a_second_and_wakes_from_a_move()
    {
        motion.Of = ms => new MotionSample(Math.Floor(ms / 10) / 1000, 0, 1, 9, 9, 9);
        var i2c = Watching(255, 7);
        Put(i2c, 0x6B, 0x20);
        Put(i2c, 0x6C, 0x47);
        var values = new HashSet<short>();
        for (var i = 0; i < 100; i++)
        {
            board.Run(TimeSpan.FromMilliseconds(10));
            values.Add(Word(i2c, 0x3B));
        }

        Assert.InRange(values.Count, 5, 6);
        Assert.Equal(0, Word(i2c, 0x43));
        Assert.False(pin);
        motion.Of = _ => new MotionSample(9, 0, 1, 0, 0, 0);
        board.Run(TimeSpan.FromMilliseconds(200));
        Assert.True(pin);
    }

    [Fact]
    public void A_chip_that_does_not_answer_shows_in_the_status_and_not_as_an_exception()
    {
        Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, Bus(0x69).WriteByte(0x75).Status);
        Assert.Equal(0, Bus(0x69).ReadByte());

        var faults = new Queue<I2cFault>([I2cFault.NotAcknowledged, I2cFault.ClockStretch, I2cFault.Partial, I2cFault.None]);
        board.I2c.Fault = faults.Dequeue;
        var i2c = Bus();
        Assert.Equal(
            [I2cTransferStatus.SlaveAddressNotAcknowledged, I2cTransferStatus.ClockStretchTimeout, I2cTransferStatus.PartialTransfer, I2cTransferStatus.FullTransfer],
            Enumerable.Range(0, 4).Select(_ => i2c.WriteByte(0x75).Status).ToArray());
    }

    [Fact]
    public void A_bus_on_other_pins_does_not_reach_the_chip()
    {
        Configuration.SetPinFunction(19, DeviceFunction.I2C1_CLOCK);

        Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, Bus().WriteByte(0x75).Status);
        Assert.Throws<IOException>(() => new Mpu6050(Bus()));
    }

    [Fact]
    public void The_binding_has_the_faults_of_the_original()
    {
        var sensor = new Mpu6050(Bus());
        sensor.GyroscopeRange = GyroscopeRange.Range0500Dps;
        Assert.Throws<IOException>(() => sensor.GyroscopeBandwidth = GyroscopeBandwidth.Bandwidth0020Hz);

        sensor.AccelerometerRange = AccelerometerRange.Range04G;
        var scale = sensor.AccelerationScale;
        sensor.SampleRateDivider = 3;
        Assert.Equal(scale / 4, sensor.AccelerationScale, 1e-9f);

        sensor.FifoModes = FifoModes.Accelerometer;
        board.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(0u, sensor.FifoCount);
    }

    /// <summary>Awake and still, with the motion interrupt on.</summary>
    I2cDevice Watching(byte threshold, int filter, byte pinConfig = 0x20)
    {
        chip.InterruptPin = level => pin = level;
        motion.Now = new MotionSample(0, 0, 1, 0, 0, 0);
        var i2c = Awake();
        Put(i2c, 0x37, pinConfig);
        Put(i2c, 0x1F, threshold);
        Put(i2c, 0x20, 1);
        Put(i2c, 0x1C, (byte)filter);
        Put(i2c, 0x38, 0x40);
        return i2c;
    }

    static I2cDevice Bus(int address = VirtualMpu6050.Address) => I2cDevice.Create(new I2cConnectionSettings(1, address));

    static I2cDevice Awake()
    {
        var i2c = Bus();
        Put(i2c, 0x6B, 0);
        return i2c;
    }

    static void Put(I2cDevice i2c, byte register, byte value) => i2c.Write(new byte[] { register, value });

    static byte Register(I2cDevice i2c, byte register)
    {
        i2c.WriteByte(register);
        return i2c.ReadByte();
    }

    static short Word(I2cDevice i2c, byte register)
    {
        var bytes = new byte[2];
        i2c.WriteRead(new[] { register }, bytes);
        return (short)(bytes[0] << 8 | bytes[1]);
    }

    static short[] Sample(I2cDevice i2c) => [Word(i2c, 0x3B), Word(i2c, 0x3D), Word(i2c, 0x3F), Word(i2c, 0x43), Word(i2c, 0x45), Word(i2c, 0x47)];

    sealed class Motion : IMotion
    {
        public Func<double, MotionSample>? Of { get; set; }

        public MotionSample Now { get; set; }

        public MotionSample At(double ms) => Of?.Invoke(ms) ?? Now;
    }
}
