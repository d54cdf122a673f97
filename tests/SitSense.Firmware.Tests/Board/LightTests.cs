using System.Device.Gpio;
using SitSense.Firmware.Board;
using SitSense.Testing;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Tests.Board;

public sealed class LightTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("sitsense-light-").FullName;
    readonly VirtualBoard board;

    static readonly (string Name, int[] Sign)[] signs =
    [
        ("Held", Signs.Held), ("Here", Signs.Here), ("Updating", Signs.Updating), ("Setup", Signs.Setup), ("Calibrating", Signs.Calibrating), ("Owed", Signs.Owed),
        ("LowBattery", Signs.LowBattery), ("Fault", Signs.Fault), ("Offline", Signs.Offline),
    ];

    public LightTests() => board = new VirtualBoard(folder) { Clock = { Speed = 0 } };

    public void Dispose()
    {
        board.Dispose();
        Directory.Delete(folder, true);
    }

    [Fact]
    public void It_repeats_its_sign_begins_another_at_once_and_goes_dark()
    {
        board.PowerOn(() =>
        {
            var clock = new Clock();
            var light = new Light(new GpioController(), new Faults());
            for (var ms = 0; ms < 7000; ms += 20, clock.Sleep(20))
            {
                light.Sign = ms < 4000 ? Signs.Setup : ms < 5000 ? Signs.Fault : null;
                light.Tick(clock.Now);
            }
        });
        board.Run(TimeSpan.FromSeconds(8));
        Assert.Equal([0, 300, 2000, 2300, 4000, 4500], board.Pins.Buzzes(Pins.Light).Select(blink => (blink.At - board.Clock.StartUtc).TotalMilliseconds));
        Assert.All(board.Pins.Buzzes(Pins.Light), blink => Assert.Equal(60, blink.Length.TotalMilliseconds));
    }

    [Fact]
    public void No_two_signs_look_alike()
    {
        foreach (var (name, sign) in signs)
        {
            Assert.True(sign.Length % 2 == 0, name);
            foreach (var (other, like) in signs)
                // Half as often again, another number of blinks, or far longer lit: an eye tells these apart.
                Assert.True(name == other || Apart(sign.Sum() / (sign.Length / 2), like.Sum() / (like.Length / 2)) || sign.Length != like.Length || Apart(sign[0], like[0]), $"{name} looks like {other}");
        }

        static bool Apart(int a, int b) => Math.Max(a, b) >= 1.5 * Math.Min(a, b);
    }

    [Fact]
    public void The_table_for_people_is_that_of_the_signs()
    {
        var table = File.ReadLines(Path.Combine(Repository.Root, "hardware", "README.md"))
            .SkipWhile(line => !line.StartsWith("## What the light says", StringComparison.Ordinal)).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Where(cells => cells.Length > 4 && cells[2].Contains('/', StringComparison.Ordinal))
            .Select(cells => cells[2]).ToArray();
        Assert.Equal(signs.Select(sign => string.Join("/", sign.Sign)), table);
    }
}
