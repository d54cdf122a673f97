using System.Collections;
using SitSense.Firmware.Json;
using SitSense.Firmware.Settings;

namespace SitSense.Firmware.Tests.Settings;

public class DeviceSettingsTests
{
    [Theory]
    [InlineData("sensor", "\"ankle\"")]
    [InlineData("sensor", "3")]
    [InlineData("thresholdMinutes", "14")]
    [InlineData("thresholdMinutes", "121")]
    [InlineData("thresholdMinutes", "30.5")]
    [InlineData("thresholdMinutes", "\"30\"")]
    [InlineData("thresholdMinutes", "null")]
    [InlineData("repeatMinutes", "0")]
    [InlineData("repeatMinutes", "61")]
    [InlineData("breakSeconds", "9")]
    [InlineData("breakSeconds", "601")]
    [InlineData("strength", "-1")]
    [InlineData("strength", "101")]
    [InlineData("pattern", "\"salsa\"")]
    [InlineData("pattern", "\"\"")]
    [InlineData("pattern", "1")]
    [InlineData("homeAssistant", "\"yes\"")]
    [InlineData("alerts", "1")]
    [InlineData("lyingIsSitting", "\"yes\"")]
    [InlineData("quiet", "[\"22:00\"]")]
    [InlineData("quiet", "[\"22:00\",\"24:00\"]")]
    [InlineData("quiet", "[\"22:00\",\"22:00\"]")]
    [InlineData("lunch", "[\"12:0\",\"13:00\"]")]
    [InlineData("lunch", "\"12:00\"")]
    [InlineData("workDays", "\"\"")]
    [InlineData("workDays", "\"128\"")]
    [InlineData("workDays", "\"11\"")]
    [InlineData("utcOffsetMinutes", "841")]
    [InlineData("utcOffsetMinutes", "-721")]
    [InlineData("heartbeatSeconds", "14")]
    [InlineData("heartbeatSeconds", "3601")]
    public void A_wrong_value_is_refused_by_name_and_changes_nothing(string name, string value)
    {
        var settings = new DeviceSettings();
        var before = settings.Write(new JsonWriter()).ToString();
        var reason = settings.Take(name, Value(value));
        Assert.StartsWith(name + ": must be ", reason);
        Assert.Equal(before, settings.Write(new JsonWriter()).ToString());
    }

    [Fact]
    public void What_is_written_is_taken_again_unchanged()
    {
        var settings = Wishes.Of("""
            {"sensor":"seat","thresholdMinutes":15,"repeatMinutes":60,"breakSeconds":600,"alerts":false,"strength":0,"pattern":"rising","quiet":["22:00","07:05"],
             "lunch":["12:00","13:00"],"workDays":"12345","utcOffsetMinutes":-720,"heartbeatSeconds":3600,"lyingIsSitting":false,"homeAssistant":false}
            """);
        var json = settings.Write(new JsonWriter()).ToString();
        Assert.Equal(json, Wishes.Of(json).Write(new JsonWriter()).ToString());
        Assert.Contains("\"quiet\":[\"22:00\",\"07:05\"]", json);
    }

    [Fact]
    public void A_pattern_that_is_none_is_refused_with_those_there_are() =>
        Assert.Equal("pattern: must be double, single, long, heartbeat or rising", new DeviceSettings().Take("pattern", "salsa"));

    [Fact]
    public void An_unknown_name_is_passed_over() => Assert.Null(new DeviceSettings().Take("colour", "blue"));

    [Fact]
    public void A_copy_is_changed_alone()
    {
        var settings = new DeviceSettings();
        settings.Copy().Take("strength", 5L);
        Assert.Equal(80, settings.Strength);
    }

    [Theory]
    [InlineData("device", "\"Desk 1\"")]
    [InlineData("device", "\"\"")]
    [InlineData("device", "\"123456789012345678901234567890123\"")]
    [InlineData("pads", "9")]
    [InlineData("charger", "1")]
    [InlineData("buzzer", "\"bell\"")]
    [InlineData("motionInterrupt", "1")]
    [InlineData("wifi", "{\"password\":\"x\"}")]
    [InlineData("broker", "{\"port\":1883}")]
    [InlineData("broker", "{\"host\":\"h\",\"port\":0}")]
    [InlineData("broker", "{\"host\":\"h\",\"tls\":true}")]
    [InlineData("broker", "{\"host\":\"h\",\"root\":\"a/#\"}")]
    [InlineData("broker", "\"h\"")]
    public void What_only_the_file_may_say_is_checked_too(string name, string value) =>
        Assert.StartsWith(name + ": ", new Place().Take(name, Value(value)));

    [Fact]
    public void A_broker_has_the_port_of_its_protocol()
    {
        var place = new Place();
        Assert.Null(place.Take("broker", Value("""{"host":"h"}""")));
        Assert.Equal((1883, "sitsense"), (place.Port, place.Root));
        Assert.Null(place.Take("broker", Value("""{"host":"h","tls":true,"ca":"PEM","root":"lab"}""")));
        Assert.Equal((8883, "lab"), (place.Port, place.Root));
    }

    static object? Value(string json) => JsonReader.Object("{\"x\":" + json + "}")["x"];
}
