using System.Buffers.Binary;

namespace SitSense.Service.Commands.Updating;

/// <summary>An assembly as a device loads it: a .pe file of nanoFramework's metadata processor, or for a twin one of .NET.</summary>
/// <param name="Path">Where it is, for people.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Version">Of a .pe file; null for a twin.</param>
sealed record NanoAssembly(string Path, byte[] Content, Version? Version)
{
    // nanoFramework's CLR_RECORD_ASSEMBLY: marker, five numbers, version.
    const int VersionAt = 28, HeaderBytes = 104;

    static ReadOnlySpan<byte> NanoMark => "NFMRK"u8;

    static ReadOnlySpan<byte> NetMark => "MZ"u8;

    /// <summary>Knows an assembly by its first bytes.</summary>
    /// <exception cref="Failure">It is none.</exception>
    public static NanoAssembly Of(string path, byte[] content)
    {
        if (content.AsSpan().StartsWith(NetMark))
            return new(path, content, null);
        if (content.Length < HeaderBytes || !content.AsSpan().StartsWith(NanoMark))
            throw new Failure($"{path} is no assembly for a device: give the .pe files of the build, SitSense.Firmware.pe and then SitSense.Upkeep.pe.");
        return new(path, content, new Version(Part(0), Part(1), Part(2)));

        int Part(int index) => BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(VersionAt + 2 * index));
    }
}
