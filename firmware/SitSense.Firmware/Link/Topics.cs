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
            Discovery = "homeassistant/device/sitsense-" + device + "/config";
        }

        /// <summary>What all of them begin with.</summary>
        public string Own { get; }

        /// <summary>Changes of posture.</summary>
        public string Posture => Own + "posture";

        /// <summary>That the posture still holds.</summary>
        public string Heartbeat => Own + "heartbeat";

        /// <summary><c>online</c> and <c>offline</c>, retained.</summary>
        public string Status => Own + "status";

        /// <summary>What happened to reminders.</summary>
        public string Reminder => Own + "reminder";

        /// <summary>Wanted settings.</summary>
        public string Settings => Own + "settings";

        /// <summary>The settings that hold, retained.</summary>
        public string Reported => Own + "settings/reported";

        /// <summary>What the device shall do.</summary>
        public string Command => Own + "command";

        /// <summary>What came of a command.</summary>
        public string Answer => Own + "answer";

        /// <summary>What is measured beyond posture.</summary>
        public string Measures => Own + "measures";

        /// <summary>Home Assistant's device discovery, retained.</summary>
        public string Discovery { get; }
    }
}
