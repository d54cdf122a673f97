using System.Text;
using SitSense.Firmware.Board;

namespace SitSense.Firmware.Link
{
    /// <summary>
    /// Home Assistant's device discovery: one message that describes the device and all its entities. What a sensor has not is there by its
    /// platform alone, which is how Home Assistant is told to remove it: another sensor may have had it.
    /// </summary>
    public static class Discovery
    {
        // Templates, because byte code is dear on the device and text is cheap. ` stands for a quotation mark, #d for the device, #t for its topics, #e for the beginning of
        // an entity; the rest of what begins with # is in Config.
        const string Frame = "{`device`:{`identifiers`:[`sitsense-#d`],`name`:`SitSense #d`,`manufacturer`:`SitSense`,`model`:`#m`,`sw_version`:`#v`}," +
            "`origin`:{`name`:`SitSense`,`sw_version`:`#v`},`availability_topic`:`#tstatus`," +
            // A device that sleeps between two batches is there.
            "`availability_template`:`{{ 'offline' if value == 'offline' else 'online' }}`,`qos`:1,`components`:{" + Sitting + Wishes + Buttons + Diagnostics + "}}";

        // Home Assistant's word for "not known" is None.
        const string Sitting =
            "`sitting`:{#ebinary_sensor`,#usitting`,`name`:`Sitting`,`device_class`:`occupancy`,#h{{ {'sitting': 'ON', 'upright': 'OFF', 'object': 'OFF'}.get(value_json.posture, 'None') }}`}," +
            "`bout`:{#esensor`,#ubout`,`name`:`Current bout`,`state_class`:`measurement`,#n#h{{ (value_json.sittingMs / 60000) | round(1) if value_json.sittingMs is defined else 'None' }}`}," +
            // No total_increasing: the count is up to ten minutes back after a power cut, which would be taken for a new day's.
            "`today`:{#esensor`,#utoday`,`name`:`Sitting today`,`state_class`:`measurement`,#n#h{{ (value_json.todaySittingMs / 60000) | round(1) if value_json.todaySittingMs is defined else 'None' }}`}," +
            "`known`:{#esensor`,#uknown`,`name`:`Known today`,`entity_category`:`diagnostic`,#n#h{{ (value_json.todayKnownMs / 60000) | round(1) if value_json.todayKnownMs is defined else 'None' }}`},";

        // Retained, as settings are: the last wish holds for a device that is away.
        const string Wishes =
            "`threshold`:{#enumber`,#uthreshold`,`name`:`Remind after`,#w{{ value_json.thresholdMinutes }}`,`command_template`:`{\\`thresholdMinutes\\`: {{ value | int }} }`," +
            "`device_class`:`duration`,`unit_of_measurement`:`min`,`min`:15,`max`:120,`step`:1}," +
            "`strength`:{#enumber`,#ustrength`,`name`:`Strength`,#w{{ value_json.strength }}`,`command_template`:`{\\`strength\\`: {{ value | int }} }`," +
            "`unit_of_measurement`:`%`,`min`:0,`max`:100,`step`:5}," +
            "`alerts`:{#eswitch`,#ualerts`,`name`:`Alerts`,#w{{ 'ON' if value_json.alerts else 'OFF' }}`,`payload_on`:`{\\`alerts\\`:true}`,`payload_off`:`{\\`alerts\\`:false}`,`state_on`:`ON`,`state_off`:`OFF`}," +
            "`response`:{#eselect`,#uresponse`,`name`:`Response`,#w{{ value_json.pattern }}`,`command_template`:`{\\`pattern\\`: \\`{{ value }}\\`}`,`options`:[#o]},";

        const string Buttons =
            "`snooze`:{#ebutton`,#usnooze`,`name`:`Snooze`,#bsnooze\\`}`},`identify`:{#ebutton`,#uidentify`,`name`:`Identify`,#bidentify\\`}`,`device_class`:`identify`,`entity_category`:`config`}," +
            "`calibrate`:{#ebutton`,#ucalibrate`,`name`:`Calibrate #s`,#bcalibrate\\`,\\`step\\`:\\`#s\\`}`,`entity_category`:`config`},`calibrate_occupied`:{#c},";

        const string Occupied = "#ebutton`,#ucalibrate_occupied`,`name`:`Calibrate occupied`,#bcalibrate\\`,\\`step\\`:\\`occupied\\`}`,`entity_category`:`config`";

        const string Diagnostics =
            "`battery`:{#esensor`,#ubattery`,`name`:`Battery`,`device_class`:`battery`,`unit_of_measurement`:`%`,`state_class`:`measurement`," +
            "#q{{ (value_json.battery * 100) | round | int if value_json.battery is defined else 'None' }}`}," +
            "`rssi`:{#esensor`,#urssi`,`name`:`Signal`,`device_class`:`signal_strength`,`unit_of_measurement`:`dBm`,`state_class`:`measurement`,#q{{ value_json.rssi | default('None') }}`}," +
            "`heap`:{#esensor`,#uheap`,`name`:`Free memory`,`device_class`:`data_size`,`unit_of_measurement`:`B`,`state_class`:`measurement`,#q{{ value_json.heapFree }}`}," +
            "`uptime`:{#esensor`,#uuptime`,`name`:`Uptime`,`device_class`:`duration`,`unit_of_measurement`:`s`,#q{{ (value_json.uptimeMs / 1000) | int }}`}," +
            "`journal`:{#esensor`,#ujournal`,`name`:`Waiting events`,`state_class`:`measurement`,#q{{ value_json.journal }}`}," +
            "`firmware`:{#esensor`,#ufirmware`,`name`:`Firmware`,#q{{ value_json.firmware }}`},`restart`:{#esensor`,#urestart`,`name`:`Last restart`,#q{{ value_json.restart }}`}," +
            "`faults`:{#esensor`,#ufaults`,`name`:`Faults`,#q{{ value_json.faults | default('none') | truncate(255) }}`}";

        /// <summary>The retained message.</summary>
        /// <param name="topics">The device's topics.</param>
        /// <param name="device">Its id.</param>
        /// <param name="sensor">Its sensor, as in the settings.</param>
        public static string Config(Topics topics, string device, string sensor)
        {
            var isSeat = sensor == "seat";
            // What others stand for comes first.
            return new StringBuilder(Frame)
                .Replace("#c", isSeat ? Occupied : "#ebutton`")
                .Replace("#s", isSeat ? "empty" : "standing")
                .Replace("#m", isSeat ? "Seat cushion" : "Clip-on (" + sensor + ")")
                .Replace("#o", Options())
                .Replace("#n", "`device_class`:`duration`,`unit_of_measurement`:`min`,`suggested_display_precision`:0,")
                .Replace("#q", "`entity_category`:`diagnostic`,#h")
                .Replace("#h", "`state_topic`:`#theartbeat`,`value_template`:`")
                .Replace("#w", "`entity_category`:`config`,`command_topic`:`#tsettings`,`retain`:true,`state_topic`:`#tsettings/reported`,`value_template`:`")
                .Replace("#b", "`command_topic`:`#tcommand`,`payload_press`:`{\\`do\\`:\\`")
                .Replace("#e", "`platform`:`")
                .Replace("#u", "`unique_id`:`sitsense-#d-")
                .Replace("#t", topics.Own)
                .Replace("#d", device)
                .Replace("#v", Release.Version)
                .Replace("`", "\"")
                .ToString();
        }

        static string Options()
        {
            var options = "";
            for (var i = 0; i < Patterns.Names.Length; i++)
                options += (i > 0 ? ",`" : "`") + Patterns.Names[i] + "`";
            return options;
        }
    }
}
