using System;
using SitSense.Firmware.Board;
using SitSense.Firmware.Json;

namespace SitSense.Firmware.Settings
{
    /// <summary>
    /// What may be set from afar, with its defaults. Once published it is never changed: a change makes a <see cref="Copy"/>.
    /// </summary>
    public sealed class DeviceSettings
    {
        /// <summary><c>thigh</c>, <c>belt</c> or <c>seat</c>.</summary>
        public string Sensor { get; private set; } = "thigh";

        /// <summary>Unbroken sitting from which a reminder is due, minutes.</summary>
        public int ThresholdMinutes { get; private set; } = 30;

        /// <summary>Time between a reminder and its repetition, minutes.</summary>
        public int RepeatMinutes { get; private set; } = 5;

        /// <summary>Time upright that heeds a reminder, s.</summary>
        public int BreakSeconds { get; private set; } = 60;

        /// <summary>Whether to remind at all.</summary>
        public bool Alerts { get; private set; } = true;

        /// <summary>Strength of the buzz, 0 (light only) to 100.</summary>
        public int Strength { get; private set; } = 80;

        /// <summary>How a reminder buzzes: one of <see cref="Patterns.Names"/>.</summary>
        public string Pattern { get; private set; } = Patterns.Names[0];

        /// <summary>When never to remind, local time.</summary>
        public Window Quiet { get; private set; } = Window.None;

        /// <summary>When not to remind on account of lunch, local time.</summary>
        public Window Lunch { get; private set; } = Window.None;

        /// <summary>Days to remind on, 1 = Monday to 7.</summary>
        public string WorkDays { get; private set; } = "1234567";

        /// <summary>Local time minus UTC, minutes.</summary>
        public int UtcOffsetMinutes { get; private set; }

        /// <summary>Time between two heartbeats, s.</summary>
        public int HeartbeatSeconds { get; private set; } = 60;

        /// <summary>Whether lying counts as sitting; otherwise it is unknown.</summary>
        public bool LyingIsSitting { get; private set; } = true;

        /// <summary>Whether Home Assistant shall know the device.</summary>
        public bool HomeAssistant { get; private set; } = true;

        /// <summary>Another one with the same values.</summary>
        public DeviceSettings Copy() => (DeviceSettings)MemberwiseClone();

        /// <summary>Takes one setting by its name in the contract; an unknown name is passed over.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="value">A value as JSON gives it.</param>
        /// <returns>Why it was refused, beginning with the name; null when it was taken.</returns>
        public string Take(string name, object value)
        {
            switch (name)
            {
                case "sensor":
                    if (!(value is string sensor) || sensor != "thigh" && sensor != "belt" && sensor != "seat")
                        return Refuse(name, "thigh, belt or seat");
                    Sensor = sensor;
                    return null;
                case "thresholdMinutes":
                    return Whole(value, 15, 120, out var threshold) ? Taken(ThresholdMinutes = threshold) : Refuse(name, "15 to 120");
                case "repeatMinutes":
                    return Whole(value, 1, 60, out var repeat) ? Taken(RepeatMinutes = repeat) : Refuse(name, "1 to 60");
                case "breakSeconds":
                    return Whole(value, 10, 600, out var pause) ? Taken(BreakSeconds = pause) : Refuse(name, "10 to 600");
                case "strength":
                    return Whole(value, 0, 100, out var strength) ? Taken(Strength = strength) : Refuse(name, "0 to 100");
                case "pattern":
                    if (!Patterns.Has(value as string))
                        return Refuse(name, Patterns.List());
                    Pattern = (string)value;
                    return null;
                case "utcOffsetMinutes":
                    return Whole(value, -720, 840, out var offset) ? Taken(UtcOffsetMinutes = offset) : Refuse(name, "-720 to 840");
                case "heartbeatSeconds":
                    return Whole(value, 15, 3600, out var heartbeat) ? Taken(HeartbeatSeconds = heartbeat) : Refuse(name, "15 to 3600");
                case "alerts":
                    if (!(value is bool))
                        return Refuse(name, "true or false");
                    Alerts = (bool)value;
                    return null;
                case "lyingIsSitting":
                    if (!(value is bool))
                        return Refuse(name, "true or false");
                    LyingIsSitting = (bool)value;
                    return null;
                case "homeAssistant":
                    if (!(value is bool))
                        return Refuse(name, "true or false");
                    HomeAssistant = (bool)value;
                    return null;
                case "quiet":
                    var quiet = Window.Read(value);
                    if (quiet == null)
                        return Refuse(name, "two different times such as [\"22:00\",\"07:00\"], or []");
                    Quiet = quiet;
                    return null;
                case "lunch":
                    var lunch = Window.Read(value);
                    if (lunch == null)
                        return Refuse(name, "two different times such as [\"12:00\",\"13:00\"], or []");
                    Lunch = lunch;
                    return null;
                case "workDays":
                    if (!AreDays(value as string))
                        return Refuse(name, "digits such as \"12345\", 1 = Monday");
                    WorkDays = (string)value;
                    return null;
                default:
                    return null;
            }
        }

        /// <summary>Adds all of them to <paramref name="json"/>, by their names in the contract.</summary>
        public JsonWriter Write(JsonWriter json) => json
            .Add("sensor", Sensor)
            .Add("thresholdMinutes", ThresholdMinutes)
            .Add("repeatMinutes", RepeatMinutes)
            .Add("breakSeconds", BreakSeconds)
            .Add("alerts", Alerts)
            .Add("strength", Strength)
            .Add("pattern", Pattern)
            .Add("quiet", Quiet.ToTexts())
            .Add("lunch", Lunch.ToTexts())
            .Add("workDays", WorkDays)
            .Add("utcOffsetMinutes", UtcOffsetMinutes)
            .Add("heartbeatSeconds", HeartbeatSeconds)
            .Add("lyingIsSitting", LyingIsSitting)
            .Add("homeAssistant", HomeAssistant);

        /// <summary>Reads a whole number in a range, ends included.</summary>
        public static bool Whole(object value, int from, int to, out int number)
        {
            number = 0;
            if (!(value is long))
                return false;
            var wide = (long)value;
            if (wide < from || wide > to)
                return false;
            number = (int)wide;
            return true;
        }

        static string Taken(int value) => null;

        static string Refuse(string name, string may) => name + ": must be " + may;

        static bool AreDays(string days)
        {
            if (string.IsNullOrEmpty(days))
                return false;
            for (var i = 0; i < days.Length; i++)
                if (days[i] < '1' || days[i] > '7' || days.IndexOf(days[i]) != i)
                    return false;
            return true;
        }
    }
}
