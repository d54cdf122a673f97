using System;
using System.Collections;
using System.IO;
using System.Text;
using SitSense.Firmware.Board;
using SitSense.Firmware.Json;

namespace SitSense.Firmware.Settings
{
    /// <summary>
    /// What was filled in on the device's own page, as JSON with the names of the maker's file. Kept with a version and a checksum in two files that take
    /// turns, so that the last good copy outlives whatever happens to the next one.
    /// </summary>
    public sealed class SetupFile
    {
        /// <summary>The most that a page may fill in, bytes; the certificate is the long part.</summary>
        public const int MaxBytes = 8192;

        const string Path = "I:\\setup";
        const uint Version = 1;

        /// <summary>Bytes before the JSON: the version, and the checksum of the maker's file that it was filled in over.</summary>
        const int HeaderBytes = 8;

        readonly SafeFile file;

        /// <summary>The page's settings on a flash.</summary>
        public SetupFile(Flash flash) => file = new SafeFile(flash, Path, HeaderBytes + MaxBytes);

        /// <summary>Tells one content from another; 0 = there is none that holds.</summary>
        public uint Crc { get; private set; }

        /// <summary>What was filled in.</summary>
        /// <param name="over">The checksum of the maker's file of now: another one than then, and the file holds.</param>
        /// <returns>Null when nothing holds.</returns>
        /// <exception cref="IOException">The flash refuses.</exception>
        /// <exception cref="FormatException">It is there, but of a firmware that wrote it otherwise.</exception>
        public Hashtable Load(uint over)
        {
            Crc = 0;
            var bytes = file.Load();
            if (bytes == null)
            {
                if (file.IsThere)
                    throw new FormatException("both copies of the page's settings are damaged: set the device up again");
                return null;
            }
            if (bytes.Length < HeaderBytes || Bytes.Get(bytes, 0) != Version)
                throw new FormatException("the page's settings are of another version: set the device up again");
            if (Bytes.Get(bytes, 4) != over)
                return null;
            var table = JsonReader.Object(Encoding.UTF8.GetString(bytes, HeaderBytes, bytes.Length - HeaderBytes));
            Crc = Crc32.Of(bytes, 0, bytes.Length);
            return table;
        }

        /// <summary>Keeps what was filled in; the copy before it stays until this one is whole.</summary>
        /// <exception cref="IOException">The flash refuses; the old one still holds.</exception>
        public void Save(string json, uint over)
        {
            var text = Encoding.UTF8.GetBytes(json);
            var bytes = new byte[HeaderBytes + text.Length];
            Bytes.Put(bytes, 0, Version);
            Bytes.Put(bytes, 4, over);
            text.CopyTo(bytes, HeaderBytes);
            file.Load();
            file.Save(bytes);
        }

        /// <summary>Removes both copies.</summary>
        /// <exception cref="IOException">The flash refuses.</exception>
        public void Forget() => file.Delete();
    }
}
