using FsCheck;
using FsCheck.Fluent;
using SitSense.Firmware.Posture;
using SitSense.Testing;
using static SitSense.Firmware.Posture.PostureKind;

namespace SitSense.Firmware.Tests.Posture;

/// <summary>What holds for every detector; <see cref="Watched"/> checks times and the 10 s rule at every change.</summary>
public class DetectorPromisesTests
{
    public static TheoryData<bool> Places => [true, false];

    static MotionDetector Worn(bool belt) => belt ? new BeltDetector() : new ThighDetector();

    static void Live(Body body, bool belt, IEnumerable<int> days)
    {
        body.Walk(12, belt ? 3 : 20);
        foreach (var day in days)
        {
            var seconds = 1 + Math.Abs(day / 4 % 25);
            switch (Math.Abs(day % 4))
            {
                case 0: body.Stay(seconds); break;
                case 1: body.Change(2, belt ? 30 : 0, belt ? -20 : 80, -0.3).Stay(seconds); break;
                case 2: body.Change(2, belt ? 30 : 0, 0, 0.3).Stay(seconds); break;
                default: body.Walk(seconds, belt ? 3 : 20); break;
            }
        }
    }

    [Theory, MemberData(nameof(Places))]
    public void Whatever_a_body_does_times_are_in_order_and_changes_ten_seconds_apart(bool belt) =>
        Prop.ForAll<int[], int>((days, seed) =>
        {
            var watched = new Watched(Worn(belt));
            Live(new Body(seed) { Sample = watched.Add }, belt, days);
        }).QuickCheckThrowOnFailure();

    [Theory, MemberData(nameof(Places))]
    public void Whatever_a_sensor_says_times_are_in_order_and_changes_ten_seconds_apart(bool belt) =>
        Prop.ForAll<float[], int>((values, seed) =>
        {
            var watched = new Watched(Worn(belt));
            var random = new Random(seed);
            var ms = 0L;
            foreach (var value in values)
            {
                for (var i = 0; i < 200; i++)
                {
                    ms += random.Next(0, 120);
                    var noise = (float)random.NextDouble() * value;
                    watched.Add(ms, [noise, value, 1 - noise, value, noise, float.IsNaN(value) ? 0 : -value]);
                    if (random.Next(50) == 0)
                        watched.Miss(ms);
                }
                ms += random.Next(0, 20000);
                watched.Miss(ms);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_a_seat_says_times_are_in_order_and_changes_ten_seconds_apart() =>
        Prop.ForAll<int[], int>((values, seed) =>
        {
            var watched = new Watched(new SeatDetector(4));
            var random = new Random(seed);
            var ms = 0L;
            foreach (var value in values)
                for (var i = 0; i < 40; i++)
                    watched.Add(ms += random.Next(0, 1500), [value * 40, random.Next(-5, 4300), Math.Abs(value) * 10, random.Next(0, 500)]);
        }).QuickCheckThrowOnFailure();

    [Theory, MemberData(nameof(Places))]
    public void The_mounting_does_not_change_what_is_said(bool belt) =>
        Prop.ForAll<int>(seed =>
        {
            var watched = new Watched(Worn(belt));
            Live(new Body(seed) { Sample = watched.Add }, belt, [4 * 20, 4 * 20 + 1, 4 * 20 + 2, 4 * 20 + 1]);
            Assert.Equal([Upright, Sitting, Upright, Sitting], watched.Postures);
        }).QuickCheckThrowOnFailure();

    [Theory, MemberData(nameof(Places))]
    public void A_sensor_that_cannot_be_read_is_unknown_after_ten_seconds(bool belt)
    {
        var watched = new Watched(Worn(belt));
        var body = new Body { Sample = watched.Add };
        body.Walk(20, belt ? 3 : 20);
        var lost = body.Ms;
        for (var ms = lost; ms < lost + 30000; ms += 40)
            watched.Miss(ms);
        Assert.Equal([Upright, Unknown], watched.Postures);
        Assert.InRange(watched.Changes[1].Decided - lost, 9900, 20000);
        Assert.InRange(watched.Changes[1].Since, lost - 40, lost);
        body.Pause(40).Walk(20, belt ? 3 : 20);
        Assert.Equal([Upright, Unknown, Upright], watched.Postures);
        Assert.True(watched.Changes[2].Since > lost + 30000);
    }

    [Theory, MemberData(nameof(Places))]
    public void A_gap_resets_nothing(bool belt)
    {
        var watched = new Watched(Worn(belt));
        new Body { Sample = watched.Add }.Walk(20, belt ? 3 : 20).Pause(600).Stay(30);
        Assert.Equal([Upright], watched.Postures);
    }

    [Theory, MemberData(nameof(Places))]
    public void A_stuck_axis_is_unknown(bool belt)
    {
        var watched = new Watched(Worn(belt));
        var stuck = false;
        var body = new Body
        {
            Sample = (ms, s) =>
            {
                if (stuck)
                    s[1] = 0.25f;
                watched.Add(ms, s);
            },
        };
        body.Walk(20, belt ? 3 : 20);
        stuck = true;
        body.Walk(30, belt ? 3 : 20);
        Assert.Equal([Upright, Unknown], watched.Postures);
    }

    [Theory, MemberData(nameof(Places))]
    public void A_range_that_has_changed_is_unknown(bool belt)
    {
        var watched = new Watched(Worn(belt));
        var factor = 1f;
        var body = new Body { Sample = (ms, s) => watched.Add(ms, [s[0] * factor, s[1] * factor, s[2] * factor, s[3], s[4], s[5]]) };
        body.Walk(20, belt ? 3 : 20);
        factor = 2;
        body.Stay(40);
        Assert.Equal(Unknown, watched.Detector.Current);
    }

    [Theory, MemberData(nameof(Places))]
    public void Values_that_never_change_are_unknown(bool belt)
    {
        var watched = new Watched(Worn(belt));
        var body = new Body { Sample = watched.Add };
        body.Walk(20, belt ? 3 : 20);
        for (var i = 0; i < 750; i++)
            watched.Add(body.Ms + 40 * i, [0.1f, 0.2f, 0.97f, 0.3f, 0.2f, 0.1f]);
        Assert.Equal([Upright, Unknown], watched.Postures);
    }

    [Theory, MemberData(nameof(Places))]
    public void On_a_desk_it_is_off_and_put_on_again_it_goes_on(bool belt)
    {
        var watched = new Watched(Worn(belt));
        var body = new Body { Sample = watched.Add };
        body.Walk(20, belt ? 3 : 20).Change(1, 0, 90, -0.1);
        var laid = body.Ms;
        body.Lie(900);
        Assert.Equal(Off, watched.Detector.Current);
        Assert.InRange(watched.Detector.Since, laid - 1500, laid);
        Assert.InRange(watched.Changes[^1].Decided - laid, MotionDetector.OffMs - 2000, MotionDetector.OffMs + 20000);
        body.Change(1, 0, 0, 0.1).Walk(30, belt ? 3 : 20);
        Assert.Equal(Upright, watched.Detector.Current);
    }

    [Theory, MemberData(nameof(Places))]
    public void A_body_that_sits_still_for_an_hour_is_never_off(bool belt)
    {
        var watched = new Watched(Worn(belt));
        new Body { Sample = watched.Add }.Walk(20, belt ? 3 : 20).Change(2, belt ? 30 : 0, belt ? -20 : 80, -0.3).Stay(3600);
        Assert.Equal([Upright, Sitting], watched.Postures);
    }

    [Theory, MemberData(nameof(Places))]
    public void A_sample_allocates_nothing(bool belt)
    {
        var detector = Worn(belt);
        var samples = new List<(long Ms, float[] S)>();
        Live(new Body { Sample = (ms, s) => samples.Add((ms, s)) }, belt, [5, 82, 3, 41, 6, 90]);
        foreach (var (ms, s) in samples)
            detector.Add(ms, s[0], s[1], s[2], s[3], s[4], s[5]);
        var again = Worn(belt);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var (ms, s) in samples)
            again.Add(ms, s[0], s[1], s[2], s[3], s[4], s[5]);
        for (var ms = samples[^1].Ms; ms < samples[^1].Ms + 20000; ms += 40)
            again.Miss(ms);
        for (var ms = samples[^1].Ms + 20000; ms < samples[^1].Ms + 40000; ms += 40)
            again.Add(ms, ms, float.NaN, 0.5f, 0, 0, 0);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_sample_of_the_seat_allocates_nothing()
    {
        var counts = new int[8];
        // What is static is made by the first one.
        Sit(new SeatDetector(8));
        var detector = new SeatDetector(8);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Sit(detector);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Sit(SeatDetector on)
        {
            for (var i = 0; i < 1000; i++)
            {
                counts[i % 8] = i;
                on.Add(i * 500, counts);
            }
        }
    }

    public static TheoryData<PostureDetector> All => [new ThighDetector(), new BeltDetector(), new SeatDetector(8)];

    [Theory, MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public void A_detector_takes_less_than_4_KB_on_the_board(PostureDetector detector) => Assert.InRange(DeviceMemory.Of(detector).Blocks, 1, 4095);
}
