using SitSense.Firmware.Posture;
using static SitSense.Firmware.Posture.PostureKind;

namespace SitSense.Firmware.Tests.Posture;

/// <summary>
/// A synthetic chair: eight force-sensing resistors read twice a second with 12 bits, resting at up to 250 counts, drifting, noisy. Not
/// validated on labelled data.
/// </summary>
public class SeatDetectorTests
{
    readonly Watched watched;
    readonly Random random = new(3);
    readonly int[] rests;
    readonly int[] counts;
    long ms;
    double drift;

    public SeatDetectorTests()
    {
        rests = [250, 10, 60, 0, 30, 5, 90, 0];
        counts = new int[8];
        watched = new Watched(new SeatDetector(8));
    }

    enum Load { Nothing, Person, Bag }

    void Sit(double seconds, Load load, double weight = 400, Func<int, double>? share = null)
    {
        var until = ms + (long)(seconds * 1000);
        for (; ms < until; ms += 500)
        {
            drift += 0.02 * (random.NextDouble() - 0.4);
            var t = ms / 1000.0;
            for (var i = 0; i < 8; i++)
            {
                var breath = load == Load.Person ? 1 + 0.01 * Math.Sin(2 * Math.PI * 0.25 * t + i) + 0.005 * Math.Sin(2 * Math.PI * 0.03 * t) : 1;
                if (load == Load.Person && (int)(t / 100) % 2 == 1)
                    breath *= i < 4 ? 1.1 : 0.9; // leans to the other side now and then
                var force = load == Load.Nothing ? 0 : weight * breath * (share?.Invoke(i) ?? 1);
                counts[i] = (int)Math.Clamp(rests[i] + drift + force + random.Next(-2, 3), 0, 4095);
            }
            watched.Add(ms, counts);
        }
    }

    [Fact]
    public void An_empty_chair_that_does_not_rest_at_zero_is_empty()
    {
        Sit(3600, Load.Nothing);
        Assert.Equal([Upright], watched.Postures);
        Assert.Equal(0, watched.Changes[0].Since);
    }

    [Theory]
    [InlineData(180)] // light
    [InlineData(400)]
    [InlineData(2500)]
    public void Light_and_heavy_sitters_are_told_within_a_second(double weight)
    {
        Sit(60, Load.Nothing);
        Sit(1800, Load.Person, weight);
        var left = ms;
        Sit(60, Load.Nothing);
        Assert.Equal([Upright, Sitting, Upright], watched.Postures);
        Assert.InRange(watched.Changes[1].Since, 59900, 61000);
        Assert.InRange(watched.Changes[2].Since, left, left + 1000);
    }

    [Fact]
    public void Off_centre_and_cross_legged_stays_sitting()
    {
        Sit(60, Load.Nothing);
        Sit(300, Load.Person);
        Sit(300, Load.Person, 500, i => i < 4 ? 1 : 0);
        Sit(300, Load.Person, 900, i => i is 1 or 6 ? 1 : 0.02);
        Assert.Equal([Upright, Sitting], watched.Postures);
    }

    [Fact]
    public void A_lift_of_half_a_second_is_no_break()
    {
        Sit(60, Load.Nothing);
        for (var i = 0; i < 20; i++)
        {
            Sit(30, Load.Person);
            Sit(0.5, Load.Nothing);
        }
        Assert.Equal([Upright, Sitting], watched.Postures);
    }

    [Fact]
    public void A_bag_becomes_an_object_and_a_person_never_does()
    {
        Sit(600, Load.Nothing);
        Sit(600, Load.Bag, 250);
        Assert.Equal(PostureKind.Object, watched.Detector.Current);
        Assert.InRange(watched.Changes[^1].Decided - watched.Changes[^1].Since, 0, 240000);
        Sit(60, Load.Nothing);
        Sit(7200, Load.Person, 250);
        Assert.Equal(Sitting, watched.Detector.Current);
    }

    [Fact]
    public void Whoever_sits_down_on_a_bag_is_a_sitter()
    {
        Sit(60, Load.Nothing);
        Sit(600, Load.Bag, 250);
        Sit(60, Load.Person, 450);
        Assert.Equal(Sitting, watched.Detector.Current);
    }

    [Fact]
    public void Switched_on_under_a_sitter_it_knows_it()
    {
        Sit(120, Load.Person);
        Assert.Equal([Sitting], watched.Postures);
        Sit(60, Load.Nothing);
        Assert.Equal(Upright, watched.Detector.Current);
    }

    [Fact]
    public void One_pad_does()
    {
        var one = new Watched(new SeatDetector(1));
        for (long t = 0; t < 60000; t += 500)
            one.Add(t, [20 + random.Next(-2, 3)]);
        for (long t = 60000; t < 120000; t += 500)
            one.Add(t, [700 + random.Next(-9, 10)]);
        Assert.Equal([Upright, Sitting], one.Postures);
    }

    [Fact]
    public void A_calibration_that_cannot_be_right_fails_and_the_old_one_stays()
    {
        Sit(60, Load.Nothing);
        Assert.False(watched.Detector.Calibrate(CalibrationStep.Standing, ms));
        Assert.True(watched.Detector.Calibrate(CalibrationStep.Occupied, ms));
        Sit(10, Load.Nothing);
        Assert.Equal(CalibrationState.Failed, watched.Detector.Calibration);
        watched.Detector.Calibrate(CalibrationStep.Empty, ms);
        Sit(10, Load.Nothing);
        Assert.Equal(CalibrationState.Done, watched.Detector.Calibration);
        Sit(60, Load.Person);
        Assert.Equal(Sitting, watched.Detector.Current);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void A_seat_has_one_to_eight_pads(int pads) => Assert.Throws<ArgumentOutOfRangeException>(() => new SeatDetector(pads));
}
