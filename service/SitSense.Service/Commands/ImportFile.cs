using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace SitSense.Service.Commands;

/// <summary>A text file from elsewhere, plain or gzip, read line by line; any size.</summary>
sealed class ImportFile
{
    const int HashDigits = 16;

    ImportFile(string path, string hash) => (Path, Device) = (path, $"import-{hash}");

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>The device that stands for the file: the same content, compressed or not, is the same device.</summary>
    public string Device { get; }

    /// <summary>Reads the file once, so that nothing is imported of a file that cannot be read to its end.</summary>
    /// <exception cref="Failure">It cannot be read.</exception>
    public static ImportFile Open(string path, CancellationToken cancel) => Guard(path, () =>
    {
        using var content = Content(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        uint total = 0;
        for (int length; (length = content.Read(buffer)) > 0; total += (uint)length)
        {
            cancel.ThrowIfCancellationRequested();
            if (buffer.AsSpan(0, length).Contains((byte)0))
                throw new Failure($"{path} is no text.");
            hash.AppendData(buffer, 0, length);
        }
        if (content is GZipStream gzip && LengthTold(gzip.BaseStream) != total)
            throw new Failure($"{path} is cut off or damaged: it is shorter than its gzip says.");
        return new ImportFile(path, Convert.ToHexStringLower(hash.GetHashAndReset())[..HashDigits]);
    });

    /// <summary>The lines with their numbers, from 1.</summary>
    public IEnumerable<(int Number, string Text)> Lines()
    {
        using var reader = new StreamReader(Guard(Path, () => Content(Path)));
        for (var number = 1; Guard(Path, reader.ReadLine) is { } text; number++)
            yield return (number, text);
    }

    static Stream Content(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 64 * 1024);
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>gzip ends with the length of what it holds, modulo 2^32 (RFC 1952); .NET takes a cut-off file for a shorter one.</summary>
    static uint LengthTold(Stream file)
    {
        Span<byte> told = stackalloc byte[sizeof(uint)];
        file.Seek(-told.Length, SeekOrigin.End);
        file.ReadExactly(told);
        return BinaryPrimitives.ReadUInt32LittleEndian(told);
    }

    static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new Failure($"There is no file {path}.", problem);
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new Failure($"{path} cannot be read: {problem.Message}", problem);
        }
    }
}
