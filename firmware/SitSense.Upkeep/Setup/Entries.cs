using System;
using System.Collections;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SitSense.Firmware.Json;
using SitSense.Firmware.Settings;

namespace SitSense.Upkeep.Setup
{
    /// <summary>
    /// What stands in the fields of the page: what holds now, then what was typed, right or wrong. Passwords are kept here and never shown again.
    /// </summary>
    public sealed class Entries
    {
        const int MostNameBytes = 32, LeastPassword = 8, MostPassword = 64;

        readonly SettingsStore store;
        readonly Hashtable texts = new Hashtable();
        readonly string storedWay;
        Hashtable wrong = new Hashtable();

        /// <summary>The fields as the settings fill them.</summary>
        public Entries(SettingsStore store)
        {
            this.store = store;
            var place = store.Place;
            var settings = store.Current;
            texts[Fields.Device] = store.Device;
            texts[Fields.Sensor] = settings.Sensor;
            texts[Fields.Pads] = place.Pads.ToString();
            texts[Fields.WifiName] = place.WifiName;
            texts[Fields.Host] = place.Host;
            texts[Fields.Port] = place.Host == null ? null : place.Port.ToString();
            texts[Fields.User] = place.User;
            texts[Fields.Tls] = place.Tls ? "1" : null;
            texts[Fields.Ca] = place.Ca;
            texts[Fields.Offset] = OffsetText.Write(settings.UtcOffsetMinutes);
            var quiet = settings.Quiet.ToTexts();
            texts[Fields.QuietFrom] = quiet.Length > 0 ? quiet[0] : null;
            texts[Fields.QuietTo] = quiet.Length > 0 ? quiet[1] : null;
            storedWay = Way();
        }

        /// <summary>Whether nothing is wrong with what was typed.</summary>
        public bool AreGood => wrong.Count == 0;

        /// <summary>The text of a field; empty where there is none.</summary>
        public string Text(string field) => (string)texts[field] ?? "";

        /// <summary>What is wrong with a field, for people; null when nothing is.</summary>
        public string Wrong(string field) => (string)wrong[field];

        /// <summary>Whether a password is known already, and is kept where nobody types another.</summary>
        public bool Keeps(string field) => Text(field).Length > 0 || Stored(field).Length > 0;

        /// <summary>Takes what a form says and looks for what is wrong with it.</summary>
        public void Take(Hashtable form)
        {
            var wifi = Text(Fields.WifiName);
            var way = Way();
            var keptWifi = Keeps(Fields.WifiPassword);
            var kept = Keeps(Fields.Password);
            for (var i = 0; i < Fields.All.Length; i++)
                texts[Fields.All[i]] = Typed(form, Fields.All[i]);
            // A password that was typed for one network or broker is no other's.
            TakeSecret(form, Fields.WifiPassword, Text(Fields.WifiName) == wifi);
            TakeSecret(form, Fields.Password, Way() == way);
            Check();
            if (keptWifi && !Keeps(Fields.WifiPassword))
                Refuse(Fields.WifiPassword, "Type it for this network, or leave it empty for none");
            if (kept && !Keeps(Fields.Password) && Text(Fields.User).Length > 0)
                Refuse(Fields.Password, "Where it goes has changed: type it again, or leave it empty for none");
        }

        /// <summary>Adds what the flash says against them.</summary>
        public void Refuse(string field, string why) => wrong[field] = why;

        /// <summary>What the fields mean, with the names of the settings file.</summary>
        public string ToJson()
        {
            OffsetText.Read(Text(Fields.Offset), out var offset);
            var json = new JsonWriter().Add("device", Text(Fields.Device)).Add("sensor", Text(Fields.Sensor));
            if (IsSeat)
                json.Add("pads", int.Parse(Text(Fields.Pads)));
            json.Add("utcOffsetMinutes", offset).Add("quiet", QuietTexts());
            json.Begin("wifi").Add("ssid", Text(Fields.WifiName)).Add("password", Secret(Fields.WifiPassword)).End();
            if (Text(Fields.Host).Length == 0)
                return json.AddNull("broker").ToString();
            json.Begin("broker").Add("host", Text(Fields.Host)).Add("port", int.Parse(PortText()));
            if (Text(Fields.User).Length > 0)
                json.Add("user", Text(Fields.User)).Add("password", Secret(Fields.Password));
            if (IsTls)
                json.Add("tls", true).Add("ca", Text(Fields.Ca));
            return json.End().ToString();
        }

        bool IsSeat => Text(Fields.Sensor) == "seat";

        bool IsTls => Text(Fields.Tls).Length > 0;

        void Check()
        {
            // A new one: Hashtable.Clear leaves entries behind that the interpreter falls over when their name is looked up.
            wrong = new Hashtable();
            var sensor = Text(Fields.Sensor);
            if (!Place.IsId(Text(Fields.Device)))
                Refuse(Fields.Device, "1 to 32 small letters a-z, digits and - please");
            if (new DeviceSettings().Take("sensor", sensor) != null)
                Refuse(Fields.Sensor, "Choose one of the three");
            if (IsSeat && !Whole(Text(Fields.Pads), 1, 8))
                Refuse(Fields.Pads, "A number from 1 to 8 please");
            var name = Encoding.UTF8.GetBytes(Text(Fields.WifiName)).Length;
            if (name == 0 || name > MostNameBytes)
                Refuse(Fields.WifiName, name == 0 ? "The device needs a Wi-Fi" : "A Wi-Fi's name has 32 bytes at most");
            var password = Secret(Fields.WifiPassword).Length;
            if (password > 0 && (password < LeastPassword || password > MostPassword))
                Refuse(Fields.WifiPassword, "A Wi-Fi password has 8 to 64 characters");
            if (!OffsetText.Read(Text(Fields.Offset), out _))
                Refuse(Fields.Offset, "Like +01:00 or -3:30 please, from -12:00 to +14:00");
            if (Window.Read(QuietList()) == null)
                Refuse(Fields.QuietFrom, "Two different times such as 22:00 and 07:00, or none");
            if (Text(Fields.Host).Length > 0)
                CheckBroker();
        }

        void CheckBroker()
        {
            var host = Text(Fields.Host);
            if (host.IndexOf('/') >= 0 || host.IndexOf(':') >= 0 || host.IndexOf(' ') >= 0)
                Refuse(Fields.Host, "Only a name or an address such as 192.168.1.10; the port has a field of its own");
            if (Text(Fields.Port).Length > 0 && !Whole(Text(Fields.Port), 1, 65535))
                Refuse(Fields.Port, "A number from 1 to 65535 please, or empty");
            if (Text(Fields.Password).Length > 0 && Text(Fields.User).Length == 0)
                Refuse(Fields.User, "A password needs a user");
            if (!IsTls)
                return;
            try
            {
                if (Text(Fields.Ca).Length == 0)
                    Refuse(Fields.Ca, "TLS needs the certificate to check the broker's with");
                else
                    new X509Certificate(Text(Fields.Ca));
            }
            catch (Exception)
            {
                Refuse(Fields.Ca, "This is no certificate: paste the whole PEM text, with its BEGIN and END lines");
            }
        }

        string Secret(string field) => Text(field).Length > 0 ? Text(field) : Stored(field);

        // A password that is stored is told to no other network or broker than the one it is for.
        string Stored(string field)
        {
            var place = store.Place;
            if (field == Fields.WifiPassword)
                return Text(Fields.WifiName) == place.WifiName ? place.WifiPassword : "";
            return Way() == storedWay ? place.Password ?? "" : "";
        }

        void TakeSecret(Hashtable form, string field, bool isKept)
        {
            var typed = (string)form[field];
            if (!string.IsNullOrEmpty(typed))
                texts[field] = typed;
            else if (!isKept)
                texts.Remove(field);
        }

        // All that says who hears the broker's password: without TLS also the network, for whoever owns that one may answer as any broker.
        string Way()
        {
            var way = new StringBuilder();
            Add(way, Text(Fields.Host));
            Add(way, Text(Fields.User));
            Add(way, PortText());
            Add(way, Text(Fields.Tls));
            Add(way, Text(Fields.Ca));
            if (!IsTls)
            {
                Add(way, Text(Fields.WifiName));
                Add(way, Secret(Fields.WifiPassword));
            }
            return way.ToString();
        }

        // With its length, so that no text passes for two. Browsers end the lines of a certificate otherwise than files.
        static void Add(StringBuilder way, string text)
        {
            var plain = new StringBuilder();
            var parts = text.Trim().Split(new char[] { '\r' });
            for (var i = 0; i < parts.Length; i++)
                plain.Append(parts[i]);
            way.Append(plain.Length.ToString()).Append(":").Append(plain.ToString());
        }

        string PortText() => Text(Fields.Port).Length > 0 ? Text(Fields.Port) : (IsTls ? Place.TlsPort : Place.PlainPort).ToString();

        string[] QuietTexts() => Window.Read(QuietList()).ToTexts();

        ArrayList QuietList()
        {
            var list = new ArrayList();
            if (Text(Fields.QuietFrom).Length == 0 && Text(Fields.QuietTo).Length == 0)
                return list;
            list.Add(Text(Fields.QuietFrom));
            list.Add(Text(Fields.QuietTo));
            return list;
        }

        static string Typed(Hashtable form, string field) => ((string)form[field] ?? "").Trim();

        static bool Whole(string text, int from, int to) => int.TryParse(text, out var number) && number >= from && number <= to;
    }
}
