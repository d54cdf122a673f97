namespace SitSense.Firmware.Board
{
    /// <summary>Little-endian numbers in a buffer, without the allocation of BitConverter.</summary>
    public static class Bytes
    {
        /// <summary>Puts four bytes.</summary>
        public static void Put(byte[] buffer, int offset, uint value)
        {
            for (var i = 0; i < 4; i++)
                buffer[offset + i] = (byte)(value >> (8 * i));
        }

        /// <summary>Puts eight bytes.</summary>
        public static void PutLong(byte[] buffer, int offset, long value)
        {
            Put(buffer, offset, (uint)value);
            Put(buffer, offset + 4, (uint)(value >> 32));
        }

        /// <summary>Gets four bytes.</summary>
        public static uint Get(byte[] buffer, int offset)
        {
            var value = 0u;
            for (var i = 3; i >= 0; i--)
                value = (value << 8) | buffer[offset + i];
            return value;
        }

        /// <summary>Gets eight bytes.</summary>
        public static long GetLong(byte[] buffer, int offset) => (long)(((ulong)Get(buffer, offset + 4) << 32) | Get(buffer, offset));
    }
}
