using System.Globalization;
using SitSense.Firmware.Board;
using SitSense.Firmware.Tests.Twin;
using SitSense.Testing;
using SitSense.Twin;
using SitSense.Twin.Bodies;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Tests.Board;

/// <summary>One program on three chips: what is wired where is what the chip allows, and what people are told.</summary>
public sealed class PinsTests : IDisposable
{
    const string Wroom = "ESP32_REV3", S3 = "ESP32_S3_QUAD", C3 = "ESP32_C3";

    const string NoBroker = @"broker: none in I:\sitsense.json: nothing is published";

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Wroom, "ESP32-WROOM")]
    [InlineData("ESP32_PSRAM_REV3", "ESP32-WROOM")]
    [InlineData("SOMETHING_ELSE", "ESP32-WROOM")]
    [InlineData(S3, "ESP32-S3")]
    [InlineData("ESP32_S3_OCTAL", "ESP32-S3")]
    [InlineData(C3, "ESP32-C3")]
    [InlineData("ESP32_C3_BETA", "ESP32-C3")]
    public void The_wiring_in_the_hardware_readme_is_the_firmwares(string target, string column)
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "hardware", "README.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).SkipWhile(cells => !cells.Contains(column)).TakeWhile(cells => cells.Length > 1).ToArray();
        var at = Array.IndexOf(rows[0], column);
        var told = rows.Skip(2).Where(cells => cells[at].StartsWith("GPIO", StringComparison.Ordinal))
            .Select(cells => (cells[1], int.Parse(cells[at][4..], CultureInfo.InvariantCulture)));

        Assert.Equal(On(target, All).Order(), told.Order());
    }

    /// <summary>Data sheets: strapping pins, those of flash and PSRAM, of USB and of the serial port that programs the board.</summary>
    [Theory]
    [InlineData(Wroom, new[] { 0, 2, 5, 12, 15, 6, 7, 8, 9, 10, 11, 16, 17, 1, 3 }, "light")]
    [InlineData(S3, new[] { 0, 3, 45, 46, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 19, 20, 43, 44 }, null)]
    [InlineData(C3, new[] { 2, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21 }, "button")]
    public void Nothing_is_wired_to_what_the_chip_needs_for_itself_but_what_may_be_there(string target, int[] reserved, string? allowed)
    {
        var taken = On(target, All).Where(wire => reserved.Contains(wire.Pin)).Select(wire => wire.What);

        Assert.Equal(allowed is null ? [] : [allowed], taken);
    }

    [Theory]
    [InlineData(Wroom)]
    [InlineData(S3)]
    [InlineData(C3)]
    public void Inputs_are_on_the_first_adc_and_outputs_where_there_are_outputs(string target)
    {
        var chip = VirtualChip.Of(target);
        On(target, () =>
        {
            Assert.All([.. Pins.SeatPads, Pins.Battery], pin => Assert.InRange(Pins.Channel(pin), 0, chip.FirstOfAdc2 - 1));
            Assert.All([.. Pins.SeatPads, Pins.Battery], pin => Assert.Equal(pin, chip.PinOfChannel[Pins.Channel(pin)]));
            Assert.All([Pins.Buzzer, Pins.Light, Pins.Button, Pins.MotionData, Pins.MotionClock], pin => Assert.InRange(pin, 0, chip.FirstInputOnly - 1));
            if (chip.WakePins.Length > 0)
                Assert.All([Pins.Button, Pins.MotionInterrupt, Pins.Charger], pin => Assert.Contains(pin, chip.WakePins));
            return 0;
        });
    }

    [Theory]
    [InlineData(Wroom, 5)]
    [InlineData(S3, 8)]
    [InlineData(C3, 3)]
    public void No_pin_has_two_things_on_one_device(string target, int padsOnBattery)
    {
        var all = On(target, All);
        var clip = all.Where(wire => !wire.What.StartsWith("seat", StringComparison.Ordinal));
        var cushion = all.Where(wire => wire.What is "buzzer" or "button" or "light" || wire.What.StartsWith("seat", StringComparison.Ordinal)).ToList();

        Assert.Distinct(clip.Select(wire => wire.Pin));
        Assert.Distinct(cushion.Select(wire => wire.Pin));
        var pads = On(target, () => Enumerable.Range(1, Pins.SeatPads.Length).Where(count => !Pins.IsPad(Pins.Battery, count)).Max());
        Assert.Equal(padsOnBattery, pads);
    }

    [Theory]
    [InlineData(Wroom, Sensor.Thigh, 25)]
    [InlineData(S3, Sensor.Thigh, 15)]
    [InlineData(C3, Sensor.Thigh, 7)]
    [InlineData(S3, Sensor.Seat, 15)]
    [InlineData(C3, Sensor.Seat, 7)]
    public void A_twin_with_another_chip_senses_buzzes_and_listens_at_its_pins(string target, Sensor sensor, int buzzer)
    {
        using var twin = Sitter(target, sensor);
        twin.PowerOn();
        twin.Run(TimeSpan.FromMinutes(17));
        Assert.Equal(NoBroker, twin.Wrong);
        Assert.NotEmpty(twin.Board.Pins.Buzzes(buzzer));
        var buzzes = twin.Buzzes.Count;
        twin.Press(TimeSpan.FromSeconds(0.2));
        twin.Run(TimeSpan.FromSeconds(2));

        Assert.Equal(buzzes + 1, twin.Buzzes.Count);
    }

    [Theory]
    [InlineData(Wroom, true)]
    [InlineData(S3, true)]
    [InlineData(C3, false)]
    public async Task On_a_battery_each_chip_sleeps_and_knows_its_cell_and_those_that_a_pin_wakes_sleep_deeply(string target, bool deeply)
    {
        await using var desk = await Desk.StartAsync(options => options with { Target = target, OnBattery = true, Wearer = Wearer(Activity.Off) });
        var sleeper = desk.Twin.Board.Sleeper;
        desk.Twin.PowerOn();
        desk.Run(TimeSpan.FromMinutes(20));

        Assert.All(desk.Beats("faults"), Assert.Null);
        Assert.Equal(deeply ? 1 : 0, sleeper.DeepSleeps);
        Assert.InRange(sleeper.LightMs + sleeper.DeepMs, 19 * 60_000, 20 * 60_000);
        Assert.Equal(4.0, double.Parse(desk.Beats("batteryVolts")[^1]!, CultureInfo.InvariantCulture), 1);
    }

    [Fact]
    public void More_pads_than_the_board_has_inputs_for_are_refused_by_name()
    {
        using var twin = Sitter(C3, Sensor.Seat, pads: 5);
        twin.PowerOn();
        twin.Run(TimeSpan.FromSeconds(2));

        Assert.Contains("pads: must be 1 to 4", twin.Wrong);
    }

    static (string What, int Pin)[] All() =>
    [
        ("motion sensor SDA", Pins.MotionData), ("motion sensor SCL", Pins.MotionClock), ("motion sensor INT", Pins.MotionInterrupt), ("buzzer", Pins.Buzzer),
        ("button", Pins.Button), ("charger", Pins.Charger), ("battery", Pins.Battery), ("light", Pins.Light),
        .. Pins.SeatPads.Select((pin, i) => ($"seat pad {i + 1}", pin)),
    ];

    T On<T>(string target, Func<T> ask)
    {
        using var board = new VirtualBoard(folder.Path, target: target);
        using (board.Enter())
            return ask();
    }

    static Wearer Wearer(Activity what) => new(1,
        [new Spell(Desk.Start, Desk.Start.AddMinutes(1), Activity.Walk, false, false), new Spell(Desk.Start.AddMinutes(1), Desk.Start.AddDays(1), what, true, false)]);

    TwinDevice Sitter(string target, Sensor sensor, int pads = 4)
    {
        File.WriteAllText(Path.Combine(folder.Path, "sitsense.json"), """{"thresholdMinutes":15,"broker":null}""");
        return new TwinDevice(new TwinOptions
        {
            Target = target,
            Sensor = sensor,
            Pads = pads,
            Wearer = Wearer(Activity.Sit),
            FlashFolder = folder.Path,
            Speed = 0,
            StartUtc = Desk.Start,
            NeverPassesRealNow = false,
            Zone = TimeZoneInfo.Utc,
        });
    }
}
