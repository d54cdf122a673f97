using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SitSense.Firmware.Board;
using SitSense.Firmware.Link;
using SitSense.Firmware.Settings;
using SitSense.Firmware.Tests.Journal;

namespace SitSense.Firmware.Tests.Link;

public sealed partial class DiscoveryTests
{
    static readonly Topics Topics = new("sitsense", "desk-1");

    static JsonObject Config(string sensor) => JsonNode.Parse(Discovery.Config(Topics, "desk-1", sensor))!.AsObject();

    static JsonObject Components(string sensor) => Config(sensor)["components"]!.AsObject();

    [Theory]
    [InlineData("thigh")]
    [InlineData("belt")]
    [InlineData("seat")]
    public void Home_Assistant_takes_it_as_documented(string sensor) => HomeAssistantSchema.Check(Discovery.Config(Topics, "desk-1", sensor));

    [Theory]
    [InlineData("thigh")]
    [InlineData("seat")]
    public void It_has_what_people_want_to_see_and_do(string sensor)
    {
        var components = Components(sensor);
        var platforms = components.Where(one => one.Value!.AsObject().Count > 1).ToDictionary(one => one.Key, one => (string)one.Value!["platform"]!);
        foreach (var (id, platform) in new[]
        {
            ("sitting", "binary_sensor"), ("bout", "sensor"), ("today", "sensor"), ("threshold", "number"), ("alerts", "switch"), ("response", "select"), ("snooze", "button"),
            ("calibrate", "button"), ("identify", "button"), ("battery", "sensor"), ("rssi", "sensor"), ("heap", "sensor"), ("journal", "sensor"), ("firmware", "sensor"),
        })
            Assert.Equal(platform, platforms.GetValueOrDefault(id));
    }

    [Fact]
    public void What_a_power_cut_may_set_back_is_no_total_that_only_increases() =>
        Assert.Equal("measurement", (string)Components("thigh")["today"]!["state_class"]!);

    [Fact]
    public void Asleep_is_available_and_only_the_last_will_is_not()
    {
        var config = Config("thigh");
        Assert.Equal(Topics.Status, (string)config["availability_topic"]!);
        Assert.Equal("{{ 'offline' if value == 'offline' else 'online' }}", (string)config["availability_template"]!);
    }

    [Fact]
    public void What_another_sensor_had_is_named_by_its_platform_alone_so_that_it_is_removed()
    {
        Assert.Equal("""{"platform":"button"}""", Components("belt")["calibrate_occupied"]!.ToJsonString());
        Assert.True(Components("seat")["calibrate_occupied"]!.AsObject().Count > 1);
        Assert.Equal(Components("seat").Select(one => one.Key), Components("thigh").Select(one => one.Key));
    }

    [Theory]
    [InlineData("thigh")]
    [InlineData("seat")]
    public void Every_button_is_a_command_that_the_device_obeys(string sensor)
    {
        foreach (var (id, component) in Components(sensor))
            if ((string?)component!["payload_press"] is { } press)
            {
                Assert.Equal(Topics.Command, (string)component["command_topic"]!);
                Assert.StartsWith(Command.Read(press).Do, id);
            }
    }

    [Theory]
    [InlineData("threshold", "45", "thresholdMinutes")]
    [InlineData("strength", "5", "strength")]
    [InlineData("response", "heartbeat", "pattern")]
    [InlineData("alerts", "payload_off", "alerts")]
    public void What_is_chosen_is_taken_and_reported_back_where_it_is_looked_for(string id, string value, string setting)
    {
        using var bench = new JournalBench();
        var store = new SettingsStore(bench.Flash(), bench.Faults);
        store.Load(1);
        var component = Components("thigh")[id]!;
        var wish = (string?)component["command_template"] is { } template ? Render().Replace(template, value) : (string)component[value]!;

        store.Take(wish);

        var reported = JsonNode.Parse(store.Report())!;
        Assert.Null(reported["error"]);
        Assert.Equal(id == "alerts" ? "false" : value, reported[setting]!.ToString());
        Assert.Equal((Topics.Settings, Topics.Reported, true), ((string)component["command_topic"]!, (string)component["state_topic"]!, (bool)component["retain"]!));
        Assert.Contains("value_json." + setting, (string)component["value_template"]!);
    }

    [Fact]
    public void Every_response_is_a_pattern_and_the_threshold_has_its_range()
    {
        var components = Components("thigh");
        Assert.Equal(Patterns.Names, components["response"]!["options"]!.AsArray().Select(option => (string)option!));
        Assert.Equal((15, 120), ((int)components["threshold"]!["min"]!, (int)components["threshold"]!["max"]!));
        Assert.NotNull(new DeviceSettings().Take("thresholdMinutes", 14L));
        Assert.NotNull(new DeviceSettings().Take("thresholdMinutes", 121L));
    }

    [GeneratedRegex(@"\{\{.*?\}\}")]
    private static partial Regex Render();
}
