using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Board;

/// <summary>The twin's flash in place of the firmware's: the same members over a folder, subject to virtual power cuts.</summary>
public sealed class Flash
{
    readonly VirtualFlash flash = VirtualBoard.Current.Flash;

    /// <inheritdoc cref="VirtualFlash.Exists"/>
    public bool Exists(string path) => flash.Exists(path);

    /// <summary>Bytes in a file; IOException when it is not there.</summary>
    public int Length(string path) => flash.Length(path);

    /// <summary>Reads from an offset; returns the bytes read, 0 at the end.</summary>
    public int Read(string path, int offset, byte[] buffer, int count) => flash.Read(path, offset, buffer, count);

    /// <summary>Replaces a file's content; not atomic.</summary>
    public void Write(string path, byte[] buffer, int count) => flash.Write(path, buffer, count);

    /// <summary>Appends to a file and flushes.</summary>
    public void Append(string path, byte[] buffer, int count) => flash.Append(path, buffer, count);

    public void Delete(string path) => flash.Delete(path);

    public void Move(string from, string to) => flash.Move(from, to);
}
