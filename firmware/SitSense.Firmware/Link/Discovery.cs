using SitSense.Firmware.Json;

namespace SitSense.Firmware.Link
{
    /// <summary>Home Assistant's device discovery: one message that describes the device and all its entities.</summary>
    public static class Discovery
    {
        // Home Assistant's word for "not known" is None.
        const string SittingTemplate =
            "{{ {'sitting': 'ON', 'upright': 'OFF', 'object': 'OFF'}.get(value_json.posture, 'None') }}";

        /// <summary>The retained message.</summary>
        /// <param name="topics">The device's topics.</param>
        /// <param name="device">Its id.</param>
        /// <param name="sensor">Its sensor, as in the settings.</param>
        public static string Config(Topics topics, string device, string sensor)
        {
            var json = new JsonWriter()
                .Begin("device")
                    .Add("identifiers", new string[] { "sitsense-" + device })
                    .Add("name", "SitSense " + device)
                    .Add("manufacturer", "SitSense")
                    .Add("model", sensor == "seat" ? "Seat cushion" : "Clip-on (" + sensor + ")")
                    .Add("sw_version", Release.Version)
                .End()
                .Begin("origin")
                    .Add("name", "SitSense")
                    .Add("sw_version", Release.Version)
                .End()
                .Add("availability_topic", topics.Status)
                .Add("availability_template", "{{ 'offline' if value == 'offline' else 'online' }}")
                .Add("qos", 1)
                .Begin("components");
            Entity(json, device, "sitting", "binary_sensor", "Sitting")
                .Add("device_class", "occupancy")
                .Add("state_topic", topics.Posture)
                .Add("value_template", SittingTemplate)
                .End();
            Diagnostic(json, topics, device, "uptime", "Uptime", "{{ (value_json.uptimeMs / 1000) | int }}")
                .Add("device_class", "duration")
                .Add("unit_of_measurement", "s")
                .End();
            Diagnostic(json, topics, device, "heap", "Free memory", "{{ value_json.heapFree }}")
                .Add("unit_of_measurement", "B")
                .End();
            Diagnostic(json, topics, device, "journal", "Waiting events", "{{ value_json.journal }}").End();
            Diagnostic(json, topics, device, "faults", "Faults", "{{ value_json.faults | default('none') }}").End();
            Entity(json, device, "identify", "button", "Identify")
                .Add("device_class", "identify")
                .Add("entity_category", "config")
                .Add("command_topic", topics.Command)
                .Add("payload_press", "{\"do\":\"identify\"}")
                .End();
            return json.End().ToString();
        }

        static JsonWriter Entity(JsonWriter json, string device, string id, string platform, string name) => json
            .Begin(id)
            .Add("platform", platform)
            .Add("unique_id", "sitsense-" + device + "-" + id)
            .Add("name", name);

        static JsonWriter Diagnostic(JsonWriter json, Topics topics, string device, string id, string name, string template) =>
            Entity(json, device, id, "sensor", name)
                .Add("entity_category", "diagnostic")
                .Add("state_topic", topics.Heartbeat)
                .Add("value_template", template);
    }
}
