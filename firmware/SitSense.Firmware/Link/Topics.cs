namespace SitSense.Firmware.Link
{
    /// <summary>The topics of one device.</summary>
    public sealed class Topics
    {
        /// <summary>Where Home Assistant tells its birth.</summary>
        public const string HomeAssistantStatus = "homeassistant/status";

        /// <summary>The topics under a root.</summary>
        public Topics(string root, string device)
        {
            Own = root + "/" + device + "/";
            Posture = Own + "posture";
            Heartbeat = Own + "heartbeat";
            Status = Own + "status";
            Reminder = Own + "reminder";
            Settings = Own + "settings";
            Reported = Own + "settings/reported";
            Command = Own + "command";
            Answer = Own + "answer";
            Measures = Own + "measures";
            Discovery = "homeassistant/device/sitsense-" + device + "/config";
        }

        /// <summary>What all of them begin with.</summary>
        public string Own { get; }

        /// <summary>Changes of posture.</summary>
        public string Posture { get; }

        /// <summary>That the posture still holds.</summary>
        public string Heartbeat { get; }

        /// <summary><c>online</c> and <c>offline</c>, retained.</summary>
        public string Status { get; }

        /// <summary>What happened to reminders.</summary>
        public string Reminder { get; }

        /// <summary>Wanted settings.</summary>
        public string Settings { get; }

        /// <summary>The settings that hold, retained.</summary>
        public string Reported { get; }

        /// <summary>What the device shall do.</summary>
        public string Command { get; }

        /// <summary>What came of a command.</summary>
        public string Answer { get; }

        /// <summary>What is measured beyond posture.</summary>
        public string Measures { get; }

        /// <summary>Home Assistant's device discovery, retained.</summary>
        public string Discovery { get; }
    }
}
