namespace SitSense.Upkeep.Setup
{
    /// <summary>The names of the page's fields.</summary>
    public static class Fields
    {
        /// <summary>The device's name.</summary>
        public const string Device = "device";

        /// <summary>What it is: thigh, belt or seat.</summary>
        public const string Sensor = "sensor";

        /// <summary>How many pads a cushion has.</summary>
        public const string Pads = "pads";

        /// <summary>The Wi-Fi.</summary>
        public const string WifiName = "ssid";

        /// <summary>Its password.</summary>
        public const string WifiPassword = "wifipassword";

        /// <summary>The broker's name or address; empty = none.</summary>
        public const string Host = "host";

        /// <summary>Its port; empty = the usual one.</summary>
        public const string Port = "port";

        /// <summary>The user there; empty = anonymous.</summary>
        public const string User = "user";

        /// <summary>The user's password.</summary>
        public const string Password = "password";

        /// <summary>Whether to speak TLS: not empty.</summary>
        public const string Tls = "tls";

        /// <summary>The certificate for it.</summary>
        public const string Ca = "ca";

        /// <summary>Local time minus UTC, such as +01:00.</summary>
        public const string Offset = "offset";

        /// <summary>When quiet hours begin.</summary>
        public const string QuietFrom = "quietfrom";

        /// <summary>When they end.</summary>
        public const string QuietTo = "quietto";

        /// <summary>Those that are shown as they were typed.</summary>
        public static readonly string[] All = { Device, Sensor, Pads, WifiName, Host, Port, User, Tls, Ca, Offset, QuietFrom, QuietTo };

        /// <summary>Those that are never shown.</summary>
        public static readonly string[] Secret = { WifiPassword, Password };
    }
}
