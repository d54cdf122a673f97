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

    [Fact]
    public void Rises_take_as_long_as_the_labels_say()
    {
        var (errors, seen, labelled) = (new List<double>(), 0, 0);
        foreach (var file in People("hapt").SelectMany(person => person))
        {
            var rows = LabelledRecording.Read(file);
            var belt = new BeltDetector();
            var rises = LabelledRecording.Stretches(rows).Where(stretch => stretch.Label == "sit_to_stand").ToList();
            labelled += rises.Count;
            foreach (var (ms, v) in LabelledRecording.Samples(rows))
            {
                var before = belt.Pelvis.Rises.Count;
                belt.Add(ms, v[0], v[1], v[2], v[3], v[4], v[5]);
                if (belt.Pelvis.Rises.Count == before)
                    continue;
                seen++;
                var t = rows[0].T + ms / 1000.0;
                // It is timed when the rest after it is seen, within three seconds.
                if (rises.Cast<(double From, double To, string)?>().FirstOrDefault(rise => t > rise!.Value.From && t < rise.Value.To + 3) is { } label)
                    errors.Add(belt.Pelvis.Rises.Last - (label.To - label.From));
            }
        }
        var sorted = errors.Order().ToArray();
        var spread = Math.Sqrt(errors.Average(error => error * error) - errors.Average() * errors.Average());
        output.WriteLine($"{errors.Count} of {labelled} rises timed, {seen - errors.Count} others; longer than the label by {sorted[sorted.Length / 2]:f2} s in the median, spread {spread:f2} s, {sorted[0]:f2} to {sorted[^1]:f2} s");
        Assert.True(errors.Count > 0.9 * labelled && Math.Abs(sorted[sorted.Length / 2]) < 0.4 && spread < 0.8);
    }

    [Fact]
    public void Pelvic_tilt_is_the_same_when_the_same_person_wears_it_again()
    {
        var (sitting, standing) = (new List<double>(), new List<double>());
        foreach (var person in People("hapt"))
        {
            var tilts = person.Select(file => Twice(LabelledRecording.Read(file)).Pelvis.Tilt).ToArray();
            output.WriteLine($"{person.Key}: " + string.Join("; ", tilts.Select(tilt => $"sitting {Of(tilt.Sitting)}, standing {Of(tilt.Standing)}")));
            if (tilts.Length == 2 && tilts.All(tilt => tilt.Sitting.Count > 0))
                sitting.Add(tilts[0].Sitting.Degrees - tilts[1].Sitting.Degrees);
            if (tilts.Length == 2 && tilts.All(tilt => tilt.Standing.Count > 0))
                standing.Add(tilts[0].Standing.Degrees - tilts[1].Standing.Degrees);
        }
        foreach (var (what, differences) in new[] { ("sitting", sitting), ("standing", standing) })
        {
            var sizes = differences.Select(Math.Abs).Order().ToArray();
            output.WriteLine($"{what}: {sizes.Length} people with two recordings, apart by {sizes[sizes.Length / 2]:f1} degrees in the median, {sizes[^1]:f1} at most");
            Assert.True(sizes.Length >= 5 && sizes[sizes.Length / 2] < 8);
        }

        static string Of(TiltTrend tilt) => tilt.Count == 0 ? "not known" : $"{tilt.Degrees:f1} +- {tilt.Error:f1}";
    }

    [Fact]
    public void Who_stands_quietly_on_both_legs_has_no_pelvic_drop()
    {
        var (drops, reasons) = (new List<(double Drop, double Error)>(), new List<string>());
        foreach (var file in People("hapt").SelectMany(person => person))
        {
            var rows = LabelledRecording.Read(file);
            var stands = LabelledRecording.Stretches(rows).Where(stretch => stretch.Label == "stand" && stretch.To - stretch.From > 21).ToList();
            foreach (var (from, to, _) in stands)
            {
                var check = Twice(rows, from - rows[0].T + 0.5, to - rows[0].T).Pelvis.Stance;
                if (check.State == StanceState.Done)
                    drops.Add((check.Drop, check.Error));
                else
                    reasons.Add(check.Reason ?? $"still {check.State}");
            }
        }
        var sizes = drops.Select(drop => Math.Abs(drop.Drop)).Order().ToArray();
        output.WriteLine($"{sizes.Length} checks, drop {sizes[sizes.Length / 2]:f2} degrees in the median, {sizes[^1]:f2} at most; error stated {drops.Min(drop => drop.Error):f2} to {drops.Max(drop => drop.Error):f2}");
        foreach (var reason in reasons.CountBy(reason => reason))
            output.WriteLine($"{reason.Value} without a figure: {reason.Key}");
        Assert.True(sizes.Length >= 10 && drops.All(drop => Math.Abs(drop.Drop) < drop.Error));
    }

    // The walks of these recordings come last, so a first time teaches what up and ahead are. A check may begin in the second.
    static BeltDetector Twice(List<(double T, float[] V, string Label)> rows, double checkFrom = double.MaxValue, double until = double.MaxValue)
    {
        var belt = new BeltDetector();
        var samples = LabelledRecording.Samples(rows).ToList();
        foreach (var (ms, v) in samples)
            belt.Add(ms, v[0], v[1], v[2], v[3], v[4], v[5]);
        var again = samples[^1].Ms + 2000;
        foreach (var (ms, v) in samples)
        {
            if (ms > until * 1000 + 2000)
                break;
            if (ms >= checkFrom * 1000 && belt.Pelvis.Stance.State == StanceState.None)
                belt.Pelvis.Stance.Begin(true, again + ms);
            belt.Add(again + ms, v[0], v[1], v[2], v[3], v[4], v[5]);
        }
        return belt;
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
