using System.Text.Json.Nodes;
using SitSense.Testing;
using SitSense.Twin;
using SitSense.Twin.Bodies;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>What a whole device tells of what it measures, through virtual registers and a real broker.</summary>
public sealed class MeasuresTests : IDisposable
{
    static readonly DateTime start = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Each_hour_a_clip_tells_what_it_has_measured_each_figure_beside_its_error()
    {
        await using var broker = await Mosquitto.StartAsync();
        using var listener = Listener.To(broker);
        using var twin = Twin(broker, Sensor.Belt, [.. Enumerable.Repeat<(Activity, double)[]>(
            [(Activity.Walk, 60), (Activity.Stand, 60), (Activity.Sit, 300), (Activity.Stand, 60)], 10).SelectMany(part => part)]);
        twin.PowerOn();
        twin.Run(TimeSpan.FromMinutes(70));

        var measures = Assert.Single(listener.All("sitsense/desk-1/measures"));
        Assert.Equal(1, (int)measures["v"]!);
        Assert.InRange(((DateTime)measures["at"]!).ToUniversalTime(), start.AddMinutes(59), start.AddMinutes(61));
        Assert.InRange((double)measures["walkingSeconds"]!, 400, 500);      // seven and a half minutes
        Assert.InRange((double)measures["rises"]!, 5, 8);
        Assert.InRange((double)measures["riseSeconds"]!, 1.5, 3.5);
        Assert.InRange((double)measures["sittingTilt"]!, 12, 40);
        foreach (var figure in new[] { "walkingSeconds", "steps", "riseSeconds", "sittingTilt", "standingTilt" })
            Assert.True((double)measures[figure + "Error"]! > 0);
    }

    [Fact]
    public async Task A_check_on_one_leg_is_guided_by_buzzes_and_its_figure_is_told()
    {
        await using var broker = await Mosquitto.StartAsync();
        using var listener = Listener.To(broker);
        using var twin = Twin(broker, Sensor.Belt, (Activity.Walk, 60), (Activity.Stand, 20), (Activity.Sit, 60), (Activity.Stand, 20),
            (Activity.Walk, 20), (Activity.Stand, 15), (Activity.OneLeg, 45), (Activity.Stand, 600));
        twin.PowerOn();
        twin.Run(TimeSpan.FromSeconds(181.5));
        Assert.True((bool)Ask(twin, listener, """{"do":"stance","side":"left"}""")["ok"]!);

        var measures = Assert.Single(listener.All("sitsense/desk-1/measures"));
        Assert.InRange((double)measures["pelvicDropOnLeft"]!, -5.5, 5.5);
        Assert.InRange((double)measures["pelvicDropOnLeftError"]!, 2.7, 4);
        Assert.Equal(30, (double)measures["stanceSecondsOnLeft"]!, 1.0);
        // One tick at the command, two buzzes to lift the foot, and a long one at the end.
        Assert.Equal(4, twin.Buzzes.Count);
    }

    [Fact]
    public async Task A_check_that_cannot_be_says_why()
    {
        await using var broker = await Mosquitto.StartAsync();
        using var listener = Listener.To(broker);
        using var twin = Twin(broker, Sensor.Thigh, (Activity.Walk, 60), (Activity.Stand, 600));
        twin.PowerOn();
        twin.Run(TimeSpan.FromSeconds(30));
        Assert.Contains("only a clip at the belt", (string)Ask(twin, listener, """{"do":"stance","side":"left"}""")["error"]!);
        Assert.Contains("must be left or right", (string)Ask(twin, listener, """{"do":"stance","side":"both"}""")["error"]!);
    }

    static JsonObject Ask(TwinDevice twin, Listener listener, string command)
    {
        var before = listener.All("sitsense/desk-1/answer").Count;
        listener.Publish("sitsense/desk-1/command", command, retain: false);
        for (var i = 0; i < 200; i++)
        {
            twin.Run(TimeSpan.FromSeconds(0.5));
            if (listener.All("sitsense/desk-1/answer") is var answers && answers.Count > before)
                return answers[^1];
        }
        throw new TimeoutException("no answer to " + command);
    }

    TwinDevice Twin(Mosquitto broker, Sensor sensor, params (Activity Activity, double Seconds)[] script)
    {
        var spells = new List<Spell>();
        foreach (var (activity, seconds) in script)
        {
            var from = spells.Count == 0 ? start : spells[^1].To;
            spells.Add(new Spell(from, from.AddSeconds(seconds), activity, false, false));
        }
        return new(new TwinOptions
        {
            Device = "desk-1",
            Sensor = sensor,
            Wearer = new Wearer(5, spells),
            FlashFolder = folder.Path,
            BrokerHost = "127.0.0.1",
            BrokerPort = broker.Port,
            Speed = 0,
            StartUtc = start,
            NeverPassesRealNow = false,
            Zone = TimeZoneInfo.Utc,
        });
    }
}
