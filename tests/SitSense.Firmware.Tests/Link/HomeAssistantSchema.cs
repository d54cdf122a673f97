using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SitSense.Firmware.Tests.Link;

/// <summary>
/// What Home Assistant documents of MQTT device discovery (integrations/mqtt, and binary_sensor, button, number, select, sensor and switch under it,
/// 2026): the whole message is thrown away for one unknown name at its root or in device and origin, an entity for a missing or wrong option.
/// </summary>
static partial class HomeAssistantSchema
{
    static readonly string[] Root =
        ["device", "origin", "components", "availability", "availability_mode", "availability_topic", "availability_template", "payload_available",
            "payload_not_available", "state_topic", "command_topic", "qos", "encoding"];

    static readonly string[] Device =
        ["identifiers", "connections", "configuration_url", "hw_version", "manufacturer", "model", "model_id", "name", "serial_number", "suggested_area", "sw_version", "via_device"];

    static readonly string[] OfEveryEntity =
        ["platform", "unique_id", "name", "entity_category", "icon", "enabled_by_default", "default_entity_id", "device_class", "qos", "encoding", "json_attributes_topic",
            "json_attributes_template"];

    static readonly Dictionary<string, (string[] Required, string[] Optional)> Platforms = new()
    {
        ["binary_sensor"] = (["state_topic"], ["value_template", "payload_on", "payload_off", "off_delay", "expire_after", "force_update"]),
        ["button"] = (["command_topic"], ["command_template", "payload_press", "retain"]),
        ["number"] = (["command_topic"], ["command_template", "state_topic", "value_template", "min", "max", "step", "mode", "optimistic", "payload_reset", "retain", "unit_of_measurement"]),
        ["select"] = (["command_topic", "options"], ["command_template", "state_topic", "value_template", "optimistic", "retain"]),
        ["sensor"] = (["state_topic"], ["value_template", "unit_of_measurement", "state_class", "suggested_display_precision", "expire_after", "force_update", "last_reset_value_template", "options"]),
        ["switch"] = (["command_topic"], ["command_template", "state_topic", "value_template", "payload_on", "payload_off", "state_on", "state_off", "optimistic", "retain"]),
    };

    /// <summary>Device classes with the units that they may have.</summary>
    static readonly Dictionary<(string, string), string[]> Classes = new()
    {
        [("binary_sensor", "occupancy")] = [],
        [("button", "identify")] = [],
        [("number", "duration")] = ["ms", "s", "min", "h", "d"],
        [("sensor", "battery")] = ["%"],
        [("sensor", "data_size")] = ["B", "kB", "KiB", "MB", "MiB"],
        [("sensor", "duration")] = ["ms", "s", "min", "h", "d"],
        [("sensor", "signal_strength")] = ["dB", "dBm"],
    };

    /// <summary>Fails with the place of whatever Home Assistant would not take.</summary>
    public static void Check(string payload)
    {
        var root = JsonNode.Parse(payload)!.AsObject();
        Only(root, Root, "root");
        var device = root["device"]!.AsObject();
        Only(device, Device, "device");
        Assert.NotEmpty(device["identifiers"]!.AsArray());
        Only(root["origin"]!.AsObject(), ["name", "sw_version", "support_url"], "origin");
        Assert.NotEmpty((string)root["origin"]!["name"]!);
        var ids = new HashSet<string>();
        foreach (var (id, component) in root["components"]!.AsObject())
        {
            Assert.Matches("^[a-zA-Z0-9_-]+$", id);
            Component(id, component!.AsObject(), ids);
        }
    }

    static void Component(string id, JsonObject component, HashSet<string> ids)
    {
        var platform = (string)component["platform"]!;
        Assert.True(Platforms.TryGetValue(platform, out var options), $"{id}: platform {platform}");
        if (component.Count == 1)
            return;     // it is to be removed
        Only(component, [.. OfEveryEntity, .. options.Required, .. options.Optional], id);
        Assert.All(options.Required, name => Assert.True(component.ContainsKey(name), $"{id}: {name} is missing"));
        Assert.True(ids.Add((string)component["unique_id"]!), $"{id}: its unique_id is another one's");
        Assert.True((string?)component["entity_category"] is null or "config" or "diagnostic", $"{id}: entity_category");
        Assert.False(platform is "sensor" or "binary_sensor" && (string?)component["entity_category"] == "config", $"{id}: what only tells is not for configuration");
        Assert.True((string?)component["state_class"] is null or "measurement" or "total" or "total_increasing", $"{id}: state_class");
        if ((string?)component["device_class"] is { } kind)
        {
            Assert.True(Classes.TryGetValue((platform, kind), out var units), $"{id}: device_class {kind}");
            Assert.True(units.Length == 0 || units.Contains((string?)component["unit_of_measurement"]), $"{id}: unit of {kind}");
        }
        foreach (var (name, value) in component)
        {
            if (name.EndsWith("_topic"))
                Assert.DoesNotMatch("[#+]", (string)value!);
            if (name.EndsWith("_template"))
                Assert.Equal(Opening().Count((string)value!), Closing().Count((string)value!));
            if (name is "min" or "max" or "step")
                Assert.Equal(JsonValueKind.Number, value!.GetValueKind());
            if (name is "retain")
                Assert.True(value!.GetValueKind() is JsonValueKind.True or JsonValueKind.False, $"{id}: retain");
        }
    }

    static void Only(JsonObject part, string[] names, string where) =>
        Assert.All(part, option => Assert.True(names.Contains(option.Key), $"{where}: Home Assistant knows no {option.Key}"));

    [GeneratedRegex(@"\{\{")]
    private static partial Regex Opening();

    [GeneratedRegex(@"\}\}")]
    private static partial Regex Closing();
}
