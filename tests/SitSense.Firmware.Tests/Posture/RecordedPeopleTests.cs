using SitSense.Firmware.Posture;
using SitSense.Testing;
using Rows = System.Collections.Generic.List<(double T, float[] V, string Label)>;

namespace SitSense.Firmware.Tests.Posture;

/// <summary>
/// The detectors on recordings of people, at the firmware's 25 Hz and an MPU6050's resolution, one second at a time; as recorded, and again
/// with the offsets, scale errors and noise that a real MPU6050 adds.
/// </summary>
public class RecordedPeopleTests(ITestOutputHelper output)
{
    [Fact]
    public void The_thigh_is_right_on_everybody() => Score("motionsense", () => new ThighDetector(), 0, 0.99, 0.99, 0.95);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_thigh_is_right_with_a_real_sensors_errors(int draw) => Score("motionsense", () => new ThighDetector(), draw, 0.99, 0.99, 0.9);

    [Fact]
    public void The_belt_is_right_on_everybody() => Score("hapt", () => new BeltDetector(), 0, 0.95, 0.95, 0.85);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_belt_is_right_with_a_real_sensors_errors(int draw) => Score("hapt", () => new BeltDetector(), draw, 0.95, 0.95, 0.85);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void On_short_chair_clips_the_belt_sees_one_sit_and_one_rise(double restSeconds)
    {
        var clips = Files("hapt").SelectMany(file => LabelledRecording.ChairClips(LabelledRecording.Read(file), restSeconds)).ToList();
        var wrong = 0;
        foreach (var clip in clips)
        {
            var detector = new BeltDetector();
            var seen = new List<Transition>();
            foreach (var (ms, v) in LabelledRecording.Samples(clip))
            {
                detector.Add(ms, v[0], v[1], v[2], v[3], v[4], v[5]);
                if (detector.Seen != Transition.None)
                    seen.Add(detector.Seen);
            }
            wrong += seen.SequenceEqual([Transition.Sit, Transition.Rise]) ? 0 : 1;
        }
        output.WriteLine($"{clips.Count - wrong} of {clips.Count} clips with rests of {restSeconds} s show one sit and one rise");
        Assert.True(clips.Count - wrong >= 0.9 * clips.Count, $"{wrong} of {clips.Count} clips are wrong");
    }

    void Score(string set, Func<MotionDetector> detector, int draw, double sensitivity, double specificity, double worst)
    {
        var people = new SortedDictionary<string, Tally>();
        foreach (var file in Files(set))
        {
            var rows = LabelledRecording.Read(file);
            var person = LabelledRecording.Person(file);
            var changes = Replay(detector(), draw == 0 ? rows : LabelledRecording.Felt(rows, draw * 1000 + people.Count));
            people[person] = people.GetValueOrDefault(person) + Tally.Of(LabelledRecording.Seconds(rows), changes);
        }
        foreach (var (person, tally) in people)
            output.WriteLine($"{person} F1 {tally.F1:f3}");
        var all = people.Values.Aggregate((a, b) => a + b);
        var said = $"sens {all.Sensitivity:f3} spec {all.Specificity:f3} F1 {all.F1:f3} worst {people.Values.Min(tally => tally.F1):f3}";
        output.WriteLine(said);
        Assert.True(all.Sensitivity >= sensitivity && all.Specificity >= specificity && people.Values.Min(tally => tally.F1) >= worst, said);
    }

    static List<(double Since, bool? Sits)> Replay(MotionDetector detector, Rows rows)
    {
        var changes = new List<(double, bool?)>();
        foreach (var (ms, v) in LabelledRecording.Samples(rows))
            if (detector.Add(ms, v[0], v[1], v[2], v[3], v[4], v[5]))
                changes.Add((rows[0].T + detector.Since / 1000.0, detector.Current switch { PostureKind.Sitting => true, PostureKind.Upright => false, _ => null }));
        return changes;
    }

    static IEnumerable<string> Files(string set) => Directory.GetFiles(Needs.Recordings(set), "*.csv.gz").Order();
}
