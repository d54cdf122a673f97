using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SitSense.Service.Commands.Updating;

/// <summary>A device's program with a signed header before it; docs/protocol.md says the bytes.</summary>
/// <param name="Header">The 64 signed bytes and the signature.</param>
/// <param name="Program">The program: its assemblies, each after those that it is built on and with its length before it.</param>
sealed record ProgramPackage(byte[] Header, byte[] Program)
{
    public const int KeyBits = 2048, HeaderBytes = SignedBytes + KeyBits / 8, MaxProgramBytes = 512 * 1024, MaxVersionBytes = 16;

    const int SignedBytes = 64;
    const uint Format = 1;

    static ReadOnlySpan<byte> Magic => "SSFW"u8;

    /// <summary>Tells newer programs from older ones.</summary>
    public uint Counter => BinaryPrimitives.ReadUInt32LittleEndian(Header.AsSpan(8));

    /// <summary>For people.</summary>
    public string Version => Encoding.ASCII.GetString(Header, 16, MaxVersionBytes).TrimEnd('\0');

    /// <summary>Puts a program together.</summary>
    public static byte[] Join(IEnumerable<NanoAssembly> assemblies)
    {
        using var program = new MemoryStream();
        var length = new byte[4];
        foreach (var assembly in assemblies)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, assembly.Content.Length);
            program.Write(length);
            program.Write(assembly.Content);
        }
        return program.ToArray();
    }

    /// <summary>Signs a program.</summary>
    public static ProgramPackage Sign(byte[] program, uint counter, string version, RSA key)
    {
        var signed = new byte[SignedBytes];
        Magic.CopyTo(signed);
        BinaryPrimitives.WriteUInt32LittleEndian(signed.AsSpan(4), Format);
        BinaryPrimitives.WriteUInt32LittleEndian(signed.AsSpan(8), counter);
        BinaryPrimitives.WriteInt32LittleEndian(signed.AsSpan(12), program.Length);
        Encoding.ASCII.GetBytes(version, signed.AsSpan(16));
        SHA256.HashData(program, signed.AsSpan(32));
        return new([.. signed, .. key.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)], program);
    }

    /// <summary>Reads a package from its bytes; the signature is looked at by the device alone, which knows the key.</summary>
    /// <returns>Null when it is none, or not whole.</returns>
    public static ProgramPackage? Read(byte[] bytes)
    {
        if (bytes.Length <= HeaderBytes || !bytes.AsSpan().StartsWith(Magic))
            return null;
        var package = new ProgramPackage(bytes[..HeaderBytes], bytes[HeaderBytes..]);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(12)) == package.Program.Length && SHA256.HashData(package.Program).AsSpan().SequenceEqual(bytes.AsSpan(32, 32))
            ? package : null;
    }

    /// <summary>The message with a piece of the program.</summary>
    public byte[] Piece(int offset, int bytes)
    {
        var piece = new byte[8 + bytes];
        BinaryPrimitives.WriteUInt32LittleEndian(piece, Counter);
        BinaryPrimitives.WriteInt32LittleEndian(piece.AsSpan(4), offset);
        Program.AsSpan(offset, bytes).CopyTo(piece.AsSpan(8));
        return piece;
    }
}
