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
        int thresholdMinutes = 30, repeatMinutes = 5, breakSeconds = 60, strength = 80, utcOffsetMinutes, heartbeatSeconds = 60;
        bool alerts = true, lyingIsSitting = true, homeAssistant = true;
        string sensor = "thigh";
        string pattern = Patterns.Names[0];
        string workDays = "1234567";
        Window quiet = Window.None, lunch = Window.None;

        /// <summary><c>thigh</c>, <c>belt</c> or <c>seat</c>.</summary>
        public string Sensor => sensor;

        /// <summary>Unbroken sitting from which a reminder is due, minutes.</summary>
        public int ThresholdMinutes => thresholdMinutes;

        /// <summary>Time between a reminder and its repetition, minutes.</summary>
        public int RepeatMinutes => repeatMinutes;

        /// <summary>Time upright that heeds a reminder, s.</summary>
        public int BreakSeconds => breakSeconds;

        /// <summary>Whether to remind at all.</summary>
        public bool Alerts => alerts;

        /// <summary>Strength of the buzz, 0 (light only) to 100.</summary>
        public int Strength => strength;

        /// <summary>How a reminder buzzes: one of <see cref="Patterns.Names"/>.</summary>
        public string Pattern => pattern;

        /// <summary>When never to remind, local time.</summary>
        public Window Quiet => quiet;

        /// <summary>When not to remind on account of lunch, local time.</summary>
        public Window Lunch => lunch;

        /// <summary>Days to remind on, 1 = Monday to 7.</summary>
        public string WorkDays => workDays;

        /// <summary>Local time minus UTC, minutes.</summary>
        public int UtcOffsetMinutes => utcOffsetMinutes;

        /// <summary>Time between two heartbeats, s.</summary>
        public int HeartbeatSeconds => heartbeatSeconds;

        /// <summary>Whether lying counts as sitting; otherwise it is unknown.</summary>
        public bool LyingIsSitting => lyingIsSitting;

        /// <summary>Whether Home Assistant shall know the device.</summary>
        public bool HomeAssistant => homeAssistant;

        /// <summary>Another one with the same values.</summary>
        public DeviceSettings Copy() => (DeviceSettings)MemberwiseClone();

        /// <summary>Takes one setting by its name in the contract; an unknown name is passed over.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="value">A value as JSON gives it.</param>
        /// <returns>Why it was refused, beginning with the name; null when it was taken.</returns>
        public string Take(string name, object value) =>
            name == "sensor" ? Setting.Text(name, value, value as string == "thigh" || value as string == "belt" || value as string == "seat", "thigh, belt or seat", ref sensor)
            : name == "thresholdMinutes" ? Setting.Number(name, value, 15, 120, ref thresholdMinutes)
            : name == "repeatMinutes" ? Setting.Number(name, value, 1, 60, ref repeatMinutes)
            : name == "breakSeconds" ? Setting.Number(name, value, 10, 600, ref breakSeconds)
            : name == "strength" ? Setting.Number(name, value, 0, 100, ref strength)
            : name == "utcOffsetMinutes" ? Setting.Number(name, value, -720, 840, ref utcOffsetMinutes)
            : name == "heartbeatSeconds" ? Setting.Number(name, value, 15, 3600, ref heartbeatSeconds)
            : name == "alerts" ? Setting.Flag(name, value, ref alerts)
            : name == "lyingIsSitting" ? Setting.Flag(name, value, ref lyingIsSitting)
            : name == "homeAssistant" ? Setting.Flag(name, value, ref homeAssistant)
            : name == "quiet" ? Times(name, value, ref quiet)
            : name == "lunch" ? Times(name, value, ref lunch)
            : name == "pattern" ? Setting.Text(name, value, Patterns.Has(value as string), Patterns.List(), ref pattern)
            : name == "workDays" ? Setting.Text(name, value, AreDays(value as string), "digits such as \"12345\", 1 = Monday", ref workDays)
            : null;

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

        static string Times(string name, object value, ref Window setting)
        {
            var window = Window.Read(value);
            if (window == null)
                return Setting.Refuse(name, "two different times such as [\"22:00\",\"07:00\"], or []");
            setting = window;
            return null;
        }

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
