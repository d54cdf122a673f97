using System.Globalization;
using SitSense.Twin;
using SitSense.Twin.Bodies;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>
/// How long a device is in which state on an imagined working day, and what follows for a cell of 1000 mAh. docs/power.md has the table and where
/// each current is from; none was measured on hardware.
/// </summary>
public sealed class PowerModelTests(ITestOutputHelper output)
{
    /// <summary>Supply current of what every board has, mA.</summary>
    const double Radio = 120, MotionOn = 3.8, MotionDozing = 0.02, PadSatOn = 0.28, Board = 0.08;

    /// <summary>What the twin's processor does in no time, ms: to fall asleep, wake and turn the main loop, and to judge a sample. Assumed.</summary>
    const double WakeMs = 3, SampleMs = 2;

    /// <summary>An ESP32 that is always connected, with its modem asleep between beacons, mA.</summary>
    const double AlwaysOn = 21;

    static readonly DateTime start = new(2026, 3, 3, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(Sensor.Thigh)]
    [InlineData(Sensor.Belt)]
    [InlineData(Sensor.Seat)]
    public async Task A_quarter_of_an_hour_at_the_desk_is_slept_through(Sensor sensor)
    {
        await using var desk = await Desk.StartAsync(options => options with
        {
            OnBattery = true, Sensor = sensor, Pads = 4,
            Wearer = new Wearer(1, [new Spell(Desk.Start, Desk.Start.AddMinutes(2), Activity.Walk, false, false), new Spell(Desk.Start.AddMinutes(2), Desk.Start.AddHours(1), Activity.Sit, true, false)]),
        });
        desk.Twin.PowerOn();
        desk.Twin.Run(TimeSpan.FromMinutes(5));
        var light = desk.Twin.Board.Sleeper.LightMs;
        desk.Twin.Run(TimeSpan.FromMinutes(15));

        Assert.InRange(desk.Twin.Board.Sleeper.LightMs - light, 0.98 * 15 * 60_000, 15 * 60_000);
        Assert.Equal("sitting", desk.Changes()[^1].Posture);
    }

    [Theory(Explicit = true)]
    [InlineData("ESP32_REV3", Sensor.Thigh, true, 6)]
    [InlineData("ESP32_REV3", Sensor.Belt, true, 6)]
    [InlineData("ESP32_REV3", Sensor.Seat, true, 10)]
    [InlineData("ESP32_REV3", Sensor.Seat, false, 6)]
    [InlineData("ESP32_S3_QUAD", Sensor.Thigh, true, 6)]
    [InlineData("ESP32_S3_QUAD", Sensor.Seat, true, 10)]
    [InlineData("ESP32_C3", Sensor.Thigh, true, 6)]
    [InlineData("ESP32_C3", Sensor.Seat, false, 6)]
    public async Task A_working_day_leaves_the_board_asleep_and_a_cell_lasts_for_days(string target, Sensor sensor, bool wired, double least)
    {
        var chip = Chip.Of(target);
        await using var desk = await Desk.StartAsync(options =>
        {
            if (!wired)
                File.WriteAllText(Path.Combine(options.FlashFolder, "sitsense.json"), """{"motionInterrupt":false}""");
            return options with { Target = target, OnBattery = true, Sensor = sensor, Seed = 11, Pads = chip.Pads, StartUtc = start };
        });
        var board = desk.Twin.Board;
        desk.Twin.PowerOn();
        desk.Run(TimeSpan.FromDays(1));

        const double Day = 24 * 3_600_000;
        double light = board.Sleeper.LightMs / Day, deep = board.Sleeper.DeepMs / Day, radio = board.Network.RadioMs / Day;
        var dozing = (desk.Twin.Mpu?.DozedMs ?? 0) / Day;
        var seated = sensor == Sensor.Seat ? Seated(desk.Twin.Wearer) : 0;
        // A clip-on's chip samples 25 times a second whenever it does not doze, a cushion's pads are read 10 times a second while it does not sleep deeply.
        var samples = sensor == Sensor.Seat ? 10 * 86_400 * (1 - deep) : 25 * 86_400 * (1 - dozing);
        var busy = (board.Sleeper.LightSleeps * WakeMs + samples * SampleMs) / Day;
        var awake = Math.Max(0, 1 - light - deep - radio);
        var days = Days(1);
        output.WriteLine(Line($"{target}, {sensor}{(wired ? "" : ", line open")}: light sleep {light:P2} (of it judging {busy:P2}), deep sleep {deep:P2}, radio {radio:P2}, awake {awake:P2}; motion chip dozes {dozing:P1}; sat on {seated:P1}"));
        output.WriteLine(Line($"  {board.Sleeper.LightSleeps} light sleeps, {board.Sleeper.DeepSleeps} deep, {desk.Beats("seq").Count} batches, {samples:0} samples"));
        output.WriteLine(Line($"  mean {1000 / 24 / days:0.00} mA: {days:0.0} days on 1000 mAh; judging takes half as long: {Days(0.5):0.0}, twice: {Days(2):0.0}; always on: {1000 / 24 / AlwaysOn:0.0}"));

        Assert.InRange(days, least, 60);
        Assert.InRange(radio, 0.0001, 0.02);
        Assert.InRange(light + deep, 0.9, 1);

        double Days(double slower)
        {
            var judging = busy * slower;
            var mean = (light - judging) * chip.LightSleep + deep * chip.DeepSleep + (awake + judging) * chip.Processor + radio * Radio + Board + seated * chip.Pads * PadSatOn
                + (sensor == Sensor.Seat ? 0 : dozing * MotionDozing + (1 - dozing) * MotionOn);
            return 1000 / 24 / mean;
        }
    }

    /// <summary>Supply current of a chip in light sleep, in deep sleep, and with its processor on and its radio off, mA; and how many pads a cushion with it has.</summary>
    sealed record Chip(double LightSleep, double DeepSleep, double Processor, int Pads)
    {
        public static Chip Of(string target) => target switch
        {
            "ESP32_S3_QUAD" => new(0.24, 0.008, 32, 4),
            "ESP32_C3" => new(0.35, 0.005, 27, 3),
            _ => new(0.8, 0.15, 44, 4),
        };
    }

    static double Seated(Wearer wearer)
    {
        var minutes = 0;
        for (var i = 0; i < 24 * 60; i++)
            minutes += wearer.At(start.AddMinutes(i)) is { Activity: Activity.Sit, AtDesk: true } ? 1 : 0;
        return minutes / (24.0 * 60);
    }

    static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
