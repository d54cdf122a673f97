using SitSense.Firmware.Board;
using SitSense.Firmware.Posture;
using SitSense.Twin;
using SitSense.Twin.Bodies;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>An imagined morning through a chip and a bus that misbehave: the whole device goes on, nothing flaps, and what cannot be known is not said.</summary>
public sealed class BrokenSensorTests : IDisposable
{
    static readonly DateTime start = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);

    readonly TempFolder folder = new();
    readonly List<(PostureKind Posture, long Since, long Decided)> said = [];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Sensor.Thigh, 1)]
    [InlineData(Sensor.Belt, 2)]
    public void Transfers_that_fail_now_and_then_change_nothing_that_is_said(Sensor sensor, int seed)
    {
        var healthy = Live(sensor, _ => { });
        var chance = new Random(seed);
        var shaky = Live(sensor, twin => twin.Board.I2c.Fault = () => chance.Next(50) == 0 ? (I2cFault)chance.Next(1, 4) : I2cFault.None);

        Assert.Equal(Known(healthy), Known(shaky));

        // A sample more or less may tell what the belt left open, and never the contrary; the thigh's stays the same to the word.
        IEnumerable<PostureKind> Known(IEnumerable<(PostureKind Posture, long Since, long Decided)> said) =>
            said.Select(change => change.Posture).Where(posture => sensor == Sensor.Thigh || posture != PostureKind.Unknown);
    }

    [Theory]
    [InlineData(Sensor.Thigh)]
    [InlineData(Sensor.Belt)]
    public void A_bus_that_is_dead_for_minutes_is_unknown_and_comes_back(Sensor sensor)
    {
        Live(sensor, twin => twin.Board.I2c.Fault = () => Now(twin) is > 600_000 and < 900_000 ? I2cFault.ClockStretch : I2cFault.None);

        var dead = said.Where(change => change.Since is >= 599_000 and < 900_000).ToList();
        Assert.Equal(PostureKind.Unknown, Assert.Single(dead).Posture);
        Assert.InRange(dead[0].Decided, 609_000, 625_000);
        Assert.Contains(said, change => change.Since > 900_000 && change.Posture is PostureKind.Sitting or PostureKind.Upright);
    }

    [Theory]
    [InlineData(Sensor.Thigh)]
    [InlineData(Sensor.Belt)]
    public void A_bus_that_answers_with_noise_makes_nothing_flap(Sensor sensor)
    {
        Live(sensor, twin => twin.Board.I2c.Fault = () => Now(twin) is > 600_000 and < 900_000 ? I2cFault.Noise : I2cFault.None);

        Assert.All(said.Zip(said.Skip(1)), pair => Assert.True(pair.Second.Decided - pair.First.Decided >= PostureDetector.MinimumMs));
        Assert.Contains(said, change => change.Since > 900_000 && change.Posture is PostureKind.Sitting or PostureKind.Upright);
    }

    [Theory]
    [InlineData(Sensor.Thigh)]
    [InlineData(Sensor.Belt)]
    public void A_chip_that_hangs_and_repeats_its_last_values_is_unknown_until_it_measures_again(Sensor sensor)
    {
        Live(sensor, twin => twin.Board.I2c.Connect(Pins.MotionData, Pins.MotionClock, VirtualMpu6050.Address, new Hung(twin.Mpu!, () => Now(twin) is > 600_000 and < 900_000)));

        var hung = said.Where(change => change.Since is >= 595_000 and < 900_000).ToList();
        Assert.Equal(PostureKind.Unknown, Assert.Single(hung).Posture);
        Assert.Contains(said, change => change.Since > 900_000 && change.Posture is PostureKind.Sitting or PostureKind.Upright);
    }

    [Fact]
    public void A_sensor_that_is_plugged_in_late_is_found()
    {
        Live(Sensor.Thigh, twin => twin.Board.I2c.Fault = () => Now(twin) < 300_000 ? I2cFault.NotAcknowledged : I2cFault.None);

        Assert.DoesNotContain(said, change => change.Since < 300_000 && change.Posture != PostureKind.Unknown);
        Assert.Contains(said, change => change.Posture == PostureKind.Sitting);
    }

    [Theory]
    [InlineData(Sensor.Thigh)]
    [InlineData(Sensor.Belt)]
    public void A_poor_chip_is_called_as_a_good_one(Sensor sensor)
    {
        var good = Live(sensor, twin => twin.Mpu!.Flaws = MpuFlaws.None with { AccelerationNoise = 100e-6, RotationNoise = 0.001, Seed = 5 });
        var poor = Live(sensor, twin => twin.Mpu!.Flaws = new MpuFlaws(new MotionSample(0.06, -0.05, 0.08, 12, -9, 15), 800e-6, 0.01, 5));

        Assert.Equal(good.Select(change => change.Posture), poor.Select(change => change.Posture));
    }

    /// <summary>Half an hour: walks, sits, stands, walks, sits.</summary>
    List<(PostureKind Posture, long Since, long Decided)> Live(Sensor sensor, Action<TwinDevice> spoil)
    {
        said.Clear();
        var at = start;
        Spell For(double minutes, Activity what) => new(at, at = at.AddMinutes(minutes), what, true, false);
        using var flash = new TempFolder();
        using var twin = new TwinDevice(new TwinOptions
        {
            Sensor = sensor,
            Wearer = new Wearer(4, [For(2, Activity.Walk), For(7, Activity.Sit), For(2, Activity.Walk), For(6, Activity.Sit), For(1, Activity.Walk), For(12, Activity.Sit)]),
            Seed = 4,
            FlashFolder = flash.Path,
            Speed = 0,
            StartUtc = start,
            NeverPassesRealNow = false,
            Zone = TimeZoneInfo.Utc,
        });
        twin.PostureChanged += (posture, since, decided) => said.Add((posture, since, decided));
        spoil(twin);
        twin.PowerOn();
        twin.Run(TimeSpan.FromMinutes(30));
        Assert.Null(twin.Board.Crash);
        return [.. said];
    }

    /// <summary>A chip that answers each read as it did last, while it hangs.</summary>
    sealed class Hung(VirtualMpu6050 chip, Func<bool> hangs) : II2cPeripheral
    {
        readonly Dictionary<(byte Register, int Length), byte[]> last = [];
        byte register;

        public void Write(ReadOnlySpan<byte> bytes)
        {
            register = bytes[0];
            if (!hangs())
                chip.Write(bytes);
        }

        public void Read(Span<byte> bytes)
        {
            if (hangs() && last.TryGetValue((register, bytes.Length), out var again))
            {
                again.CopyTo(bytes);
                return;
            }
            chip.Read(bytes);
            last[(register, bytes.Length)] = bytes.ToArray();
        }

        public void PowerGone() => chip.PowerGone();
    }

    static long Now(TwinDevice twin) => twin.Board.Clock.Now;
}
