namespace SitSense.Firmware.Board
{
    /// <summary>The CRC-32 of Ethernet and zip (reflected polynomial 0xEDB88320), four bits at a time: a table of 16 costs no RAM worth naming.</summary>
    public static class Crc32
    {
        static readonly uint[] Nibbles =
        {
            0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
            0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C, 0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C
        };

        /// <summary>What a checksum over several pieces begins with.</summary>
        public const uint Begin = 0xFFFFFFFF;

        /// <summary>The checksum of <paramref name="count"/> bytes from <paramref name="offset"/>.</summary>
        public static uint Of(byte[] buffer, int offset, int count) => End(Add(Begin, buffer, offset, count));

        /// <summary>The checksum that one over several pieces ends with.</summary>
        public static uint End(uint crc) => ~crc;

        /// <summary>Goes on with the next piece.</summary>
        public static uint Add(uint crc, byte[] buffer, int offset, int count)
        {
            for (var i = 0; i < count; i++)
            {
                crc ^= buffer[offset + i];
                crc = (crc >> 4) ^ Nibbles[crc & 15];
                crc = (crc >> 4) ^ Nibbles[crc & 15];
            }
            return crc;
        }
    }
}
