using System.Collections;
using SitSense.Firmware.Board;

namespace SitSense.Firmware.Settings
{
    /// <summary>What only the file and the device's own page may say: who the device is and where it reports to. Never set from afar and never reported.</summary>
    public sealed class Place
    {
        /// <summary>The longest device id.</summary>
        public const int MaxDeviceLength = 32;

        /// <summary>The broker's port where none is said.</summary>
        public const int PlainPort = 1883;

        /// <summary>The same with TLS.</summary>
        public const int TlsPort = 8883;

        /// <summary>What the reference of an ADC may be off by.</summary>
        const double LeastScale = 0.8, MostScale = 1.25;

        string device, buzzer, power, updateKey;
        int pads = 4;
        bool hasCharger, hasMotionInterrupt;

        /// <summary>The device id, <c>[a-z0-9-]{1,32}</c>; null where the file has none.</summary>
        public string Device => device;

        /// <summary>The Wi-Fi's name; null where the board's own stored one is used.</summary>
        public string WifiName { get; private set; }

        /// <summary>The Wi-Fi's password.</summary>
        public string WifiPassword { get; private set; } = "";

        /// <summary>The broker's host name or address; null = there is none, and the device only reminds.</summary>
        public string Host { get; private set; }

        /// <summary>The broker's port.</summary>
        public int Port { get; private set; }

        /// <summary>The user at the broker; null = anonymous.</summary>
        public string User { get; private set; }

        /// <summary>The user's password.</summary>
        public string Password { get; private set; }

        /// <summary>Whether to speak TLS.</summary>
        public bool Tls { get; private set; }

        /// <summary>The certificate that the broker's must lead to, PEM.</summary>
        public string Ca { get; private set; }

        /// <summary>The root of all topics.</summary>
        public string Root { get; private set; } = "sitsense";

        /// <summary>Whether a clip-on's charger is wired to its pin.</summary>
        public bool HasCharger => hasCharger;

        /// <summary>Whether the INT of a clip-on's motion sensor is wired to its pin.</summary>
        public bool HasMotionInterrupt => hasMotionInterrupt;

        /// <summary>Whether a battery feeds the device: it sleeps between batches.</summary>
        public bool OnBattery => power == "battery";

        /// <summary>What a voltmeter shows at the cell, over what the device tells of it: the reference of an ESP32's ADC is off by up to 10 %.</summary>
        public float BatteryScale { get; private set; } = 1;

        /// <summary>How many seat pads are wired, 1 to as many as the board has pins for.</summary>
        public int Pads => pads;

        /// <summary>What buzzes: <c>motor</c> or <c>piezo</c>; null = what is usual for the sensor.</summary>
        public string Buzzer => buzzer;

        /// <summary>Who may sign programs from afar, for the caretaker; null = nobody.</summary>
        public string UpdateKey => updateKey;

        /// <summary>Whether a name belongs here.</summary>
        public static bool Owns(string name) =>
            name == "device" || name == "wifi" || name == "broker" || name == "pads" || name == "buzzer" || name == "charger" || name == "motionInterrupt"
            || name == "updateKey" || name == "power" || name == "batteryScale";

        /// <summary>Takes one of the names that it owns.</summary>
        /// <returns>Why it was refused, beginning with the name; null when it was taken.</returns>
        public string Take(string name, object value) =>
            name == "device" ? Setting.Text(name, value, IsId(value as string), "1 to 32 of a-z, 0-9 and -", ref device)
            : name == "pads" ? Setting.Number(name, value, 1, Pins.SeatPads.Length, ref pads)
            : name == "charger" ? Setting.Flag(name, value, ref hasCharger)
            : name == "motionInterrupt" ? Setting.Flag(name, value, ref hasMotionInterrupt)
            : name == "buzzer" ? Setting.Text(name, value, value as string == "motor" || value as string == "piezo", "motor or piezo", ref buzzer)
            : name == "power" ? Setting.Text(name, value, value as string == "usb" || value as string == "battery", "usb or battery", ref power)
            : name == "updateKey" ? Setting.Text(name, value, value is string, "a text", ref updateKey)
            : name == "batteryScale" ? Scale(name, value)
            : name == "wifi" ? value is Hashtable wifi ? Wifi(wifi) : "wifi: must be {\"ssid\",\"password\"}"
            : value is Hashtable broker ? Broker(broker)
            : value == null ? Host = null
            : "broker: must be {\"host\",...}";

        /// <summary>Whether a text can be a device id.</summary>
        public static bool IsId(string text)
        {
            if (string.IsNullOrEmpty(text) || text.Length > MaxDeviceLength)
                return false;
            for (var i = 0; i < text.Length; i++)
            {
                var c = text[i];
                if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-'))
                    return false;
            }
            return true;
        }

        string Scale(string name, object value)
        {
            var scale = value is double real ? real : value is long whole ? whole : 0.0;
            if (scale < LeastScale || scale > MostScale)
                return Setting.Refuse(name, "0.8 to 1.25");
            BatteryScale = (float)scale;
            return null;
        }

        string Wifi(Hashtable wifi)
        {
            var name = wifi["ssid"] as string;
            if (string.IsNullOrEmpty(name))
                return "wifi: needs an ssid";
            WifiName = name;
            WifiPassword = wifi["password"] as string ?? "";
            return null;
        }

        string Broker(Hashtable broker)
        {
            var host = broker["host"] as string;
            if (string.IsNullOrEmpty(host))
                return "broker: needs a host";
            var tls = broker["tls"];
            if (tls != null && !(tls is bool))
                return "broker: tls must be true or false";
            var secure = tls != null && (bool)tls;
            var port = secure ? TlsPort : PlainPort;
            if (broker["port"] != null && !DeviceSettings.Whole(broker["port"], 1, 65535, out port))
                return "broker: port must be 1 to 65535";
            var ca = broker["ca"] as string;
            if (secure && string.IsNullOrEmpty(ca))
                return "broker: tls needs ca, the certificate to check the broker's with";
            var root = broker["root"];
            if (root != null && !IsRoot(root as string))
                return "broker: root must be a topic without # and +";
            Host = host;
            Port = port;
            Tls = secure;
            Ca = ca;
            User = broker["user"] as string;
            Password = broker["password"] as string;
            if (root != null)
                Root = (string)root;
            return null;
        }

        static bool IsRoot(string text) => !string.IsNullOrEmpty(text) && text.IndexOf('#') < 0 && text.IndexOf('+') < 0;
    }
}
