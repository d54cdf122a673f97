using System.Text.Json.Nodes;
using SitSense.Firmware.Posture;
using SitSense.Testing;
using SitSense.Twin;
using SitSense.Twin.Bodies;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>Calibration by command, by button and by itself, through the whole device, and what of it is on flash.</summary>
public sealed class CalibrationTests : IDisposable
{
    static readonly DateTime start = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);

    readonly TempFolder folder = new();
    readonly List<PostureKind> said = [];

    public void Dispose() => folder.Dispose();

    static readonly Wearer stands = Always(Activity.Stand), walks = Always(Activity.Walk), sits = Always(Activity.Sit);

    static Wearer Always(Activity activity) => new(1, [new Spell(start.AddDays(-1), start.AddDays(1), activity, true, false)]);

    [Fact]
    public void A_long_press_while_standing_teaches_what_standing_is()
    {
        using var twin = Twin(stands);
        twin.PowerOn();
        twin.Run(TimeSpan.FromMinutes(1));
        Assert.Empty(said);
        twin.Press(TimeSpan.FromSeconds(3.5));
        twin.Run(TimeSpan.FromSeconds(30));

        Assert.Equal([60, 800], Buzzes(twin));
        Assert.Equal([PostureKind.Upright], said);
    }

    [Fact]
    public void A_calibration_holds_over_a_power_cut()
    {
        Calibrate(stands);
        said.Clear();
        using var twin = Twin(stands);
        twin.PowerOn();
        twin.Run(TimeSpan.FromSeconds(20));

        Assert.Equal([PostureKind.Upright], said);
    }

    [Fact]
    public void No_posture_is_brought_back_with_a_calibration()
    {
        Calibrate(stands);
        said.Clear();
        using var twin = Twin(sits);
        twin.PowerOn();
        twin.Run(TimeSpan.FromMinutes(1));

        Assert.DoesNotContain(PostureKind.Upright, said);
    }

    [Fact]
    public void A_long_press_while_walking_fails_is_told_and_leaves_the_old_one_on_flash()
    {
        Calibrate(stands);
        var before = Stored();
        using var twin = Twin(walks);
        twin.PowerOn();
        twin.Run(TimeSpan.FromSeconds(2));
        twin.Press(TimeSpan.FromSeconds(3.5));
        twin.Run(TimeSpan.FromSeconds(30));

        Assert.Equal([60, 60, 60, 60, 60], Buzzes(twin));
        Assert.Equal(before, Stored());
    }

    [Theory]
    [InlineData(Sensor.Belt)]
    [InlineData(Sensor.Seat)]
    public void What_another_sensor_learned_is_passed_over(Sensor sensor)
    {
        Calibrate(stands);
        using var twin = Twin(stands, sensor);
        twin.PowerOn();
        twin.Run(TimeSpan.FromSeconds(30));

        Assert.Null(twin.Board.Crash);
        Assert.DoesNotContain(PostureKind.Sitting, said.Skip(1));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(47)]
    public void A_power_cut_at_any_byte_leaves_the_old_calibration_or_the_new(int after)
    {
        Calibrate(stands);
        using (var cut = Twin(stands))
        {
            cut.PowerOn();
            cut.Run(TimeSpan.FromMinutes(1));
            cut.Board.Flash.CutAfter = after;
            cut.Press(TimeSpan.FromSeconds(3.5));
            cut.Run(TimeSpan.FromMinutes(1));
        }
        said.Clear();
        using var twin = Twin(stands);
        twin.PowerOn();
        twin.Run(TimeSpan.FromSeconds(20));

        Assert.Equal([PostureKind.Upright], said);
    }

    [Fact]
    public void What_a_walk_taught_is_stored_by_itself_and_rarely()
    {
        using var twin = Twin(walks);
        twin.PowerOn();
        twin.Run(TimeSpan.FromMinutes(2));
        var first = Stored();
        twin.Run(TimeSpan.FromMinutes(28));

        Assert.NotEmpty(first);
        Assert.Equal(first, Stored());
    }

    [Fact]
    public async Task A_command_is_answered_when_its_calibration_has_ended()
    {
        await using var broker = await Mosquitto.StartAsync();
        using var listener = Listener.To(broker);
        using var twin = Twin(stands, broker: broker);
        twin.PowerOn();
        twin.Run(TimeSpan.FromSeconds(30));

        Assert.True((bool)Ask(twin, listener, """{"do":"calibrate","step":"standing"}""")["ok"]!);
        Assert.Equal("learned and stored", (string)Ask(twin, listener, """{"do":"selftest"}""")["calibration"]!);
    }

    [Fact]
    public async Task A_step_that_is_not_the_sensors_is_refused_with_the_steps_that_are()
    {
        await using var broker = await Mosquitto.StartAsync();
        using var listener = Listener.To(broker);
        using var twin = Twin(stands, broker: broker);
        twin.PowerOn();
        twin.Run(TimeSpan.FromSeconds(30));
        var answer = Ask(twin, listener, """{"do":"calibrate","step":"empty"}""");

        Assert.False((bool)answer["ok"]!);
        Assert.Contains("standing", (string)answer["error"]!);
    }

    [Fact]
    public async Task A_calibration_that_failed_says_why_and_that_the_old_one_stays()
    {
        await using var broker = await Mosquitto.StartAsync();
        using var listener = Listener.To(broker);
        using var twin = Twin(walks, broker: broker);
        twin.PowerOn();
        twin.Run(TimeSpan.FromSeconds(30));
        var answer = Ask(twin, listener, """{"do":"calibrate","step":"standing"}""");
        twin.Run(TimeSpan.FromSeconds(70));

        Assert.False((bool)answer["ok"]!);
        Assert.Contains("you moved", (string)answer["error"]!);
        Assert.Contains("the old one stays", (string)answer["error"]!);
        Assert.Contains(listener.All("sitsense/desk-1/heartbeat"), beat => ((string?)beat["faults"])?.Contains("calibration: you moved") == true);
        Assert.StartsWith("failed", (string)Ask(twin, listener, """{"do":"selftest"}""")["calibration"]!);
    }

    [Fact]
    public async Task A_calibration_without_a_sensor_ends_and_says_so()
    {
        await using var broker = await Mosquitto.StartAsync();
        using var listener = Listener.To(broker);
        using var twin = Twin(stands, broker: broker);
        twin.PowerOn();
        twin.Run(TimeSpan.FromSeconds(30));
        twin.Board.I2c.Fault = () => SitSense.Twin.Hardware.I2cFault.NotAcknowledged;

        Assert.Contains("no samples", (string)Ask(twin, listener, """{"do":"calibrate","step":"standing"}""")["error"]!);
    }

    [Fact]
    public async Task A_damaged_calibration_is_reported_and_learned_anew()
    {
        await using var broker = await Mosquitto.StartAsync();
        using var listener = Listener.To(broker);
        Calibrate(stands);
        foreach (var file in Directory.GetFiles(folder.Path, "learned*"))
        {
            var bytes = File.ReadAllBytes(file);
            bytes[^7] ^= 1;
            File.WriteAllBytes(file, bytes);
        }
        said.Clear();
        using var twin = Twin(stands, broker: broker);
        twin.PowerOn();
        twin.Run(TimeSpan.FromMinutes(1.5));

        Assert.Empty(said);
        Assert.Contains("damaged", (string)listener.All("sitsense/desk-1/heartbeat")[^1]["faults"]!);
        Assert.True((bool)Ask(twin, listener, """{"do":"calibrate","step":"standing"}""")["ok"]!);
        twin.Run(TimeSpan.FromMinutes(1.5));
        Assert.Null(listener.All("sitsense/desk-1/heartbeat")[^1]["faults"]);
    }

    /// <summary>A device that was calibrated by its button, and then lost its power.</summary>
    void Calibrate(Wearer wearer)
    {
        using var twin = Twin(wearer);
        twin.PowerOn();
        twin.Run(TimeSpan.FromSeconds(30));
        twin.Press(TimeSpan.FromSeconds(3.5));
        twin.Run(TimeSpan.FromSeconds(20));
        Assert.NotEmpty(Stored());
    }

    byte[] Stored() => [.. Directory.GetFiles(folder.Path, "learned*").Order().SelectMany(File.ReadAllBytes)];

    static int[] Buzzes(TwinDevice twin) => [.. twin.Buzzes.Select(buzz => (int)Math.Round(buzz.Length.TotalMilliseconds / 10) * 10)];

    static JsonObject Ask(TwinDevice twin, Listener listener, string command)
    {
        var before = listener.All("sitsense/desk-1/answer").Count;
        listener.Publish("sitsense/desk-1/command", command, retain: false);
        for (var i = 0; i < 60; i++)
        {
            twin.Run(TimeSpan.FromSeconds(1));
            if (listener.All("sitsense/desk-1/answer") is var answers && answers.Count > before)
                return answers[^1];
        }
        throw new TimeoutException("no answer to " + command);
    }

    TwinDevice Twin(Wearer wearer, Sensor sensor = Sensor.Thigh, Mosquitto? broker = null)
    {
        var twin = new TwinDevice(new TwinOptions
        {
            Device = "desk-1",
            Sensor = sensor,
            Wearer = wearer,
            FlashFolder = folder.Path,
            BrokerHost = broker is null ? null : "127.0.0.1",
            BrokerPort = broker?.Port ?? 0,
            Speed = 0,
            StartUtc = start,
            NeverPassesRealNow = false,
            Zone = TimeZoneInfo.Utc,
        });
        twin.PostureChanged += (posture, _, _) => said.Add(posture);
        return twin;
    }
}
