using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Tests.Link;
using SitSense.Testing;
using SitSense.Twin;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>What Home Assistant hears of a device, over a real broker.</summary>
public sealed partial class HomeAssistantTests
{
    const string Topic = "homeassistant/device/sitsense-desk-1/config", Heartbeats = "sitsense/desk-1/heartbeat", Settings = "sitsense/desk-1/settings";

    /// <summary>What a heartbeat has only where there is such a thing.</summary>
    static readonly string[] WhereThereIsOne = ["battery", "rssi", "faults"];

    [Fact]
    public async Task Its_birth_is_answered_by_the_whole_device_and_by_how_it_is_now()
    {
        await using var desk = await Desk.StartAsync();
        var (twin, listener) = (desk.Twin, desk.Listener);
        twin.PowerOn(Sits);
        twin.Run(TimeSpan.FromSeconds(95));
        var (told, beaten) = (listener.Texts(Topic).Count, listener.All(Heartbeats).Count);
        Assert.Equal(1, told);

        listener.Publish("homeassistant/status", "online", retain: false);
        RunUntil(twin, () => listener.Texts(Topic).Count == 2);

        HomeAssistantSchema.Check(listener.Texts(Topic)[1]);
        Assert.True(listener.All(Heartbeats).Count > beaten);
    }

    [Fact]
    public async Task A_change_of_posture_is_beaten_at_once_with_bout_and_today_so_that_every_entity_has_its_value()
    {
        await using var desk = await Desk.StartAsync();
        var (twin, listener) = (desk.Twin, desk.Listener);
        twin.PowerOn(() => new Script((TimeSpan.FromSeconds(70), PostureKind.Sitting), (TimeSpan.FromSeconds(40 * 60 + 10), PostureKind.Upright)));
        twin.Run(TimeSpan.FromSeconds(40 * 60 + 15));

        var beats = listener.All(Heartbeats);
        var (sits, rises) = (beats.First(beat => (string)beat["posture"]! == "sitting"), beats[^1]);
        Assert.InRange((long)sits["sittingMs"]!, 0, 2000);
        Assert.Equal(("upright", 0L), ((string)rises["posture"]!, (long)rises["sittingMs"]!));
        Assert.Equal((40 * 60 - 60) * 1000, (long)rises["todaySittingMs"]!);
        Assert.InRange((long)beats[^2]["sittingMs"]!, 38 * 60_000, 39 * 60_000);
        foreach (var (id, component) in JsonNode.Parse(listener.Texts(Topic)[0])!["components"]!.AsObject())
            if ((string?)component!["state_topic"] == Heartbeats)
                foreach (Match field in Field().Matches((string)component["value_template"]!))
                    Assert.True(rises.ContainsKey(field.Groups[1].Value) || WhereThereIsOne.Contains(field.Groups[1].Value), $"{id} looks for {field}");
    }

    [Fact]
    public async Task Another_sensor_is_told_at_once_with_what_the_old_one_had_removed()
    {
        await using var desk = await Desk.StartAsync();
        var (twin, listener) = (desk.Twin, desk.Listener);
        listener.Publish(Settings, """{"sensor":"seat"}""", retain: true);
        twin.PowerOn(Sits);
        twin.Run(TimeSpan.FromSeconds(30));
        listener.Publish(Settings, """{"sensor":"belt"}""", retain: true);
        RunUntil(twin, () => listener.Texts(Topic)[^1].Contains("(belt)"));

        var config = JsonNode.Parse(listener.Texts(Topic)[^1])!;
        Assert.Equal("Clip-on (belt)", (string)config["device"]!["model"]!);
        Assert.Equal("""{"platform":"button"}""", config["components"]!["calibrate_occupied"]!.ToJsonString());
    }

    [Fact]
    public async Task Switched_off_it_is_taken_out_and_stays_out_and_comes_back_when_it_is_wanted()
    {
        await using var desk = await Desk.StartAsync();
        var (twin, listener) = (desk.Twin, desk.Listener);
        twin.PowerOn(Sits);
        twin.Run(TimeSpan.FromSeconds(30));
        listener.Publish(Settings, """{"homeAssistant":false}""", retain: true);
        RunUntil(twin, () => listener.Texts(Topic)[^1] == "");
        listener.Publish("homeassistant/status", "online", retain: false);
        RunUntil(twin, () => listener.Texts(Topic)[^2..].SequenceEqual(["", ""]));

        listener.Publish(Settings, """{"homeAssistant":true}""", retain: true);
        RunUntil(twin, () => listener.Texts(Topic)[^1] != "");
        HomeAssistantSchema.Check(listener.Texts(Topic)[^1]);
    }

    /// <summary>What is on its way through the real broker takes real time, in which virtual time goes on.</summary>
    static void RunUntil(TwinDevice twin, Func<bool> came)
    {
        for (var i = 0; i < 100 && !came(); i++)
            twin.Run(TimeSpan.FromSeconds(0.5));
        Assert.True(came());
    }

    static Script Sits() => new((TimeSpan.FromSeconds(5), PostureKind.Sitting));

    [GeneratedRegex(@"value_json\.(\w+)")]
    private static partial Regex Field();
}
