using System;
using System.Collections;
using SitSense.Firmware.Json;
using SitSense.Firmware.Reminding;
using SitSense.Firmware.Settings;

namespace SitSense.Firmware.Link
{
    /// <summary>What somebody wants the device to do; immutable.</summary>
    public sealed class Command
    {
        const int MostSnoozeMinutes = 120;
        const int MostPauseMinutes = 24 * 60;

        Command(string what, int minutes, string step, string side = null)
        {
            Do = what;
            Minutes = minutes;
            Step = step;
            Side = side;
        }

        /// <summary>The word: <c>snooze</c>, <c>calibrate</c>, <c>identify</c>, <c>pause</c>, <c>resume</c>, <c>restart</c>, <c>selftest</c>, <c>stance</c> or <c>revert</c>.</summary>
        public string Do { get; }

        /// <summary>How long to snooze or pause, minutes; 0 = a pause without an end.</summary>
        public int Minutes { get; }

        /// <summary>What to calibrate: <c>empty</c>, <c>occupied</c> or <c>standing</c>.</summary>
        public string Step { get; }

        /// <summary>The leg to stand on: <c>left</c> or <c>right</c>.</summary>
        public string Side { get; }

        /// <summary>Reads the payload of the topic <c>command</c>.</summary>
        /// <exception cref="FormatException">It is no command; the message says why.</exception>
        public static Command Read(string text)
        {
            var table = JsonReader.Object(text);
            var what = table["do"] as string;
            switch (what)
            {
                case "snooze":
                    return new Command(what, ReadMinutes(table, 1, MostSnoozeMinutes, Reminder.SnoozeMinutes), null);
                case "pause":
                    return new Command(what, ReadMinutes(table, 1, MostPauseMinutes, 0), null);
                case "calibrate":
                    var step = table["step"] as string;
                    if (step != "empty" && step != "occupied" && step != "standing")
                        throw new FormatException("step: must be empty, occupied or standing");
                    return new Command(what, 0, step);
                case "stance":
                    var side = table["side"] as string;
                    if (side != "left" && side != "right")
                        throw new FormatException("side: must be left or right, the leg to stand on");
                    return new Command(what, 0, null, side);
                default:
                    if (what == "identify" || what == "resume" || what == "restart" || what == "selftest" || what == "revert")
                        return new Command(what, 0, null);
                    throw new FormatException("do: must be snooze, calibrate, identify, pause, resume, restart, selftest, stance or revert");
            }
        }

        static int ReadMinutes(Hashtable table, int from, int to, int otherwise)
        {
            if (table["minutes"] == null)
                return otherwise;
            if (DeviceSettings.Whole(table["minutes"], from, to, out var minutes))
                return minutes;
            throw new FormatException("minutes: must be " + from.ToString() + " to " + to.ToString());
        }
    }
}
