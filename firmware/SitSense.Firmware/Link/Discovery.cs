using SitSense.Firmware.Board;
using SitSense.Firmware.Json;

namespace SitSense.Firmware.Link
{
    /// <summary>
    /// Home Assistant's device discovery: one message that describes the device and all its entities. What a sensor has not is there by its
    /// platform alone, which is how Home Assistant is told to remove it: another sensor may have had it.
    /// </summary>
    public sealed class Discovery
    {
        // Home Assistant's word for "not known" is None.
        const string SittingTemplate =
            "{{ {'sitting': 'ON', 'upright': 'OFF', 'object': 'OFF'}.get(value_json.posture, 'None') }}";

        readonly Topics topics;
        readonly string device;
        readonly JsonWriter json = new JsonWriter();

        Discovery(Topics topics, string device)
        {
            this.topics = topics;
            this.device = device;
        }

        /// <summary>The retained message.</summary>
        /// <param name="topics">The device's topics.</param>
        /// <param name="device">Its id.</param>
        /// <param name="sensor">Its sensor, as in the settings.</param>
        public static string Config(Topics topics, string device, string sensor) => new Discovery(topics, device).Write(sensor == "seat", sensor);

        string Write(bool isSeat, string sensor)
        {
            json.Begin("device")
                    .Add("identifiers", new string[] { "sitsense-" + device })
                    .Add("name", "SitSense " + device)
                    .Add("manufacturer", "SitSense")
                    .Add("model", isSeat ? "Seat cushion" : "Clip-on (" + sensor + ")")
                    .Add("sw_version", Release.Version)
                .End()
                .Begin("origin")
                    .Add("name", "SitSense")
                    .Add("sw_version", Release.Version)
                .End()
                .Add("availability_topic", topics.Status)
                // A device that sleeps between two batches is there.
                .Add("availability_template", "{{ 'offline' if value == 'offline' else 'online' }}")
                .Add("qos", 1)
                .Begin("components");
            Sitting();
            Wishes();
            Button("snooze", "Snooze", "{\"do\":\"snooze\"}").End();
            Button("identify", "Identify", "{\"do\":\"identify\"}").Add("device_class", "identify").Add("entity_category", "config").End();
            Button("calibrate", isSeat ? "Calibrate empty" : "Calibrate standing", "{\"do\":\"calibrate\",\"step\":\"" + (isSeat ? "empty" : "standing") + "\"}")
                .Add("entity_category", "config").End();
            if (isSeat)
                Button("calibrate_occupied", "Calibrate occupied", "{\"do\":\"calibrate\",\"step\":\"occupied\"}").Add("entity_category", "config").End();
            else
                json.Begin("calibrate_occupied").Add("platform", "button").End();
            Diagnostics();
            return json.End().ToString();
        }

        void Sitting()
        {
            Entity("sitting", "binary_sensor", "Sitting")
                .Add("device_class", "occupancy")
                .Add("state_topic", topics.Heartbeat)
                .Add("value_template", SittingTemplate)
                .End();
            Minutes("bout", "Current bout", "sittingMs").Add("state_class", "measurement").End();
            Minutes("today", "Sitting today", "todaySittingMs").Add("state_class", "total_increasing").End();
            Minutes("known", "Known today", "todayKnownMs").Add("entity_category", "diagnostic").End();
        }

        // Retained, as settings are: the last wish holds for a device that is away.
        void Wishes()
        {
            Wish("threshold", "number", "Remind after", "{{ value_json.thresholdMinutes }}")
                .Add("command_template", "{\"thresholdMinutes\": {{ value | int }} }")
                .Add("device_class", "duration")
                .Add("unit_of_measurement", "min")
                .Add("min", 15).Add("max", 120).Add("step", 1)
                .End();
            Wish("strength", "number", "Strength", "{{ value_json.strength }}")
                .Add("command_template", "{\"strength\": {{ value | int }} }")
                .Add("unit_of_measurement", "%")
                .Add("min", 0).Add("max", 100).Add("step", 5)
                .End();
            Wish("alerts", "switch", "Alerts", "{{ 'ON' if value_json.alerts else 'OFF' }}")
                .Add("payload_on", "{\"alerts\":true}")
                .Add("payload_off", "{\"alerts\":false}")
                .Add("state_on", "ON")
                .Add("state_off", "OFF")
                .End();
            Wish("response", "select", "Response", "{{ value_json.pattern }}")
                .Add("command_template", "{\"pattern\": \"{{ value }}\"}")
                .Add("options", Patterns.Names)
                .End();
        }

        void Diagnostics()
        {
            Diagnostic("battery", "Battery", "{{ (value_json.battery * 100) | round | int if value_json.battery is defined else 'None' }}")
                .Add("device_class", "battery").Add("unit_of_measurement", "%").Add("state_class", "measurement").End();
            Diagnostic("rssi", "Signal", Known("rssi"))
                .Add("device_class", "signal_strength").Add("unit_of_measurement", "dBm").Add("state_class", "measurement").End();
            Diagnostic("heap", "Free memory", "{{ value_json.heapFree }}")
                .Add("device_class", "data_size").Add("unit_of_measurement", "B").Add("state_class", "measurement").End();
            Diagnostic("uptime", "Uptime", "{{ (value_json.uptimeMs / 1000) | int }}")
                .Add("device_class", "duration").Add("unit_of_measurement", "s").End();
            Diagnostic("journal", "Waiting events", "{{ value_json.journal }}").Add("state_class", "measurement").End();
            Diagnostic("firmware", "Firmware", "{{ value_json.firmware }}").End();
            Diagnostic("restart", "Last restart", "{{ value_json.restart }}").End();
            Diagnostic("faults", "Faults", "{{ value_json.faults | default('none') | truncate(255) }}").End();
        }

        JsonWriter Entity(string id, string platform, string name) => json
            .Begin(id)
            .Add("platform", platform)
            .Add("unique_id", "sitsense-" + device + "-" + id)
            .Add("name", name);

        JsonWriter Minutes(string id, string name, string field) => Entity(id, "sensor", name)
            .Add("device_class", "duration")
            .Add("unit_of_measurement", "min")
            .Add("suggested_display_precision", 0)
            .Add("state_topic", topics.Heartbeat)
            .Add("value_template", "{{ (value_json." + field + " / 60000) | round(1) if value_json." + field + " is defined else 'None' }}");

        JsonWriter Wish(string id, string platform, string name, string template) => Entity(id, platform, name)
            .Add("entity_category", "config")
            .Add("state_topic", topics.Reported)
            .Add("value_template", template)
            .Add("command_topic", topics.Settings)
            .Add("retain", true);

        JsonWriter Button(string id, string name, string command) => Entity(id, "button", name)
            .Add("command_topic", topics.Command)
            .Add("payload_press", command);

        JsonWriter Diagnostic(string id, string name, string template) => Entity(id, "sensor", name)
            .Add("entity_category", "diagnostic")
            .Add("state_topic", topics.Heartbeat)
            .Add("value_template", template);

        static string Known(string field) => "{{ value_json." + field + " | default('None') }}";
    }
}
