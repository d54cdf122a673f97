using System.IO;

namespace SitSense.Firmware.Board
{
    /// <summary>
    /// A small content that is replaced as a whole and survives a power cut at any byte: two files take turns, each with a generation, a
    /// length and a checksum, and the newest whole one counts.
    /// </summary>
    public sealed class SafeFile
    {
        const int HeaderBytes = 8;
        const int CrcBytes = 4;

        readonly Flash flash;
        readonly string path;
        readonly int maxBytes;
        uint generation;
        int newest;

        /// <summary>A content of at most <paramref name="maxBytes"/> in the two files <c>path0</c> and <c>path1</c>.</summary>
        public SafeFile(Flash flash, string path, int maxBytes)
        {
            this.flash = flash;
            this.path = path;
            this.maxBytes = maxBytes;
        }

        /// <summary>Whether something was ever saved, whole or not.</summary>
        public bool IsThere => flash.Exists(Name(0)) || flash.Exists(Name(1));

        /// <summary>The newest whole content; null when there is none.</summary>
        /// <exception cref="IOException">The flash refuses.</exception>
        public byte[] Load()
        {
            byte[] best = null;
            generation = 0;
            newest = 1;
            for (var slot = 0; slot < 2; slot++)
            {
                var content = Read(slot, out var of);
                if (content == null || best != null && of < generation)
                    continue;
                best = content;
                generation = of;
                newest = slot;
            }
            return best;
        }

        /// <summary>Replaces the content; call <see cref="Load"/> first.</summary>
        /// <exception cref="IOException">The flash refuses; the old content still counts.</exception>
        public void Save(byte[] content)
        {
            if (content.Length > maxBytes)
                throw new IOException("too long for " + path);
            var buffer = new byte[HeaderBytes + content.Length + CrcBytes];
            Bytes.Put(buffer, 0, generation + 1);
            Bytes.Put(buffer, 4, (uint)content.Length);
            content.CopyTo(buffer, HeaderBytes);
            var end = HeaderBytes + content.Length;
            Bytes.Put(buffer, end, Crc32.Of(buffer, 0, end));
            flash.Write(Name(1 - newest), buffer, buffer.Length);
            newest = 1 - newest;
            generation++;
        }

        /// <summary>Removes the content, the older copy first: a power cut between the two leaves the newest.</summary>
        /// <exception cref="IOException">The flash refuses.</exception>
        public void Delete()
        {
            Load();
            Delete(Name(1 - newest));
            Delete(Name(newest));
            generation = 0;
        }

        void Delete(string name)
        {
            if (flash.Exists(name))
                flash.Delete(name);
        }

        byte[] Read(int slot, out uint of)
        {
            of = 0;
            var name = Name(slot);
            if (!flash.Exists(name))
                return null;
            var length = flash.Length(name);
            if (length < HeaderBytes + CrcBytes || length > HeaderBytes + maxBytes + CrcBytes)
                return null;
            var buffer = new byte[length];
            if (flash.Read(name, 0, buffer, length) != length)
                return null;
            var end = length - CrcBytes;
            if (Bytes.Get(buffer, 4) != end - HeaderBytes || Bytes.Get(buffer, end) != Crc32.Of(buffer, 0, end))
                return null;
            of = Bytes.Get(buffer, 0);
            var content = new byte[end - HeaderBytes];
            for (var i = 0; i < content.Length; i++)
                content[i] = buffer[HeaderBytes + i];
            return content;
        }

        string Name(int slot) => path + slot.ToString();
    }
}
