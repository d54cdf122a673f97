using System.Globalization;
using System.IO.Compression;

namespace SitSense.Testing;

/// <summary>A recording of a person: what the sensor felt, and what the people who made it say that the person did.</summary>
public static class LabelledRecording
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

    /// <summary>Whether somebody sat in a second, by <c>score_posture.py</c>'s rule: 90 % of its samples bear one label; other seconds are left out.</summary>
    public static IEnumerable<(int Second, bool Sat)> Seconds(List<(double T, float[] V, string Label)> rows)
    {
        foreach (var second in rows.GroupBy(row => (int)row.T))
        {
            var most = second.GroupBy(row => row.Label).MaxBy(label => label.Count())!;
            if (most.Count() >= 0.9 * second.Count() && most.Key is "sit" or "stand" or "walk" or "upstairs" or "downstairs" or "jog")
                yield return (second.Key, most.Key == "sit");
        }
    }

    /// <summary>The same as felt by an MPU6050 with offsets (0.03 g, 3 deg/s), scale errors (2 %) and noise (0.003 g, 0.1 deg/s), each a standard deviation.</summary>
    public static List<(double T, float[] V, string Label)> Felt(List<(double T, float[] V, string Label)> rows, int draw)
    {
        var random = new Random(draw);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[] offset = [.. Enumerable.Range(0, 6).Select(i => (i < 3 ? 0.03 : 3) * Normal())], scale = [.. offset.Select(_ => 1 + 0.02 * Normal())];
        return [.. rows.Select(row => row with { V = [.. row.V.Select((v, i) => (float)(v * scale[i] + offset[i] + (i < 3 ? 0.003 : 0.1) * Normal()))] })];
    }

    /// <summary>
    /// The same thigh on somebody who sits with the knees low: while sitting the sensor is turned, so that its mean inclination from the mean of walking is this one.
    /// </summary>
    public static List<(double T, float[] V, string Label)> SittingAt(List<(double T, float[] V, string Label)> rows, double degrees)
    {
        var sits = Direction(rows.Where(row => row.Label == "sit"));
        var walks = Direction(rows.Where(row => row.Label is "walk" or "upstairs" or "downstairs"));
        var axis = Unit([sits[1] * walks[2] - sits[2] * walks[1], sits[2] * walks[0] - sits[0] * walks[2], sits[0] * walks[1] - sits[1] * walks[0]]);
        var angle = Math.Acos(Math.Clamp(Dot(sits, walks), -1, 1)) - degrees * Math.PI / 180;
        return [.. rows.Select(row => row.Label != "sit" ? row : row with { V = [.. Turn(row.V[..3]), .. Turn(row.V[3..])] })];

        // Rodrigues' rotation.
        float[] Turn(float[] v)
        {
            var along = Dot([v[0], v[1], v[2]], axis) * (1 - Math.Cos(angle));
            return [.. Enumerable.Range(0, 3).Select(i => (float)(v[i] * Math.Cos(angle) + (axis[(i + 1) % 3] * v[(i + 2) % 3] - axis[(i + 2) % 3] * v[(i + 1) % 3]) * Math.Sin(angle) + axis[i] * along))];
        }
    }

    static double[] Direction(IEnumerable<(double T, float[] V, string Label)> rows) =>
        Unit(rows.Aggregate(new double[3], (sum, row) => [sum[0] + row.V[0], sum[1] + row.V[1], sum[2] + row.V[2]]));

    static double[] Unit(double[] v) => [.. v.Select(x => x / Math.Sqrt(Dot(v, v)))];

    static double Dot(double[] a, double[] b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

    /// <summary>Short clips around a chair: somebody stands, sits down, sits, stands up and stands again, each rest no longer than said.</summary>
    public static IEnumerable<List<(double T, float[] V, string Label)>> ChairClips(List<(double T, float[] V, string Label)> rows, double restSeconds)
    {
        var stretches = Stretches(rows).ToList();
        string[] pattern = ["stand", "stand_to_sit", "sit", "sit_to_stand", "stand"];
        for (var i = 0; i + pattern.Length <= stretches.Count; i++)
        {
            if (!stretches.Skip(i).Take(pattern.Length).Select(stretch => stretch.Label).SequenceEqual(pattern))
                continue;
            var (before, down, sits, up, after) = (stretches[i], stretches[i + 1], stretches[i + 2], stretches[i + 3], stretches[i + 4]);
            var half = Math.Min(sits.To - sits.From, restSeconds) / 2;
            var kept = rows.Where(row => row.T >= Math.Max(before.From, before.To - restSeconds) && row.T < sits.From + half
                || row.T >= sits.To - half && row.T < Math.Min(after.To, after.From + restSeconds));
            yield return [.. kept.Select((row, n) => row with { T = n / 50.0 })];
        }
    }

    /// <summary>The same played backwards: turns change their sign, forces do not.</summary>
    public static List<(double T, float[] V, string Label)> Backwards(List<(double T, float[] V, string Label)> rows) =>
        [.. rows.Select((row, n) => (row.T, (float[])[.. rows[^(n + 1)].V.Select((v, i) => i < 3 ? v : -v)], rows[^(n + 1)].Label))];
}
