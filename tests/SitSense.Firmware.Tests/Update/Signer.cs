using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SitSense.Firmware.Tests.Update;

/// <summary>Somebody with a private key, who packs programs as docs/protocol.md says.</summary>
sealed class Signer : IDisposable
{
    readonly RSA rsa = RSA.Create(2048);

    /// <summary>The setting <c>updateKey</c>.</summary>
    public string Key => Convert.ToBase64String(rsa.ExportParameters(false).Modulus!);

    /// <summary>The header of a package: the 64 signed bytes and the signature.</summary>
    public byte[] Header(uint counter, byte[] program, string version = "9.9.9")
    {
        var signed = new byte[64];
        "SSFW"u8.CopyTo(signed);
        BinaryPrimitives.WriteUInt32LittleEndian(signed.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(signed.AsSpan(8), counter);
        BinaryPrimitives.WriteInt32LittleEndian(signed.AsSpan(12), program.Length);
        Encoding.ASCII.GetBytes(version, signed.AsSpan(16));
        SHA256.HashData(program, signed.AsSpan(32));
        return [.. signed, .. rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)];
    }

    public void Dispose() => rsa.Dispose();
}
