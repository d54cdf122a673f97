using SitSense.Firmware.Board;
using SitSense.Firmware.Posture;
using SitSense.Twin;
using SitSense.Twin.Bodies;

namespace SitSense.Firmware.Tests.Twin;

public sealed class ChargingTests : IDisposable
{
    static readonly DateTime start = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Sensor.Thigh, 4)]
    [InlineData(Sensor.Belt, 5)]
    public void A_clip_on_is_off_from_the_moment_it_is_plugged_in_and_learns_anew_when_it_is_put_on(Sensor sensor, int wearer)
    {
        var said = Live(sensor, wearer, charger: true);

        Assert.Equal([PostureKind.Upright, PostureKind.Sitting, PostureKind.Off], said.Take(3).Select(change => change.Posture));
        Assert.InRange(said[2].Since, 300_000, 302_000);
        Assert.InRange(said[2].Decided, 310_000, 313_000);
        Assert.DoesNotContain(said, change => change.Decided is > 313_000 and < 600_000);
        Assert.Equal(PostureKind.Upright, said[^1].Posture);
        Assert.True(said[^1].Since >= 600_000);
    }

    [Fact]
    public void A_pin_that_the_settings_do_not_name_says_nothing() =>
        Assert.DoesNotContain(PostureKind.Off, Live(Sensor.Thigh, 4, charger: false).Select(change => change.Posture));

    List<(PostureKind Posture, long Since, long Decided)> Live(Sensor sensor, int wearer, bool charger)
    {
        var said = new List<(PostureKind, long, long)>();
        folder.File("sitsense.json", charger ? """{"charger":true}""" : "{}");
        using var twin = new TwinDevice(new TwinOptions
        {
            Sensor = sensor,
            Wearer = new Wearer(wearer, [
                new Spell(start, start.AddMinutes(2), Activity.Walk, false, false),
                new Spell(start.AddMinutes(2), start.AddMinutes(10), Activity.Sit, true, false),
                new Spell(start.AddMinutes(10), start.AddHours(1), Activity.Walk, false, false)]),
            Seed = wearer,
            FlashFolder = folder.Path,
            Speed = 0,
            StartUtc = start,
            NeverPassesRealNow = false,
            Zone = TimeZoneInfo.Utc,
        });
        twin.PostureChanged += (posture, since, decided) => said.Add((posture, since, decided));
        twin.PowerOn();
        twin.Run(TimeSpan.FromMinutes(5));
        twin.Board.Pins.Drive(Pins.Charger, true);
        twin.Run(TimeSpan.FromMinutes(5));
        twin.Board.Pins.Drive(Pins.Charger, null);
        twin.Run(TimeSpan.FromMinutes(2));
        Assert.Null(twin.Board.Crash);
        return said;
    }
}
