using System.Numerics;
using System.Security.Cryptography;
using SitSense.Upkeep.Update;

namespace SitSense.Firmware.Tests.Update;

/// <summary>The board's own check of a signature, against .NET's and against what forgers try.</summary>
public sealed class PublicKeyTests
{
    static readonly RSA rsa = RSA.Create(2048);
    static readonly PublicKey key = KeyOf(rsa);
    static readonly byte[] digest = SHA256.HashData("a program"u8);

    [Fact]
    public void What_dotnet_signs_holds_with_many_keys_and_messages()
    {
        for (var i = 0; i < 4; i++)
        {
            using var one = RSA.Create(2048);
            var its = KeyOf(one);
            for (var j = 0; j < 10; j++)
            {
                var hash = SHA256.HashData([(byte)i, (byte)j]);
                var signature = one.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
                Assert.True(its.Signed(hash, signature, 0));
                Assert.False(key.Signed(hash, signature, 0));
                Assert.False(its.Signed(digest, signature, 0));
            }
        }
    }

    [Fact]
    public void One_wrong_bit_anywhere_is_refused()
    {
        var signature = rsa.SignHash(digest, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        for (var i = 0; i < 256; i++)
        {
            signature[i] ^= (byte)(1 << i % 8);
            Assert.False(key.Signed(digest, signature, 0));
            signature[i] ^= (byte)(1 << i % 8);
        }
        Assert.True(key.Signed(digest, signature, 0));
    }

    // What a signature holds after the public operation; here the private one makes it hold anything. The first is as it should be.
    public static TheoryData<string> Paddings => ["right", "short padding and rubbish behind", "rubbish in the padding", "block type 2", "block type 0", "no zero before the digest",
        "digest cut off", "digest of SHA-1's name", "without NULL parameters", "longer length bytes", "digest at the front", "first byte not zero", "only the digest"];

    [Theory]
    [MemberData(nameof(Paddings))]
    public void Only_the_one_right_padding_is_taken(string which)
    {
        byte[] info = [0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20];
        byte[] Fill(int count) => Enumerable.Repeat((byte)0xff, count).ToArray();
        byte[] right = [0, 1, .. Fill(202), 0, .. info, .. digest];
        byte[] block = which switch
        {
            "right" => right,
            // Bleichenbacher's forgery of 2006: a parser that stops behind the digest does not see the rest.
            "short padding and rubbish behind" => [0, 1, .. Fill(8), 0, .. info, .. digest, .. RandomNumberGenerator.GetBytes(194)],
            "rubbish in the padding" => [0, 1, .. Fill(100), 0xfe, .. Fill(101), 0, .. info, .. digest],
            "block type 2" => [0, 2, .. right[2..]],
            "block type 0" => [0, 0, .. right[2..]],
            "no zero before the digest" => [0, 1, .. Fill(203), .. info, .. digest],
            "digest cut off" => [0, 1, .. Fill(203), 0, .. info, .. digest[..31]],
            "digest of SHA-1's name" => [0, 1, .. Fill(206), 0, 0x30, 0x2d, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00, 0x04, 0x20, .. digest],
            "without NULL parameters" => [0, 1, .. Fill(204), 0, 0x30, 0x2f, 0x30, 0x0b, .. info[4..15], 0x04, 0x20, .. digest],
            "longer length bytes" => [0, 1, .. Fill(201), 0, 0x30, 0x81, 0x31, .. info[2..], .. digest],
            "digest at the front" => [0, 1, 0, .. info, .. digest, .. Fill(202)],
            "first byte not zero" => [1, 1, .. right[2..]],
            _ => [.. new byte[224], .. digest],
        };
        Assert.Equal(256, block.Length);
        Assert.Equal(which == "right", key.Signed(digest, Power(block, rsa.ExportParameters(true).D!), 0));
    }

    [Fact]
    public void A_signature_that_is_not_below_the_modulus_is_refused_though_it_is_congruent()
    {
        var modulus = Big(rsa.ExportParameters(false).Modulus!);
        // One in a few has room for the modulus on top.
        for (var i = 0; ; i++)
        {
            var hash = SHA256.HashData([(byte)i]);
            var signature = rsa.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            var above = Big(signature) + modulus;
            if (above.GetByteCount(isUnsigned: true) > 256)
                continue;
            Assert.False(key.Signed(hash, above.ToByteArray(isUnsigned: true, isBigEndian: true), 0));
            return;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Numbers_that_sign_nothing_are_refused(int number)
    {
        var signature = new byte[256];
        signature[255] = (byte)number;
        Assert.False(key.Signed(digest, signature, 0));
        Assert.False(key.Signed(digest, rsa.ExportParameters(false).Modulus!, 0));
    }

    [Fact]
    public void What_is_too_short_is_refused()
    {
        var signature = rsa.SignHash(digest, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Assert.False(key.Signed(digest, signature[..255], 0));
        Assert.False(key.Signed(digest, signature, 1));
        Assert.False(key.Signed(digest, [], 0));
        Assert.False(key.Signed(digest[..31], signature, 0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no base 64!")]
    [InlineData("AAAA")]
    public void What_is_no_key_is_none(string text) => Assert.Null(PublicKey.Read(text));

    [Fact]
    public void A_key_of_another_length_or_an_even_one_is_none()
    {
        using var longer = RSA.Create(3072);
        Assert.Null(PublicKey.Read(Convert.ToBase64String(longer.ExportParameters(false).Modulus!)));
        var even = rsa.ExportParameters(false).Modulus!;
        even[255] &= 0xfe;
        Assert.Null(PublicKey.Read(Convert.ToBase64String(even)));
    }

    static PublicKey KeyOf(RSA one) => PublicKey.Read(Convert.ToBase64String(one.ExportParameters(false).Modulus!))!;

    static BigInteger Big(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    static byte[] Power(byte[] block, byte[] exponent)
    {
        var power = BigInteger.ModPow(Big(block), Big(exponent), Big(rsa.ExportParameters(false).Modulus!)).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[256 - power.Length], .. power];
    }
}
