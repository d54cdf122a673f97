using System;
using System.Collections;
using System.IO;
using System.Text;
using SitSense.Firmware.Board;
using SitSense.Firmware.Json;

namespace SitSense.Firmware.Settings
{
    /// <summary>
    /// The settings that hold: the file that the maker put on the flash, over it what was filled in on the device's page since, and over both what
    /// was set from afar since. The newest wins: a newly deployed file starts afresh. May be used from any thread.
    /// </summary>
    public sealed class SettingsStore
    {
        /// <summary>The maker's file.</summary>
        public const string FilePath = "I:\\sitsense.json";

        const string AfarPath = "I:\\settings";
        const string IdPath = "I:\\device";
        const int MaxFileBytes = 8192;
        const int MaxAfarBytes = 1024;

        /// <summary>Member of the stored text that says over which file and page it was set.</summary>
        const string Over = "over";

        readonly object gate = new object();
        readonly Flash flash;
        readonly Faults faults;
        readonly SetupFile page;
        readonly SafeFile afar;
        uint fileCrc;
        string stored;
        string error;

        /// <summary>The settings on a flash; <see cref="Load"/> reads them.</summary>
        public SettingsStore(Flash flash, Faults faults)
        {
            this.flash = flash;
            this.faults = faults;
            page = new SetupFile(flash);
            afar = new SafeFile(flash, AfarPath, MaxAfarBytes);
        }

        /// <summary>What only the file and the page may say.</summary>
        public Place Place { get; } = new Place();

        /// <summary>What holds now; another object after each change.</summary>
        public DeviceSettings Current { get; private set; } = new DeviceSettings();

        /// <summary>The device's id: the file's, else a random one that is kept.</summary>
        public string Device { get; private set; }

        /// <summary>Reads file and flash; whatever is wrong there is a fault, and the rest holds.</summary>
        /// <param name="seed">Chance, for the id of a device that has none.</param>
        public void Load(int seed)
        {
            var wrong = new StringBuilder();
            try
            {
                var settings = new DeviceSettings();
                Take(ReadFile(), settings, wrong);
                Current = settings;
            }
            catch (FormatException e)
            {
                Note(wrong, e.Message);
            }
            catch (IOException e)
            {
                Note(wrong, "cannot be read: " + e.Message);
            }
            error = wrong.Length > 0 ? FilePath + ": " + wrong.ToString() : null;
            faults.Report("settings", error);
            LoadPage();
            LoadAfar();
            Device = Place.Device ?? KeptId(seed);
        }

        /// <summary>Keeps what was filled in on the device's page; it holds from the next start, in place of what was set from afar before.</summary>
        /// <param name="json">An object with the names of the maker's file; <c>null</c> for no broker.</param>
        /// <exception cref="IOException">The flash refuses, and nothing has changed.</exception>
        public void SetUp(string json) => page.Save(json, fileCrc);

        /// <summary>Forgets what was filled in on the page and set from afar, from the next start; the maker's file stays.</summary>
        /// <exception cref="IOException">The flash refuses.</exception>
        public void Forget()
        {
            page.Forget();
            afar.Delete();
        }

        /// <summary>Takes wanted settings, any subset; what is good holds and is kept, what is not is named in <see cref="Report"/>.</summary>
        /// <param name="text">JSON, the payload of the topic <c>settings</c>.</param>
        public void Take(string text)
        {
            lock (gate)
            {
                var wrong = new StringBuilder();
                try
                {
                    var settings = Current.Copy();
                    foreach (DictionaryEntry entry in JsonReader.Object(text))
                    {
                        var name = (string)entry.Key;
                        Note(wrong, Place.Owns(name) ? name + ": only in the file" : settings.Take(name, entry.Value));
                    }
                    Current = settings;
                    Keep();
                }
                catch (FormatException e)
                {
                    Note(wrong, e.Message);
                }
                error = wrong.Length > 0 ? wrong.ToString() : null;
            }
        }

        /// <summary>What holds, as JSON, with <c>error</c> for what was refused last; never who, Wi-Fi or broker.</summary>
        public string Report()
        {
            lock (gate)
                return Current.Write(new JsonWriter()).Add("error", error).ToString();
        }

        static void Note(StringBuilder wrong, string reason)
        {
            if (reason == null)
                return;
            if (wrong.Length > 0)
                wrong.Append("; ");
            wrong.Append(reason);
        }

        void Take(Hashtable table, DeviceSettings settings, StringBuilder wrong)
        {
            if (table == null)
                return;
            foreach (DictionaryEntry entry in table)
            {
                var name = (string)entry.Key;
                Note(wrong, Place.Owns(name) ? Place.Take(name, entry.Value) : settings.Take(name, entry.Value));
            }
        }

        Hashtable ReadFile()
        {
            if (!flash.Exists(FilePath))
                return null;
            var length = flash.Length(FilePath);
            if (length > MaxFileBytes)
                throw new FormatException("longer than 8 KiB");
            var bytes = new byte[length];
            length = flash.Read(FilePath, 0, bytes, length);
            fileCrc = Crc32.Of(bytes, 0, length);
            return JsonReader.Object(Encoding.UTF8.GetString(bytes, 0, length));
        }

        void LoadPage()
        {
            try
            {
                var settings = Current.Copy();
                var wrong = new StringBuilder();
                Take(page.Load(fileCrc), settings, wrong);
                Current = settings;
                if (wrong.Length > 0)
                    faults.Report("setup", wrong.ToString());
            }
            catch (Exception e)
            {
                faults.Report("setup", e.Message);
            }
        }

        void LoadAfar()
        {
            try
            {
                var bytes = afar.Load();
                if (bytes == null)
                    return;
                var text = Encoding.UTF8.GetString(bytes, 0, bytes.Length);
                var table = JsonReader.Object(text);
                if (!(table[Over] is long over) || over != (fileCrc ^ page.Crc))
                    return;
                var settings = Current.Copy();
                foreach (DictionaryEntry entry in table)
                    settings.Take((string)entry.Key, entry.Value);
                Current = settings;
                stored = text;
            }
            catch (Exception e)
            {
                faults.Report("flash", "stored settings cannot be read: " + e.Message);
            }
        }

        void Keep()
        {
            var text = Current.Write(new JsonWriter().Add(Over, fileCrc ^ page.Crc)).ToString();
            if (text == stored)
                return;
            try
            {
                afar.Save(Encoding.UTF8.GetBytes(text));
                stored = text;
                faults.Report("flash", null);
            }
            catch (IOException e)
            {
                faults.Report("flash", "settings hold but cannot be stored: " + e.Message);
            }
        }

        string KeptId(int seed)
        {
            try
            {
                var file = new SafeFile(flash, IdPath, Place.MaxDeviceLength);
                var bytes = file.Load();
                if (bytes != null)
                    return Encoding.UTF8.GetString(bytes, 0, bytes.Length);
                var id = "sitsense-" + (100000 + new Random(seed).Next(900000)).ToString();
                file.Save(Encoding.UTF8.GetBytes(id));
                return id;
            }
            catch (IOException e)
            {
                faults.Report("flash", "the device's id cannot be stored: " + e.Message);
                return "sitsense-unnamed";
            }
        }
    }
}
