using SitSense.Testing;
using SitSense.Twin;
using SitSense.Twin.Bodies;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>Snooze by a double tap, through the sensor's registers and the whole device.</summary>
public sealed class DoubleTapTests : IDisposable
{
    static readonly DateTime start = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_puts_a_reminder_off_again_and_again_and_never_skips_it()
    {
        await using var broker = await Mosquitto.StartAsync();
        using var listener = Listener.To(broker);
        using var twin = Twin(broker);
        twin.PowerOn();
        twin.Run(TimeSpan.FromMinutes(33.8));
        for (var i = 0; i < 2; i++)
        {
            twin.DoubleTap();
            twin.Run(TimeSpan.FromMinutes(10.5));
        }

        Assert.Equal(["due", "snoozed", "repeat", "snoozed", "repeat"], Kinds(listener));
    }

    [Fact]
    public async Task Before_a_reminder_it_is_nothing()
    {
        await using var broker = await Mosquitto.StartAsync();
        using var listener = Listener.To(broker);
        using var twin = Twin(broker);
        twin.PowerOn();
        twin.Run(TimeSpan.FromMinutes(20));
        twin.DoubleTap();
        twin.Run(TimeSpan.FromMinutes(14));

        Assert.Equal(["due"], Kinds(listener));
    }

    static List<string> Kinds(Listener listener) => [.. listener.All("sitsense/desk-1/reminder").Select(reminder => (string)reminder["kind"]!)];

    TwinDevice Twin(Mosquitto broker) => new(new TwinOptions
    {
        Device = "desk-1",
        Sensor = Sensor.Thigh,
        FlashFolder = folder.Path,
        BrokerHost = "127.0.0.1",
        BrokerPort = broker.Port,
        Speed = 0,
        StartUtc = start,
        NeverPassesRealNow = false,
        Zone = TimeZoneInfo.Utc,
        Wearer = new Wearer(1, [
            new Spell(start, start.AddMinutes(2), Activity.Walk, false, false),
            new Spell(start.AddMinutes(2), start.AddMinutes(3), Activity.Stand, false, false),
            new Spell(start.AddMinutes(3), start.AddHours(3), Activity.Sit, true, false)]),
    });
}
