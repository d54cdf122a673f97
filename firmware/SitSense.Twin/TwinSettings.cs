#nullable enable
using System;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SitSense.Twin;

/// <summary>Writes the firmware's settings file onto a twin's flash, as a maker would deploy it; what it says already and the options don't stays.</summary>
static class TwinSettings
{
    const string FileName = "sitsense.json";

    public static void Deploy(TwinOptions options)
    {
        var path = Path.Combine(options.FlashFolder, FileName);
        var before = File.Exists(path) ? File.ReadAllText(path) : "";
        var settings = Parse(before);
        settings["device"] = options.Device;
        settings["sensor"] = options.Sensor.ToString().ToLowerInvariant();
        if (options.Sensor == Sensor.Seat)
            settings["pads"] = options.Pads;
        if (options.HeartbeatSeconds is { } seconds)
            settings["heartbeatSeconds"] = seconds;
        if (options.OnBattery)
        {
            settings["power"] = "battery";
            settings["motionInterrupt"] ??= true;
        }
        settings["wifi"] ??= new JsonObject { ["ssid"] = "twin", ["password"] = "twin" };
        if (options.BrokerHost is { } host)
            settings["broker"] = Broker(options, host);
        settings["utcOffsetMinutes"] = (int)options.Zone.GetUtcOffset(options.StartUtc ?? DateTime.UtcNow).TotalMinutes;
        var after = settings.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
        // An unchanged file keeps what was set from afar.
        if (after != before)
            File.WriteAllText(path, after);
    }

    static JsonObject Broker(TwinOptions options, string host)
    {
        var broker = new JsonObject { ["host"] = host, ["port"] = options.BrokerPort };
        if (options.User is { } user)
            broker["user"] = user;
        if (options.Password is { } password)
            broker["password"] = password;
        if (options.Ca is { } ca)
        {
            broker["tls"] = true;
            broker["ca"] = ca;
        }
        if (options.Root is { } root)
            broker["root"] = root;
        return broker;
    }

    static JsonObject Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
