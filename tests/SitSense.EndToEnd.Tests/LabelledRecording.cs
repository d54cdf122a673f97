using System.Globalization;
using System.IO.Compression;

namespace SitSense.EndToEnd.Tests;

/// <summary>The labels of a recording: which seconds were sitting, which up. Transitions and what bears no label are neither.</summary>
sealed class LabelledRecording
{
    static readonly string[] Sitting = ["sit", "lie"];
    static readonly string[] Up = ["stand", "walk", "upstairs", "downstairs", "jog"];

    LabelledRecording(double start, IReadOnlyDictionary<int, bool> sat)
    {
        Start = start;
        Sat = sat;
    }

    /// <summary>The first sample's time, in seconds of the recording's clock.</summary>
    public double Start { get; }

    /// <summary>Whether a second, counted from the start, was sitting; seconds that cannot be said are left out.</summary>
    public IReadOnlyDictionary<int, bool> Sat { get; }

    public static LabelledRecording Read(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        var label = reader.ReadLine()!.Split(',').IndexOf("label");
        var rows = new List<(double At, string Label)>();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            rows.Add((double.Parse(cells[0], CultureInfo.InvariantCulture), cells[label]));
        }
        var start = rows[0].At;
        var sat = rows.GroupBy(row => (int)(row.At - start))
            .Where(second => second.All(row => Sitting.Contains(row.Label)) || second.All(row => Up.Contains(row.Label)))
            .ToDictionary(second => second.Key, second => Sitting.Contains(second.First().Label));
        return new(start, sat);
    }
}
