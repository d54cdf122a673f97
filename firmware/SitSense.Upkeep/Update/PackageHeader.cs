using System.Text;
using SitSense.Firmware.Board;

namespace SitSense.Upkeep.Update
{
    /// <summary>
    /// What stands before a program in its package, and is signed. Numbers are little-endian: <c>SSFW</c>, format, counter, bytes of the program, its version
    /// in 16 bytes of ASCII filled up with zeros, its SHA-256; then the signature over those 64 bytes. The program follows.
    /// </summary>
    public sealed class PackageHeader
    {
        /// <summary>Bytes of a header with its signature.</summary>
        public const int Length = SignedBytes + PublicKey.Length;

        /// <summary>The biggest program, bytes.</summary>
        public const int MaxSize = 512 * 1024;

        const int SignedBytes = 64;
        const uint Magic = 0x57465353;
        const uint Format = 1;
        const int VersionAt = 16;
        const int VersionBytes = 16;
        const int DigestAt = 32;

        /// <summary>A header from its bytes.</summary>
        public PackageHeader(byte[] bytes) => Bytes = bytes;

        /// <summary>As it was sent.</summary>
        public byte[] Bytes { get; }

        /// <summary>Which program of all is newer than which.</summary>
        public uint Counter => Firmware.Board.Bytes.Get(Bytes, 8);

        /// <summary>Bytes of the program.</summary>
        public int Size => (int)Firmware.Board.Bytes.Get(Bytes, 12);

        /// <summary>The version, for people.</summary>
        public string Version
        {
            get
            {
                var length = 0;
                while (length < VersionBytes && Bytes[VersionAt + length] != 0)
                    length++;
                return Encoding.UTF8.GetString(Bytes, VersionAt, length);
            }
        }

        /// <summary>Checks the form.</summary>
        /// <returns>What is wrong, for people; null when nothing is.</returns>
        public string Check()
        {
            if (Bytes.Length != Length || Firmware.Board.Bytes.Get(Bytes, 0) != Magic)
                return "that is no header of a package: " + Length.ToString() + " bytes that begin with SSFW";
            if (Firmware.Board.Bytes.Get(Bytes, 4) != Format)
                return "the package is of a format that this program does not know";
            var size = Firmware.Board.Bytes.Get(Bytes, 12);
            return size > 0 && size <= MaxSize ? null : "the package holds " + size.ToString() + " bytes: 1 to " + MaxSize.ToString() + " may be";
        }

        /// <summary>Whether a key signed it; takes seconds on a board.</summary>
        public bool IsSignedBy(PublicKey key)
        {
            var hash = new Sha256();
            hash.Add(Bytes, 0, SignedBytes);
            return key.Signed(hash.End(), Bytes, SignedBytes);
        }

        /// <summary>Whether a digest is that of the program.</summary>
        public bool Holds(byte[] digest)
        {
            for (var i = 0; i < Sha256.Length; i++)
                if (digest[i] != Bytes[DigestAt + i])
                    return false;
            return true;
        }

        /// <summary>Whether this is the same package.</summary>
        public bool IsSame(PackageHeader other)
        {
            if (other.Bytes.Length != Bytes.Length)
                return false;
            for (var i = 0; i < Bytes.Length; i++)
                if (other.Bytes[i] != Bytes[i])
                    return false;
            return true;
        }
    }
}
