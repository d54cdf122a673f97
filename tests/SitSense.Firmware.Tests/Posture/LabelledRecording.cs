using System.Globalization;
using System.IO.Compression;

namespace SitSense.Firmware.Tests.Posture;

/// <summary>A recording of a person: what the sensor felt, and what the people who made it say that the person did.</summary>
static class LabelledRecording
{
    /// <summary>The rows of a file: seconds, force in g and turn in deg/s, label.</summary>
    public static List<(double T, float[] V, string Label)> Read(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        var names = reader.ReadLine()!.Split(',');
        int[] columns = [.. new[] { "ax_g", "ay_g", "az_g", "gx_dps", "gy_dps", "gz_dps" }.Select(name => Array.IndexOf(names, name))];
        int time = Array.IndexOf(names, "t_s"), label = Array.IndexOf(names, "label");
        var rows = new List<(double, float[], string)>();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            rows.Add((double.Parse(fields[time], CultureInfo.InvariantCulture),
                [.. columns.Select(column => float.Parse(fields[column], CultureInfo.InvariantCulture))], fields[label]));
        }
        return rows;
    }

    /// <summary>Whose a file is.</summary>
    public static string Person(string file) => Path.GetFileName(file).Split('_')[1];

    /// <summary>The stretches of one label: from, to, label.</summary>
    public static IEnumerable<(double From, double To, string Label)> Stretches(List<(double T, float[] V, string Label)> rows)
    {
        for (int from = 0, to = 0; from < rows.Count; from = to)
        {
            while (to < rows.Count && rows[to].Label == rows[from].Label && (to == from || rows[to].T - rows[to - 1].T < 1))
                to++;
            yield return (rows[from].T, to < rows.Count && rows[to].T - rows[to - 1].T < 1 ? rows[to].T : rows[to - 1].T, rows[from].Label);
        }
    }

    /// <summary>The samples that the firmware takes of it, each 40 ms the newest row in an MPU6050's counts: ms since the first row, force and turn.</summary>
    public static IEnumerable<(long Ms, float[] V)> Samples(List<(double T, float[] V, string Label)> rows)
    {
        const int PeriodMs = 40;
        var row = 0;
        for (long ms = 0; rows[0].T + ms / 1000.0 <= rows[^1].T; ms += PeriodMs)
        {
            var t = rows[0].T + ms / 1000.0;
            while (row + 1 < rows.Count && rows[row + 1].T <= t + 1e-6)
                row++;
            if (t - rows[row].T <= 1)
                yield return (ms, [.. rows[row].V.Select((v, i) => (float)(Math.Clamp(Math.Round(v * (i < 3 ? 8192 : 65.5)), -32768, 32767) / (i < 3 ? 8192 : 65.5)))]);
        }
    }
}
