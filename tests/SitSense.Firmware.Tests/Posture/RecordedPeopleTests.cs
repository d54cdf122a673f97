using SitSense.Firmware.Posture;
using SitSense.Testing;

namespace SitSense.Firmware.Tests.Posture;

/// <summary>
/// The detectors on recordings of people, at the firmware's 25 Hz and an MPU6050's resolution, one second at a time; as recorded, and again
/// with the offsets, scale errors and noise that a real MPU6050 adds.
/// </summary>
public class RecordedPeopleTests(ITestOutputHelper output)
{
    const int PeriodMs = 40;

    [Fact]
    public void The_thigh_is_right_on_everybody() => Score("motionsense", () => new ThighDetector(), 0, 0.99, 0.99, 0.95);

    [Fact]
    public void The_belt_is_right_on_everybody() => Score("hapt", () => new BeltDetector(), 0, 0.95, 0.95, 0.85);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_thigh_is_right_with_a_real_sensors_errors(int seed) => Score("motionsense", () => new ThighDetector(), seed, 0.99, 0.99, 0.95);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_belt_is_mostly_right_with_a_real_sensors_errors(int seed) => Score("hapt", () => new BeltDetector(), seed, 0.93, 0.95, 0.5);

    void Score(string set, Func<MotionDetector> detector, int errors, double sensitivity, double specificity, double worst)
    {
        var people = new SortedDictionary<string, (int Tp, int Fn, int Fp, int Tn)>();
        foreach (var file in Directory.GetFiles(Needs.Recordings(set), "*.csv.gz").Order())
        {
            var rows = LabelledRecording.Read(file);
            var changes = Replay(detector(), rows, errors == 0 ? null : new Random(errors * 1000 + people.Count));
            var person = Path.GetFileName(file).Split('_')[1];
            var sum = people.GetValueOrDefault(person);
            foreach (var (second, sits) in Labels(rows))
            {
                var said = changes.LastOrDefault(change => change.T <= second + 0.5).Posture;
                if (sits)
                    sum = said == PostureKind.Sitting ? sum with { Tp = sum.Tp + 1 } : sum with { Fn = sum.Fn + 1 };
                else
                    sum = said == PostureKind.Upright ? sum with { Tn = sum.Tn + 1 } : sum with { Fp = sum.Fp + 1 };
            }
            people[person] = sum;
        }
        foreach (var (person, figures) in people)
            output.WriteLine($"{person} F1 {F1(figures):f3}");
        var (tp, fn, fp, tn) = people.Values.Aggregate((a, b) => (a.Tp + b.Tp, a.Fn + b.Fn, a.Fp + b.Fp, a.Tn + b.Tn));
        double sens = tp / (double)(tp + fn), spec = tn / (double)(tn + fp), least = people.Values.Min(F1);
        output.WriteLine($"sens {sens:f3} spec {spec:f3} F1 {F1((tp, fn, fp, tn)):f3} worst {least:f3}");
        Assert.True(sens >= sensitivity && spec >= specificity && least >= worst, $"sens {sens:f3} spec {spec:f3} worst {least:f3}");
    }

    static double F1((int Tp, int Fn, int Fp, int Tn) f) => 2.0 * f.Tp / (2 * f.Tp + f.Fp + f.Fn);

    static List<(double T, PostureKind Posture)> Replay(MotionDetector detector, List<(double T, float[] V, string Label)> rows, Random? errors)
    {
        double Error(double spread) => errors is null ? 0 : spread * Math.Sqrt(-2 * Math.Log(1 - errors.NextDouble())) * Math.Cos(2 * Math.PI * errors.NextDouble());
        var offset = Enumerable.Range(0, 6).Select(i => Error(i < 3 ? 0.03 : 3)).ToArray();
        var scale = Enumerable.Range(0, 6).Select(_ => 1 + Error(0.02)).ToArray();
        var changes = new List<(double, PostureKind)>();
        var v = new float[6];
        var row = 0;
        for (long ms = 0; rows[0].T + ms / 1000.0 <= rows[^1].T; ms += PeriodMs)
        {
            var t = rows[0].T + ms / 1000.0;
            while (row + 1 < rows.Count && rows[row + 1].T <= t + 1e-6)
                row++;
            if (t - rows[row].T > 1)
                continue;
            for (var i = 0; i < 6; i++)
            {
                double lsb = i < 3 ? 8192 : 65.5, range = i < 3 ? 4 : 500;
                v[i] = (float)Math.Clamp(Math.Round((rows[row].V[i] * scale[i] + offset[i] + Error(i < 3 ? 0.003 : 0.1)) * lsb) / lsb, -range, range);
            }
            if (detector.Add(ms, v[0], v[1], v[2], v[3], v[4], v[5]))
                changes.Add((rows[0].T + detector.Since / 1000.0, detector.Current));
        }
        return changes;
    }

    static IEnumerable<(int Second, bool Sits)> Labels(List<(double T, float[] V, string Label)> rows)
    {
        foreach (var second in rows.GroupBy(row => (int)row.T))
        {
            var most = second.GroupBy(row => row.Label).MaxBy(label => label.Count())!;
            if (most.Count() >= 0.9 * second.Count() && (most.Key is "sit" or "stand" or "walk" or "upstairs" or "downstairs" or "jog"))
                yield return (second.Key, most.Key == "sit");
        }
    }
}
