using System.Collections;
using SitSense.Firmware.Json;
using SitSense.Firmware.Settings;

namespace SitSense.Firmware.Tests.Settings;

static class Wishes
{
    /// <summary>Settings that differ from the defaults as the JSON says; all of it must be good.</summary>
    public static DeviceSettings Of(string json)
    {
        var settings = new DeviceSettings();
        foreach (DictionaryEntry entry in JsonReader.Object(json))
            Assert.Null(settings.Take((string)entry.Key, entry.Value));
        return settings;
    }
}
