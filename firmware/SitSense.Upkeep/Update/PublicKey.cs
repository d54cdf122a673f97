using System;

namespace SitSense.Upkeep.Update
{
    /// <summary>
    /// Who may sign a program: an RSA key of 2048 bits with the exponent 65537. Signatures are RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2.2). The
    /// board's libraries check none; of the usual kinds this is the one whose check is small: 29 multiplications, and no curve.
    /// </summary>
    public sealed class PublicKey
    {
        /// <summary>Bytes of the modulus, and of a signature.</summary>
        public const int Length = 256;

        const int Limbs = Length / 2;
        const uint Low = 0xFFFF;

        /// <summary>2 to the power of 2 to the power of this is the Montgomery radix.</summary>
        const int RadixSquarings = 11;

        /// <summary>65537 is 2 to the power of this, and 1.</summary>
        const int ExponentSquarings = 16;

        /// <summary>What stands before a SHA-256 digest in a signature: ASN.1 that names it (RFC 8017, 9.2 note 1).</summary>
        static readonly byte[] DigestInfo =
        {
            0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20
        };

        // Limbs of 16 bits, the lowest first, so that a product and two carries fit into 32.
        readonly uint[] modulus;
        readonly uint inverse;
        readonly uint[] sum = new uint[Limbs + 2];

        PublicKey(byte[] bytes)
        {
            modulus = Number(bytes, 0);
            // Newton's iteration doubles the bits that are right: 3, 6, 12, 24.
            var x = modulus[0];
            for (var i = 0; i < 3; i++)
                x *= 2 - modulus[0] * x;
            inverse = (0 - x) & Low;
        }

        /// <summary>Reads a key from its modulus, big-endian, in base 64.</summary>
        /// <returns>Null when it is none.</returns>
        public static PublicKey Read(string base64)
        {
            try
            {
                var bytes = Convert.FromBase64String(base64);
                return bytes.Length == Length && bytes[0] >= 0x80 && bytes[Length - 1] % 2 == 1 ? new PublicKey(bytes) : null;
            }
            catch (Exception)
            {
                return null;
            }
        }

        /// <summary>Whether this key signed a digest. What the signature must hold is written out and compared whole, so no padding can hide anything.</summary>
        /// <param name="digest">Of SHA-256.</param>
        /// <param name="buffer">Where the signature is, <see cref="Length"/> bytes.</param>
        /// <param name="offset">Where it begins there.</param>
        public bool Signed(byte[] digest, byte[] buffer, int offset)
        {
            if (digest.Length != Sha256.Length || offset < 0 || buffer.Length - offset < Length)
                return false;
            var signature = Number(buffer, offset);
            if (!IsBelow(signature))
                return false;
            var holds = Power(signature);
            var wanted = Number(Encoded(digest), 0);
            for (var i = 0; i < Limbs; i++)
                if (holds[i] != wanted[i])
                    return false;
            return true;
        }

        static byte[] Encoded(byte[] digest)
        {
            var bytes = new byte[Length];
            var digestAt = Length - Sha256.Length;
            var infoAt = digestAt - DigestInfo.Length;
            bytes[1] = 1;
            for (var i = 2; i < infoAt - 1; i++)
                bytes[i] = 0xFF;
            DigestInfo.CopyTo(bytes, infoAt);
            digest.CopyTo(bytes, digestAt);
            return bytes;
        }

        // To the power of 65537, by Montgomery's multiplication: each divides by the radix, 2 to the power of 2048.
        uint[] Power(uint[] number)
        {
            var factor = Two();
            for (var i = 0; i < RadixSquarings; i++)
                Multiply(factor, factor, factor);
            var power = new uint[Limbs];
            Multiply(number, factor, power);
            for (var i = 0; i < ExponentSquarings; i++)
                Multiply(power, power, power);
            Multiply(power, number, power);
            return power;
        }

        // Twice the radix, modulo the modulus: the radix less the modulus, doubled.
        uint[] Two()
        {
            var two = new uint[Limbs];
            var carry = 1u;
            for (var i = 0; i < Limbs; i++)
            {
                carry += ~modulus[i] & Low;
                two[i] = carry & Low;
                carry >>= 16;
            }
            carry = 0;
            for (var i = 0; i < Limbs; i++)
            {
                carry += two[i] << 1;
                two[i] = carry & Low;
                carry >>= 16;
            }
            if (carry != 0 || !IsBelow(two))
                Subtract(two);
            return two;
        }

        void Multiply(uint[] a, uint[] b, uint[] result)
        {
            for (var i = 0; i < sum.Length; i++)
                sum[i] = 0;
            for (var i = 0; i < Limbs; i++)
            {
                var digit = a[i];
                var carry = 0u;
                for (var j = 0; j < Limbs; j++)
                {
                    carry += sum[j] + digit * b[j];
                    sum[j] = carry & Low;
                    carry >>= 16;
                }
                carry += sum[Limbs];
                sum[Limbs] = carry & Low;
                sum[Limbs + 1] = carry >> 16;
                digit = (sum[0] * inverse) & Low;
                carry = (sum[0] + digit * modulus[0]) >> 16;
                for (var j = 1; j < Limbs; j++)
                {
                    carry += sum[j] + digit * modulus[j];
                    sum[j - 1] = carry & Low;
                    carry >>= 16;
                }
                carry += sum[Limbs];
                sum[Limbs - 1] = carry & Low;
                sum[Limbs] = sum[Limbs + 1] + (carry >> 16);
            }
            for (var i = 0; i < Limbs; i++)
                result[i] = sum[i];
            if (sum[Limbs] != 0 || !IsBelow(result))
                Subtract(result);
        }

        bool IsBelow(uint[] number)
        {
            for (var i = Limbs - 1; i >= 0; i--)
                if (number[i] != modulus[i])
                    return number[i] < modulus[i];
            return false;
        }

        void Subtract(uint[] number)
        {
            var carry = 1u;
            for (var i = 0; i < Limbs; i++)
            {
                carry += number[i] + (~modulus[i] & Low);
                number[i] = carry & Low;
                carry >>= 16;
            }
        }

        static uint[] Number(byte[] bytes, int offset)
        {
            var number = new uint[Limbs];
            for (var i = 0; i < Limbs; i++)
                number[i] = ((uint)bytes[offset + Length - 2 - 2 * i] << 8) | bytes[offset + Length - 1 - 2 * i];
            return number;
        }
    }
}
