using SitSense.Firmware.Posture;
using SitSense.Testing;
using static SitSense.Firmware.Posture.PostureKind;

namespace SitSense.Firmware.Tests.Posture;

/// <summary>A clip-on that lies somewhere must not become the stillest person in the office; and nobody who sits still may be taken for a clip-on that lies somewhere.</summary>
public class NotWornTests(ITestOutputHelper output)
{
    static readonly string[] places = ["thigh", "belt"];

    /// <summary>Around the desk: force and turn that are added to what lies there, after so many seconds.</summary>
    static readonly Dictionary<string, Action<double, float[], Random>> surroundings = new()
    {
        ["silence"] = (_, _, _) => { },
        ["typing"] = (t, s, random) => s[2] += t % 20 < 12 ? (float)(0.015 * Math.Sin(t * 62) * (random.NextDouble() < 0.3 ? 1 : 0.2)) : 0,
        ["a room that warms up"] = (t, s, _) => s[0] += (float)(0.01 * Math.Min(1, t / 1200)),
        ["a knock each minute and a half"] = (t, s, random) => s[0] += t % 97 < 0.2 ? (float)(0.6 * (random.NextDouble() - 0.5)) : 0,
    };

    public static TheoryData<string, double, string> Desks()
    {
        var desks = new TheoryData<string, double, string>();
        foreach (var place in places)
            foreach (var around in surroundings.Keys)
                foreach (var noise in new[] { 0.0015, 0.003 })
                    desks.Add(place, noise, around);
        return desks;
    }

    [Theory, MemberData(nameof(Desks))]
    public void From_power_on_it_is_off_and_nothing_else(string place, double noise, string around)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var watched = Watch(place);
            Desk(watched, seed, noise, around).Lie(1200);
            Assert.Equal([Off], watched.Postures.Where(posture => posture != Unknown));
            Assert.Equal(0, watched.Changes[^1].Since);
        }
    }

    [Theory, MemberData(nameof(Desks))]
    public void Taken_off_it_is_off_from_then_on_and_sits_for_a_minute_at_most_until_that_is_known(string place, double noise, string around)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var watched = Watch(place);
            var body = Desk(watched, seed, noise, around, worn: true);
            body.Walk(20, place == "belt" ? 3 : 20).Stay(20).Change(1, 0, 90, -0.1);
            var laid = body.Ms;
            body.Lie(1200);
            Assert.Equal(Off, watched.Detector.Current);
            for (var ms = laid; ms < body.Ms; ms += 1000)
                Assert.Equal(Off, watched.At(ms));
            // What people saw meanwhile.
            Assert.All(watched.Changes.Where(change => change.Decided > laid + 61_000), change => Assert.NotEqual(Sitting, change.Posture));
            Assert.Contains(watched.Changes, change => change.Posture != Sitting && change.Decided > laid && change.Decided <= laid + 62_000);
        }
    }

    [Theory]
    [InlineData("thigh")]
    [InlineData("belt")]
    public void Off_stays_off_all_night_and_says_nothing_of_before_when_it_is_put_on(string place)
    {
        var watched = Watch(place);
        var body = Desk(watched, 3, 0.003, "a knock each minute and a half", worn: true);
        body.Walk(20, place == "belt" ? 3 : 20).Change(2, place == "belt" ? 30 : 0, place == "belt" ? -20 : 80, -0.3).Stay(60).Change(1, 0, 90, -0.1).Lie(8 * 3600);
        var said = watched.Changes.Count;
        Assert.Equal(Off, watched.Detector.Current);
        // Put on by somebody who stands still: nothing is known of this mounting.
        body.Change(1, 0, 10, 0.1).Stay(60);
        Assert.DoesNotContain(Sitting, watched.Postures.Skip(said));
        body.Walk(30, place == "belt" ? 3 : 20);
        Assert.Equal(Upright, watched.Detector.Current);
    }

    [Theory]
    [InlineData("thigh")]
    [InlineData("belt")]
    public void Watched_by_the_sensor_alone_it_stays_off_all_night_and_goes_on_when_it_is_put_on(string place)
    {
        var watched = Watch(place);
        var body = Desk(watched, 4, 0.003, "silence", worn: true);
        body.Walk(20, place == "belt" ? 3 : 20).Change(1, 0, 90, -0.1).Lie(600);
        var detector = (MotionDetector)watched.Detector;
        var since = detector.Since;
        Assert.True(detector.IsLaidDown);
        for (var night = body.Ms + 8 * 3_600_000; body.Ms < night; body.Pause(5))
            Assert.False(detector.Untouched(body.Ms));
        Assert.Equal((Off, since), (detector.Current, detector.Since));
        detector.Untouched(body.Ms);
        body.Pause(0.04).Change(1, 0, 10, 0.1).Walk(30, place == "belt" ? 3 : 20);
        Assert.Equal(Upright, detector.Current);
        Assert.InRange(body.Ms - detector.Since, 25_000, 32_000);
    }

    [Theory]
    [InlineData("hapt", "belt")]
    [InlineData("motionsense", "thigh")]
    public void Nobody_recorded_is_nearly_as_still_as_a_desk(string set, string place)
    {
        var longest = 0L;
        var stirred = new List<long>();
        foreach (var file in Directory.GetFiles(Needs.Recordings(set), "*.csv.gz"))
        {
                var detector = (MotionDetector)Watch(place).Detector;
                var random = new Random(1);
                var moved = -1L;
                foreach (var (ms, v) in LabelledRecording.Samples(LabelledRecording.Read(file)))
                {
                    for (var i = 0; i < 3; i++)
                        v[i] += (float)(0.003 * (random.NextDouble() - 0.5));
                    detector.Add(ms, v[0], v[1], v[2], v[3], v[4], v[5]);
                    longest = Math.Max(longest, ms - detector.Wear.Since);
                    if (detector.Wear.Since > detector.Wear.MovedAt && moved != detector.Wear.MovedAt)
                        stirred.Add(ms - (moved = detector.Wear.MovedAt));
                }
        }
        stirred.Sort();
        output.WriteLine($"{place}: still for {longest / 1000.0:0} s at most; after a move {stirred.Count} times stirred within {stirred[stirred.Count / 2] / 1000.0:0} s in the median, {stirred[^1] / 1000.0:0} s at most");
        Assert.InRange(longest, 10_000, MotionDetector.OffMs / 5);
        Assert.InRange(stirred[^1], 5_000, 30_000);
    }

    static Watched Watch(string place) => new(place == "belt" ? new BeltDetector() : new ThighDetector());

    static Body Desk(Watched watched, int seed, double noise, string around, bool worn = false)
    {
        var random = new Random(seed);
        return new Body(seed) { Noise = noise, Sample = Sample };

        void Sample(long ms, float[] s)
        {
                if (!worn || ms > 42_000)
                    surroundings[around](ms / 1000.0, s, random);
                watched.Add(ms, s);
        }
    }
}
