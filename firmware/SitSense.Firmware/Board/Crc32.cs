namespace SitSense.Firmware.Board
{
    /// <summary>The CRC-32 of Ethernet and zip (reflected polynomial 0xEDB88320), without a table: 1 KB of RAM is worth more here than time.</summary>
    public static class Crc32
    {
        /// <summary>The checksum of the first <paramref name="count"/> bytes from <paramref name="offset"/>.</summary>
        public static uint Of(byte[] buffer, int offset, int count)
        {
            var crc = 0xFFFFFFFFu;
            for (var i = 0; i < count; i++)
            {
                crc ^= buffer[offset + i];
                for (var bit = 0; bit < 8; bit++)
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
            }
            return ~crc;
        }
    }
}
