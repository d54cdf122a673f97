using SitSense.Firmware.Posture;
using SitSense.Testing;

namespace SitSense.Firmware.Tests.Posture;

/// <summary>What the detectors measure beyond posture, against what the labels of recorded people say; the output is what docs/detection.md states.</summary>
public class MeasuresOfPeopleTests(ITestOutputHelper output)
{
    static readonly string[] Walks = ["walk", "upstairs", "downstairs", "jog"];

    public static TheoryData<string, double, double> Places => new() { { "hapt", 0.03, 0.06 }, { "motionsense", 0.05, 0.15 } };

    [Theory, MemberData(nameof(Places))]
    public void Walking_seconds_are_those_of_the_labels(string set, double median, double worst)
    {
        var errors = new List<double>();
        foreach (var person in People(set))
        {
            var (said, labelled) = (0.0, 0.0);
            foreach (var rows in person.Select(LabelledRecording.Read))
            {
                var walked = Walked(set, rows);
                foreach (var (from, to, label) in LabelledRecording.Stretches(rows).Where(stretch => stretch.Label is "sit" or "stand" or "lie" || Walks.Contains(stretch.Label)))
                {
                    said += walked.Sum(walk => Math.Max(0, Math.Min(to, walk.To) - Math.Max(from, walk.From)));
                    labelled += Walks.Contains(label) ? to - from : 0;
                }
            }
            errors.Add(said / labelled - 1);
            output.WriteLine($"{person.Key}: {labelled:f0} s labelled, {said:f0} s said, {100 * errors[^1]:+0.0;-0.0} %");
        }
        Hold(errors, median, worst);
    }

    [Theory, MemberData(nameof(Places))]
    public void Steps_are_as_frequent_as_the_forces_repeat(string set, double median, double worst)
    {
        var errors = new List<double>();
        foreach (var person in People(set))
        {
            var (said, found) = (0.0, 0.0);
            foreach (var rows in person.Select(LabelledRecording.Read))
            {
                var walked = Walked(set, rows);
                foreach (var (from, to, label) in LabelledRecording.Stretches(rows).Where(stretch => Walks.Contains(stretch.Label) && stretch.To - stretch.From > 8))
                {
                    var inside = walked.Where(walk => walk.From >= from && walk.To <= to).ToList();
                    said += inside.Sum(walk => walk.Steps);
                    found += inside.Sum(walk => walk.To - walk.From) / StepSeconds([.. rows.Where(row => row.T >= from && row.T < to).Select(row => row.V)], label == "jog");
                }
            }
            errors.Add(said / found - 1);
            output.WriteLine($"{person.Key}: {found:f0} steps by autocorrelation, {said:f0} counted, {100 * errors[^1]:+0.0;-0.0} %");
        }
        Hold(errors, median, worst);
    }

    void Hold(List<double> errors, double median, double worst)
    {
        var sizes = errors.Select(Math.Abs).Order().ToArray();
        output.WriteLine($"median {100 * sizes[sizes.Length / 2]:f1} %, worst {100 * sizes[^1]:f1} %");
        Assert.True(sizes[sizes.Length / 2] < median && sizes[^1] < worst, $"median {sizes[sizes.Length / 2]:p1}, worst {sizes[^1]:p1}");
    }

    static IEnumerable<IGrouping<string, string>> People(string set) =>
        Directory.GetFiles(Needs.Recordings(set), "*.csv.gz").Order().GroupBy(LabelledRecording.Person);

    static List<(double From, double To, int Steps)> Walked(string set, List<(double T, float[] V, string Label)> rows)
    {
        var detector = set == "hapt" ? (MotionDetector)new BeltDetector() : new ThighDetector();
        var walked = new List<(double, double, int)>();
        var (length, steps) = (0L, 0);
        foreach (var (ms, v) in LabelledRecording.Samples(rows))
        {
            detector.Add(ms, v[0], v[1], v[2], v[3], v[4], v[5]);
            var walking = detector.Walking;
            if (walking.Ms > length)
                walked.Add((rows[0].T + (walking.Until - walking.Ms + length) / 1000.0, rows[0].T + walking.Until / 1000.0, walking.Steps - steps));
            (length, steps) = (walking.Ms, walking.Steps);
        }
        return walked;
    }

    // A stride, two steps, is after what the length of the force looks most like itself.
    static double StepSeconds(float[][] samples, bool running)
    {
        const double Hz = 50;
        var force = samples.Select(v => Math.Sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2])).ToArray();
        var mean = force.Average();
        var (from, to) = running ? (0.5, 0.9) : (0.9, 1.8);
        var best = Enumerable.Range((int)(from * Hz), (int)((to - from) * Hz))
            .MaxBy(lag => force.Skip(lag).Zip(force, (late, early) => (late - mean) * (early - mean)).Sum() / (force.Length - lag));
        return best / Hz / 2;
    }
}
