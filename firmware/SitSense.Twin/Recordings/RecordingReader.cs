#nullable enable
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using SitSense.Twin.Hardware;

namespace SitSense.Twin.Recordings;

/// <summary>
/// Reads recordings: CSV with a header, optionally gzipped; <c>t_s</c> in seconds, motion in g and deg/s (<c>ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps</c>, the last three
/// may be empty or absent) or seat pads (<c>p0..p7</c> or <c>p00..p07</c>, counts 0..4095). Other columns are passed over.
/// </summary>
public static class RecordingReader
{
    /// <summary>Seat pads that a device has at most.</summary>
    public const int MostPads = 8;

    /// <summary>More than any MPU6050 can report, in g and deg/s: such a number is a mistake of unit or format.</summary>
    const double MostG = 100, MostDps = 10_000;

    static readonly string[] motion = ["ax_g", "ay_g", "az_g", "gx_dps", "gy_dps", "gz_dps"];

    /// <summary>Reads a recording of a motion sensor.</summary>
    /// <exception cref="RecordingException">It is not there, or broken.</exception>
    public static Recording Motion(string file) => Read(file, header =>
    {
        var places = Array.ConvertAll(motion, name => header.IndexOf(name));
        for (var i = 0; i < 3; i++)
            if (places[i] < 0)
                throw new RecordingException(file, 1, $"there is no column '{motion[i]}'; a motion recording has {string.Join(',', motion)}");
        return places;
    }, (text, column) =>
    {
        if (column >= 3 && text.IsWhiteSpace())
            return 0;
        var limit = column < 3 ? MostG : MostDps;
        return Number(text, -limit, limit);
    }, column => motion[column]);

    /// <summary>Reads a recording of a seat cushion.</summary>
    /// <exception cref="RecordingException">It is not there, or broken.</exception>
    public static Recording Seat(string file) => Read(file, header =>
    {
        var places = new List<int>();
        for (var pad = 0; pad < MostPads; pad++)
        {
            var place = Math.Max(header.IndexOf($"p{pad}"), header.IndexOf($"p{pad:00}"));
            if (place < 0)
                break;
            places.Add(place);
        }
        return places.Count > 0 ? places.ToArray() : throw new RecordingException(file, 1, "there is no column 'p0' or 'p00'; a seat recording has p0..p7");
    }, (text, _) => Number(text, 0, VirtualAdc.MaxValue), column => $"p{column}");

    delegate double? Parse(ReadOnlySpan<char> text, int column);

    static Recording Read(string file, Func<List<string>, int[]> choose, Parse parse, Func<int, string> name)
    {
        try
        {
            using var stream = Open(file);
            using var reader = new StreamReader(stream);
            return Read(file, reader, choose, parse, name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new RecordingException(file, null, e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message);
        }
    }

    static Recording Read(string file, TextReader reader, Func<List<string>, int[]> choose, Parse parse, Func<int, string> name)
    {
        var header = new List<string>((reader.ReadLine() ?? throw new RecordingException(file, null, "the file is empty")).Trim('\uFEFF').Split(','));
        for (var i = 0; i < header.Count; i++)
            header[i] = header[i].Trim();
        var timeAt = header.IndexOf("t_s");
        if (timeAt < 0)
            throw new RecordingException(file, 1, "there is no column 't_s'");
        var places = choose(header);
        // The column of each field: -1 = the time, otherwise the value's; those without one are passed over.
        var fields = new int?[header.Count];
        for (var i = 0; i < places.Length; i++)
            if (places[i] >= 0)
                fields[places[i]] = i;
        fields[timeAt] = -1;

        var times = new List<double>();
        var values = new List<float>();
        var row = new float[places.Length];
        for (var line = 2; reader.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
                continue;
            Array.Clear(row);
            var time = ReadRow(text, line);
            if (times.Count > 0 && time <= times[^1])
                throw new RecordingException(file, line, string.Create(CultureInfo.InvariantCulture, $"t_s {time} does not come after {times[^1]}"));
            times.Add(time);
            values.AddRange(row);
        }
        return times.Count > 0 ? new Recording(file, places.Length, times, values) : throw new RecordingException(file, null, "there are no samples in it");

        double ReadRow(string text, int line)
        {
            var time = double.NaN;
            var field = 0;
            foreach (var range in text.AsSpan().Split(','))
            {
                if (field < fields.Length && fields[field] is { } column)
                {
                    var cell = text.AsSpan(range);
                    var value = column < 0 ? Number(cell, double.MinValue, double.MaxValue) : parse(cell, column);
                    if (value is not { } number)
                        throw new RecordingException(file, line, $"{(column < 0 ? "t_s" : name(column))} is '{cell}', which is no number in range");
                    if (column < 0)
                        time = number;
                    else
                        row[column] = (float)number;
                }
                field++;
            }
            return field == fields.Length ? time : throw new RecordingException(file, line, $"{field} fields where the header has {fields.Length}");
        }
    }

    static double? Number(ReadOnlySpan<char> text, double least, double most) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : null;

    static Stream Open(string file)
    {
        var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        var gzipped = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = 0;
        return gzipped ? Unpack(file, stream) : stream;
    }

    static MemoryStream Unpack(string file, FileStream packed)
    {
        var unpacked = new MemoryStream();
        using (packed)
        {
            using var gzip = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
            gzip.CopyTo(unpacked);
            // GZipStream takes a torn file for its beginning; the last four bytes of a whole one are the length of what was packed (RFC 1952).
            var length = new byte[sizeof(uint)];
            packed.Position = packed.Length - length.Length;
            packed.ReadExactly(length);
            if (BitConverter.ToUInt32(length) > unpacked.Length)
                throw new RecordingException(file, null, "the gzip file is torn: its end is missing");
        }
        unpacked.Position = 0;
        return unpacked;
    }
}
