#nullable enable
using System;
using System.IO;

namespace SitSense.Twin.Hardware;

/// <summary>
/// The internal flash drive <c>I:\</c> as files in a folder. What was written before the power went stays; a write that the cut met stays as far
/// as it had come, the worst that a file system may do.
/// </summary>
public sealed class VirtualFlash
{
    const string Drive = @"I:\";

    readonly VirtualBoard board;
    long? cutAfter;

    internal VirtualFlash(VirtualBoard board, string folder)
    {
        this.board = board;
        Folder = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The flash folder '{Folder}' cannot be made: choose another one.", e);
        }
    }

    public string Folder { get; }

    /// <summary>Bytes that all files together may have; a write beyond it fails as on a full drive.</summary>
    public long Capacity { get; set; } = 256 * 1024;

    /// <summary>Whether reading fails.</summary>
    public bool Unreadable { get; set; }

    /// <summary>Bytes written so far, for wear.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>How many times something was written, moved or deleted.</summary>
    public long Operations { get; private set; }

    /// <summary>The power goes when this many more bytes were written (a move or deletion counts as one); null never.</summary>
    public long? CutAfter
    {
        get => cutAfter;
        set => cutAfter = value;
    }

    /// <summary>Raised before each write, move and deletion: the path, and the bytes that it counts against <see cref="CutAfter"/>.</summary>
    public event Action<string, int>? Writing;

    public bool Exists(string path)
    {
        board.NeedPower();
        return File.Exists(At(path));
    }

    public int Length(string path)
    {
        board.NeedPower();
        var file = new FileInfo(At(path));
        return file.Exists ? (int)file.Length : throw Missing(path);
    }

    public int Read(string path, int offset, byte[] buffer, int count)
    {
        board.NeedPower();
        if (Unreadable)
            throw new IOException($"'{path}' cannot be read.");
        try
        {
            using var file = new FileStream(At(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0);
            file.Position = offset;
            return file.ReadAtLeast(buffer.AsSpan(0, count), count, throwOnEndOfStream: false);
        }
        catch (FileNotFoundException)
        {
            throw Missing(path);
        }
    }

    public void Write(string path, byte[] buffer, int count) => Put(path, buffer, count, FileMode.Create);

    public void Append(string path, byte[] buffer, int count) => Put(path, buffer, count, FileMode.Append);

    public void Delete(string path)
    {
        Spend(path, 1, out _);
        File.Delete(At(path));
        CutIfSpent();
    }

    public void Move(string from, string to)
    {
        var source = At(from);
        if (!File.Exists(source))
            throw Missing(from);
        if (File.Exists(At(to)))
            throw new IOException($"'{to}' is there already.");
        if (!Spend(to, 1, out _))
            Cut();
        File.Move(source, At(to));
        CutIfSpent();
    }

    void Put(string path, byte[] buffer, int count, FileMode mode)
    {
        var whole = Spend(path, count, out var allowed);
        if (Used() - (mode == FileMode.Create && File.Exists(At(path)) ? new FileInfo(At(path)).Length : 0) + count > Capacity)
            throw new IOException($"The flash is full: '{path}' needs {count} bytes more than the {Capacity} there are.");
        using (var file = new FileStream(At(path), mode, FileAccess.Write, FileShare.ReadWrite, 0))
            file.Write(buffer, 0, allowed);
        BytesWritten += allowed;
        if (!whole)
            Cut();
        CutIfSpent();
    }

    /// <summary>Takes bytes off what may still be written before the cut; false when it falls into them.</summary>
    bool Spend(string path, int count, out int allowed)
    {
        board.NeedPower();
        Operations++;
        Writing?.Invoke(path, count);
        allowed = cutAfter is { } left ? (int)Math.Min(left, count) : count;
        cutAfter -= allowed;
        return allowed == count;
    }

    void CutIfSpent()
    {
        if (cutAfter == 0)
            Cut();
    }

    void Cut()
    {
        cutAfter = null;
        board.Cut(null);
        throw new PowerLost();
    }

    long Used()
    {
        long sum = 0;
        foreach (var file in new DirectoryInfo(Folder).EnumerateFiles())
            sum += file.Length;
        return sum;
    }

    string At(string path)
    {
        var name = path.StartsWith(Drive, StringComparison.Ordinal) ? path[Drive.Length..] : throw new IOException($"'{path}' is not on the drive {Drive}.");
        return Path.Combine(Folder, name.Replace('\\', Path.DirectorySeparatorChar));
    }

    static IOException Missing(string path) => new($"There is no file '{path}'.");
}
