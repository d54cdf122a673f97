namespace SitSense.Upkeep.Update
{
    /// <summary>SHA-256 (FIPS 180-4) over bytes that come in pieces; the board's libraries have only an HMAC, of what is in memory as a whole.</summary>
    public sealed class Sha256
    {
        /// <summary>Bytes of a digest.</summary>
        public const int Length = 32;

        const int BlockBytes = 64;

        /// <summary>Where the message's length stands in the last block.</summary>
        const int LengthAt = 56;

        static readonly uint[] Rounds =
        {
            0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
            0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
            0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
            0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
            0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
            0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
            0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
            0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2
        };

        readonly uint[] state = { 0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19 };
        readonly uint[] words = new uint[64];
        readonly byte[] block = new byte[BlockBytes];
        int filled;
        long length;

        /// <summary>Takes the next bytes of the message.</summary>
        public void Add(byte[] buffer, int offset, int count)
        {
            length += count;
            for (var i = 0; i < count; i++)
            {
                block[filled++] = buffer[offset + i];
                if (filled == BlockBytes)
                    Turn();
            }
        }

        /// <summary>The digest of all that was taken; this one is spent then.</summary>
        public byte[] End()
        {
            var bits = length * 8;
            block[filled++] = 0x80;
            if (filled == BlockBytes)
                Turn();
            while (filled != LengthAt)
            {
                block[filled++] = 0;
                if (filled == BlockBytes)
                    Turn();
            }
            for (var shift = 56; shift >= 0; shift -= 8)
                block[filled++] = (byte)(bits >> shift);
            Turn();
            var digest = new byte[Length];
            for (var i = 0; i < Length; i++)
                digest[i] = (byte)(state[i / 4] >> (24 - i % 4 * 8));
            return digest;
        }

        void Turn()
        {
            filled = 0;
            for (var i = 0; i < 16; i++)
                words[i] = ((uint)block[4 * i] << 24) | ((uint)block[4 * i + 1] << 16) | ((uint)block[4 * i + 2] << 8) | block[4 * i + 3];
            for (var i = 16; i < 64; i++)
            {
                var w = words[i - 15];
                var v = words[i - 2];
                words[i] = words[i - 16] + words[i - 7]
                    + (((w >> 7) | (w << 25)) ^ ((w >> 18) | (w << 14)) ^ (w >> 3))
                    + (((v >> 17) | (v << 15)) ^ ((v >> 19) | (v << 13)) ^ (v >> 10));
            }
            uint a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
            for (var i = 0; i < 64; i++)
            {
                var one = h + (((e >> 6) | (e << 26)) ^ ((e >> 11) | (e << 21)) ^ ((e >> 25) | (e << 7))) + ((e & f) ^ (~e & g)) + Rounds[i] + words[i];
                var two = (((a >> 2) | (a << 30)) ^ ((a >> 13) | (a << 19)) ^ ((a >> 22) | (a << 10))) + ((a & b) ^ (a & c) ^ (b & c));
                h = g;
                g = f;
                f = e;
                e = d + one;
                d = c;
                c = b;
                b = a;
                a = one + two;
            }
            state[0] += a;
            state[1] += b;
            state[2] += c;
            state[3] += d;
            state[4] += e;
            state[5] += f;
            state[6] += g;
            state[7] += h;
        }
    }
}
