using System.Globalization;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Sensing;
using SitSense.Twin;
using SitSense.Twin.Bodies;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>How often the motion sensor is read: 25 times a second while something moves, once a second while nothing does, and every sample all the same.</summary>
public sealed class DutyCycleTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>At 400 kHz with an acknowledgement for each byte, in s.</summary>
    const double ByteSeconds = 9 / 400e3;

    static readonly DateTime start = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);

    readonly TempFolder folder = new();
    readonly List<(PostureKind Posture, long Since, long Decided)> said = [];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Sensor.Thigh)]
    [InlineData(Sensor.Belt)]
    public void A_body_that_sits_costs_a_tenth_of_the_transfers_of_one_that_walks(Sensor sensor)
    {
        var (sitting, walking) = (Hourly(sensor, Activity.Sit), Hourly(sensor, Activity.Walk));

        Tell($"{sensor}: sitting", sitting.Transfers, sitting.Bytes, 1200);
        Tell($"{sensor}: walking", walking.Transfers, walking.Bytes, 1200);
        Assert.InRange(walking.Transfers, 29_000, 31_000);
        Assert.InRange(sitting.Transfers, 1200, walking.Transfers * 0.1);
    }

    [Theory]
    [InlineData(Sensor.Thigh)]
    [InlineData(Sensor.Belt)]
    public void A_morning_costs_a_few_writes_of_what_was_learned(Sensor sensor)
    {
        using var twin = Twin(sensor, new Wearer(11, TimeZoneInfo.Utc));
        twin.PowerOn();
        var writes = 0;
        var last = "";
        for (var minute = 0; minute < 2 * 60; minute++)
        {
            twin.Run(TimeSpan.FromMinutes(1));
            var now = string.Concat(Directory.GetFiles(folder.Path, "learned*").Select(file => Convert.ToHexString(File.ReadAllBytes(file))));
            writes += now == last ? 0 : 1;
            last = now;
        }

        Tell($"{sensor}: 2 h of a working morning, {writes} writes of what was learned", twin.Board.I2c.Transfers, twin.Board.I2c.Bytes, 2 * 3600);
        Assert.InRange(writes, 1, 5);
    }

    [Fact]
    public void A_rise_after_an_hour_of_sitting_still_is_told_at_most_a_second_later()
    {
        var rises = start.AddMinutes(62).AddMilliseconds(300);
        using var twin = Twin(Sensor.Thigh, new Wearer(1, [
            new Spell(start, start.AddMinutes(2), Activity.Walk, false, false),
            new Spell(start.AddMinutes(2), rises, Activity.Sit, true, false),
            new Spell(rises, start.AddHours(2), Activity.Stand, false, false)]));
        twin.PowerOn();
        twin.Run(TimeSpan.FromMinutes(64));

        Assert.Equal([PostureKind.Upright, PostureKind.Sitting, PostureKind.Upright], said.Select(change => change.Posture));
        Assert.InRange(said[2].Since - (rises - start).TotalMilliseconds, 0, 3000);
        Assert.InRange(said[2].Decided - said[2].Since, PostureDetector.MinimumMs, PostureDetector.MinimumMs + 1300);
    }

    [Fact]
    public void A_chip_whose_fifo_does_not_work_is_read_all_the_time()
    {
        using var twin = Twin(Sensor.Thigh, Always(Activity.Walk, 2, Activity.Sit));
        twin.Board.I2c.Connect(SitSense.Firmware.Board.Pins.MotionData, SitSense.Firmware.Board.Pins.MotionClock, VirtualMpu6050.Address, new WithoutFifo(twin.Mpu!));
        twin.PowerOn();
        twin.Run(TimeSpan.FromMinutes(10));

        Assert.Equal([PostureKind.Upright, PostureKind.Sitting], said.Select(change => change.Posture));
        Assert.InRange(twin.Board.I2c.Transfers, 14_000, 16_000);
    }

    [Fact]
    public void A_sensor_that_lost_its_power_for_a_moment_is_set_up_anew()
    {
        using var twin = Twin(Sensor.Thigh, Always(Activity.Walk, 2, Activity.Sit));
        twin.PowerOn();
        twin.Run(TimeSpan.FromMinutes(5));
        twin.Mpu!.PowerGone();
        twin.Run(TimeSpan.FromSeconds(9));
        var before = twin.Board.I2c.Bytes;
        twin.Run(TimeSpan.FromMinutes(5));

        Assert.Equal([PostureKind.Upright, PostureKind.Sitting], said.Select(change => change.Posture));
        Assert.True(twin.Board.I2c.Bytes - before > 5 * 60 * 25 * SampleFifo.SampleBytes, "it is not read as before");
    }

    [Fact]
    public void A_fifo_that_nobody_emptied_in_time_is_a_counted_gap()
    {
        using var board = new VirtualBoard(folder.Path, start);
        board.Clock.Speed = 0;
        using var here = board.Enter();
        var body = new Wearer(1, [new Spell(start, start.AddHours(1), Activity.Sit, true, false)]);
        board.I2c.Connect(SitSense.Firmware.Board.Pins.MotionData, SitSense.Firmware.Board.Pins.MotionClock, VirtualMpu6050.Address,
            new VirtualMpu6050(board.Clock, new BodyMotion(body, Sensor.Thigh, board.Clock)) { Flaws = MpuFlaws.Typical(1) });
        var clip = new MotionClip(new ThighDetector());
        var clock = new SitSense.Firmware.Board.Clock();
        var polls = new List<(int Period, int Overflows, string? Fault)>();
        board.PowerOn(() =>
        {
            for (var i = 0; ; i++)
            {
                clip.Poll(clock.Now);
                polls.Add((clip.PeriodMs, clip.Overflows, clip.Fault));
                // Each hundredth time somebody else takes the loop for five seconds.
                clock.Sleep(i % 100 == 99 ? 5000 : clip.PeriodMs);
            }
        });
        board.Run(TimeSpan.FromMinutes(10));

        Assert.Null(board.Crash);
        Assert.All(polls, poll => Assert.Null(poll.Fault));
        Assert.InRange(polls[^1].Overflows, 2, 10);
        Assert.Contains(polls[^50..], poll => poll.Period == 1000);
    }

    (long Transfers, long Bytes) Hourly(Sensor sensor, Activity activity)
    {
        using var twin = Twin(sensor, Always(Activity.Walk, 1, activity));
        twin.PowerOn();
        twin.Run(TimeSpan.FromMinutes(2));
        var (transfers, bytes) = (twin.Board.I2c.Transfers, twin.Board.I2c.Bytes);
        twin.Run(TimeSpan.FromMinutes(20));
        return (twin.Board.I2c.Transfers - transfers, twin.Board.I2c.Bytes - bytes);
    }

    void Tell(string what, long transfers, long bytes, double seconds) => output.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{what}: {transfers / seconds * 3600:0} transfers/h, {bytes / seconds * 3600:0} bytes/h, bus in use {bytes * ByteSeconds / seconds:P2}"));

    static Wearer Always(Activity first, double minutes, Activity then) => new(1, [
        new Spell(start, start.AddMinutes(minutes), first, false, false),
        new Spell(start.AddMinutes(minutes), start.AddDays(1), then, true, false)]);

    TwinDevice Twin(Sensor sensor, Wearer wearer)
    {
        var twin = new TwinDevice(new TwinOptions
        {
            Sensor = sensor,
            Wearer = wearer,
            Seed = wearer.Seed,
            FlashFolder = folder.Path,
            Speed = 0,
            StartUtc = start,
            NeverPassesRealNow = false,
            Zone = TimeZoneInfo.Utc,
        });
        twin.PostureChanged += (posture, since, decided) => said.Add((posture, since, decided));
        return twin;
    }

    /// <summary>A copy of the chip whose FIFO counts nothing.</summary>
    sealed class WithoutFifo(VirtualMpu6050 chip) : II2cPeripheral
    {
        byte register;

        public void Write(ReadOnlySpan<byte> bytes)
        {
            register = bytes[0];
            chip.Write(bytes);
        }

        public void Read(Span<byte> bytes)
        {
            chip.Read(bytes);
            if (register == 0x72)
                bytes.Clear();
        }

        public void PowerGone() => chip.PowerGone();
    }
}
