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
            var own = root + "/" + device + "/";
            Posture = own + "posture";
            Heartbeat = own + "heartbeat";
            Status = own + "status";
            Reminder = own + "reminder";
            Settings = own + "settings";
            Reported = own + "settings/reported";
            Command = own + "command";
            Answer = own + "answer";
            Measures = own + "measures";
            Discovery = "homeassistant/device/sitsense-" + device + "/config";
        }

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
