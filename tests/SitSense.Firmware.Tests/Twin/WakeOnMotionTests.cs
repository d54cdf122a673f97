using System.Globalization;
using SitSense.Firmware.Board;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Sensing;
using SitSense.Twin;
using SitSense.Twin.Bodies;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>
/// The motion sensor tells when there is something to read: over its INT, or asked, where that is not wired. What is said of the wearer is as ever.
/// </summary>
public sealed class WakeOnMotionTests(ITestOutputHelper output) : IDisposable
{
    static readonly DateTime start = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);

    readonly TempFolder folder = new();
    readonly List<(PostureKind Posture, long Since, long Decided)> said = [];
    MotionClip? clip;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Activity.Walk, true, 88_000, 95_000)]
    [InlineData(Activity.Sit, true, 2_000, 5_000)]
    [InlineData(Activity.Off, true, 700, 800)]
    [InlineData(Activity.Walk, false, 88_000, 95_000)]
    [InlineData(Activity.Sit, false, 7_000, 9_000)]
    [InlineData(Activity.Off, false, 3_500, 3_700)]
    public void The_less_moves_the_less_is_read(Activity activity, bool wired, long least, long most)
    {
        folder.File("sitsense.json", wired ? """{"motionInterrupt":true}""" : "{}");
        using var twin = Twin(Sensor.Thigh, new Wearer(1, [Spell(0, 1, Activity.Walk), Spell(1, 600, activity)]));
        twin.PowerOn();
        twin.Run(TimeSpan.FromMinutes(10));
        var transfers = Hours(twin, 1);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{activity}, INT {(wired ? "wired" : "open")}: {transfers} transfers/h"));
        Assert.InRange(transfers, least, most);
    }

    [Theory]
    [InlineData(Sensor.Thigh, true)]
    [InlineData(Sensor.Belt, true)]
    [InlineData(Sensor.Thigh, false)]
    public void A_day_in_a_drawer_is_off_all_day_and_costs_a_look_now_and_then(Sensor sensor, bool wired)
    {
        using var twin = Twin(sensor, new Wearer(2, [Spell(0, 48 * 60, Activity.Off)]));
        PowerOn(twin, sensor, wired);
        twin.Run(TimeSpan.FromMinutes(15));
        var transfers = Hours(twin, 24) / 24;

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sensor} in a drawer for a day, INT {(wired ? "wired" : "open")}: {transfers} transfers/h"));
        Assert.Equal([PostureKind.Off], said.Select(change => change.Posture).Where(posture => posture != PostureKind.Unknown));
        Assert.Equal(PostureKind.Off, said[^1].Posture);
        Assert.InRange(transfers, 1, wired ? 800 : 3_700);
    }

    [Theory]
    [InlineData(Sensor.Thigh, true)]
    [InlineData(Sensor.Belt, true)]
    [InlineData(Sensor.Thigh, false)]
    [InlineData(Sensor.Belt, false)]
    public void Put_on_again_it_is_read_at_once_and_told_within_the_usual_delay(Sensor sensor, bool wired)
    {
        const int PutOn = 60 * 60_000;
        using var twin = Twin(sensor, new Wearer(3, [
            Spell(0, 2, Activity.Walk), Spell(2, 60, Activity.Off), Spell(60, 62, Activity.Walk), Spell(62, 90, Activity.Sit)]));
        PowerOn(twin, sensor, wired);
        twin.Run(TimeSpan.FromMinutes(60));
        Assert.Equal(PostureKind.Off, said[^1].Posture);
        var before = said.Count;
        twin.Run(TimeSpan.FromSeconds(wired ? 0.5 : 1.5));
        var transfers = twin.Board.I2c.Transfers;
        twin.Run(TimeSpan.FromSeconds(1));
        Assert.InRange(twin.Board.I2c.Transfers - transfers, 20, 30);
        twin.Run(TimeSpan.FromMinutes(10));

        Assert.Equal([PostureKind.Upright, PostureKind.Sitting], said.Skip(before).Select(change => change.Posture));
        output.WriteLine($"{sensor}, INT {(wired ? "wired" : "open")}: upright {said[before].Since - PutOn} ms after it was put on, decided at {said[before].Decided - PutOn} ms");
        Assert.InRange(said[before].Since, PutOn, PutOn + 5_000);
        Assert.InRange(said[before].Decided, PutOn + PostureDetector.MinimumMs, PutOn + PostureDetector.MinimumMs + 5_000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_rise_after_an_hour_of_sitting_still_is_told_at_most_a_second_later(bool wired)
    {
        using var twin = Twin(Sensor.Thigh, new Wearer(1, [Spell(0, 2, Activity.Walk), Spell(2, 62.005, Activity.Sit), Spell(62.005, 120, Activity.Stand)]));
        PowerOn(twin, Sensor.Thigh, wired);
        twin.Run(TimeSpan.FromMinutes(64));

        Assert.Equal([PostureKind.Upright, PostureKind.Sitting, PostureKind.Upright], said.Select(change => change.Posture));
        Assert.InRange(said[2].Since - 62.005 * 60_000, 0, 3000);
        Assert.InRange(said[2].Decided - said[2].Since, PostureDetector.MinimumMs, PostureDetector.MinimumMs + 1300);
        Assert.Equal(0, clip!.Overflows);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_knock_wakes_it_for_a_moment_and_it_stays_off(bool wired)
    {
        using var twin = Drawer(wired, out var drawer);
        drawer.JoltAt = twin.Board.Clock.Now + 60_000;
        twin.Run(TimeSpan.FromSeconds(60));
        var transfers = twin.Board.I2c.Transfers;
        twin.Run(TimeSpan.FromSeconds(40));
        Assert.InRange(twin.Board.I2c.Transfers - transfers, 40, 160);
        transfers = twin.Board.I2c.Transfers;
        twin.Run(TimeSpan.FromMinutes(20));

        Assert.InRange(twin.Board.I2c.Transfers - transfers, 1, 1210);
        Assert.Equal([PostureKind.Off], said.Select(change => change.Posture).Where(posture => posture != PostureKind.Unknown));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_chip_that_is_gone_while_it_dozes_is_told_within_ten_seconds_and_comes_back(bool wired)
    {
        using var twin = Drawer(wired, out _);
        var gone = twin.Board.Clock.Now;
        twin.Board.I2c.Fault = () => I2cFault.NotAcknowledged;
        twin.Run(TimeSpan.FromSeconds(10));
        Assert.NotNull(clip!.Fault);
        twin.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(PostureKind.Unknown, said[^1].Posture);
        Assert.InRange(said[^1].Decided - gone, 5_000, 12_000);

        twin.Board.I2c.Fault = null;
        twin.Run(TimeSpan.FromMinutes(10));
        Assert.Null(clip.Fault);
        Assert.Equal(PostureKind.Off, said[^1].Posture);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_chip_that_lost_its_power_while_it_dozed_is_set_up_anew(bool wired)
    {
        using var twin = Drawer(wired, out var drawer);
        twin.Mpu!.PowerGone();
        twin.Run(TimeSpan.FromSeconds(10));
        Assert.Null(clip!.Fault);
        Assert.Equal(0, twin.Mpu[0x6B] & 0x40);
        drawer.TiltAt = twin.Board.Clock.Now;
        twin.Run(TimeSpan.FromMinutes(10));
        Assert.Equal(PostureKind.Off, said[^1].Posture);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_single_transfer_that_fails_does_not_wake_it(bool wired)
    {
        using var twin = Drawer(wired, out _);
        var count = 0;
        twin.Board.I2c.Fault = () => ++count % 5 == 0 ? I2cFault.ClockStretch : I2cFault.None;
        twin.Run(TimeSpan.FromHours(1));

        Assert.Equal([PostureKind.Off], said.Select(change => change.Posture).Where(posture => posture != PostureKind.Unknown));
        Assert.Equal(PostureKind.Off, said[^1].Posture);
        Assert.InRange(twin.Board.I2c.Transfers, 1, 30_000);
    }

    [Theory]
    [InlineData(I2cFault.Noise)]
    [InlineData(I2cFault.ClockStretch)]
    public void After_minutes_of_a_bad_bus_it_dozes_and_listens_as_before(I2cFault fault)
    {
        using var twin = Drawer(wired: true, out _);
        var until = twin.Board.Clock.Now + 120_000;
        twin.Board.I2c.Fault = () => twin.Board.Clock.Now < until ? fault : I2cFault.None;
        twin.Run(TimeSpan.FromMinutes(15));

        Assert.Null(clip!.Fault);
        Assert.Equal(PostureKind.Off, said[^1].Posture);
        Assert.Equal(720, Hours(twin, 1));
    }

    [Fact]
    public void A_chip_whose_interrupt_says_nothing_is_found_moved_by_where_it_lies()
    {
        using var twin = Drawer(wired: true, out var drawer);
        twin.Mpu!.ThresholdStepG = 100;
        drawer.TiltAt = twin.Board.Clock.Now + 1_000;
        twin.Run(TimeSpan.FromSeconds(8));

        Assert.Equal(0, twin.Mpu[0x6B] & 0x20);
    }

    [Fact]
    public void A_chip_with_steps_of_2_mg_wakes_too_often_and_says_the_same()
    {
        using var twin = Drawer(wired: true, out _);
        twin.Mpu!.ThresholdStepG = 0.002;
        var transfers = Hours(twin, 1);

        output.WriteLine($"in a drawer, steps of 2 mg: {transfers} transfers/h");
        Assert.InRange(transfers, 4_000, 20_000);
        Assert.Equal(PostureKind.Off, said[^1].Posture);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_line_that_is_stuck_is_told_and_the_chip_is_asked_each_second(bool level)
    {
        using var twin = Twin(Sensor.Thigh, new Wearer(4, [
            Spell(0, 2, Activity.Walk), Spell(2, 20, Activity.Sit), Spell(20, 21, Activity.Walk), Spell(21, 30, Activity.Sit), Spell(30, 31, Activity.Walk),
            Spell(31, 60, Activity.Off), Spell(60, 61, Activity.Walk), Spell(61, 62, Activity.Sit), Spell(62, 600, Activity.Off)]));
        twin.Mpu!.InterruptPin = null;
        twin.Board.Pins.Drive(Pins.MotionInterrupt, level);
        PowerOn(twin, Sensor.Thigh, wired: true);
        twin.Run(TimeSpan.FromMinutes(65));
        Assert.Contains("INT", clip!.Fault);
        foreach (var (minute, posture) in new[] { (1, PostureKind.Upright), (19, PostureKind.Sitting), (29, PostureKind.Sitting), (59, PostureKind.Off) })
            Assert.Equal(posture, said.Last(change => change.Since <= minute * 60_000).Posture);
        Assert.Contains(said, change => change.Posture == PostureKind.Upright && change.Since > 60 * 60_000);
        Assert.Equal(0, clip.Overflows);
        twin.Run(TimeSpan.FromMinutes(20));

        Assert.InRange(Hours(twin, 1), 3_500, 3_700);
    }

    [Theory]
    [InlineData(Sensor.Thigh)]
    [InlineData(Sensor.Belt)]
    public void A_morning_is_told_the_same_with_and_without_the_line_and_no_sample_is_lost(Sensor sensor)
    {
        var told = new List<PostureKind[]>();
        foreach (var wired in new[] { false, true })
        {
            said.Clear();
            using var flash = new TempFolder();
            using var twin = Twin(sensor, new Wearer(11, TimeZoneInfo.Utc), flash);
            PowerOn(twin, sensor, wired);
            twin.Run(TimeSpan.FromHours(2));
            output.WriteLine($"{sensor}, 2 h of a working morning, INT {(wired ? "wired" : "open")}: {twin.Board.I2c.Transfers / 2} transfers/h");
            Assert.Equal(0, clip!.Overflows);
            Assert.Null(clip.Fault);
            told.Add([.. said.Select(change => change.Posture)]);
        }
        Assert.Equal(told[0], told[1]);
    }

    void PowerOn(TwinDevice twin, Sensor sensor, bool wired) => twin.PowerOn(() => clip = new MotionClip(
        sensor == Sensor.Belt ? new BeltDetector() : new ThighDetector(), null, wired ? new InputLine(Pins.MotionInterrupt) : null));

    static Spell Spell(double from, double to, Activity what) => new(start.AddMinutes(from), start.AddMinutes(to), what, true, false);

    static long Hours(TwinDevice twin, int hours)
    {
        var before = twin.Board.I2c.Transfers;
        twin.Run(TimeSpan.FromHours(hours));
        return twin.Board.I2c.Transfers - before;
    }

    /// <summary>A clip-on that has lain still for long enough to doze.</summary>
    TwinDevice Drawer(bool wired, out Lying drawer)
    {
        var twin = Twin(Sensor.Thigh, new Wearer(5, [Spell(0, 48 * 60, Activity.Off)]));
        twin.Mpu!.Motion = drawer = new Lying();
        PowerOn(twin, Sensor.Thigh, wired);
        twin.Run(TimeSpan.FromMinutes(10));
        Assert.Equal(PostureKind.Off, said[^1].Posture);
        Assert.Equal(0x20, twin.Mpu[0x6B] & 0x20);
        return twin;
    }

    TwinDevice Twin(Sensor sensor, Wearer wearer, TempFolder? flash = null)
    {
        var twin = new TwinDevice(new TwinOptions
        {
            Sensor = sensor,
            Wearer = wearer,
            Seed = wearer.Seed,
            FlashFolder = (flash ?? folder).Path,
            Speed = 0,
            StartUtc = start,
            NeverPassesRealNow = false,
            Zone = TimeZoneInfo.Utc,
        });
        twin.PostureChanged += (posture, since, decided) => said.Add((posture, since, decided));
        return twin;
    }

    /// <summary>What lies on a table that is knocked at and from which it is taken.</summary>
    sealed class Lying : IMotion
    {
        public double JoltAt { get; set; } = double.MaxValue;

        public double TiltAt { get; set; } = double.MaxValue;

        public MotionSample At(double ms) =>
            ms >= TiltAt ? new MotionSample(0.5, 0, 0.866, 0, 0, 0)
            : new MotionSample(ms >= JoltAt && ms < JoltAt + 300 ? 0.4 : 0, 0, 1, 0, 0, 0);
    }
}
