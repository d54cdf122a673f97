using SitSense.Firmware.Posture;
using static SitSense.Firmware.Posture.PostureKind;

namespace SitSense.Firmware.Tests.Posture;

public class BeltDetectorTests
{
    static (Watched, Body) Wear(int seed = 1, double rateHz = 25)
    {
        var watched = new Watched(new BeltDetector());
        return (watched, new Body(seed, rateHz) { Sample = watched.Add });
    }

    [Fact]
    public void The_first_sit_down_tells_what_was_before_as_well()
    {
        var (watched, body) = Wear();
        body.Stay(20);
        Assert.Empty(watched.Changes);
        var sat = body.Ms;
        body.SitDown().Stay(30).StandUp().Stay(30);
        Assert.Equal([Upright, Sitting, Upright], watched.Postures);
        Assert.Equal(0, watched.Changes[0].Since);
        Assert.InRange(watched.Changes[1].Since, sat, sat + 2500);
        Assert.Equal([Transition.Sit, Transition.Rise], watched.Seen.Select(seen => seen.Transition));
    }

    [Theory]
    [InlineData(12.5)]
    [InlineData(25)]
    [InlineData(50)]
    [InlineData(100)]
    public void Any_rate_will_do(double rateHz)
    {
        var (watched, body) = Wear(3, rateHz);
        body.Stay(15).Walk(15, 3).Stay(15).SitDown().Stay(30).StandUp().Walk(15, 3).Stay(10);
        Assert.Equal([Upright, Sitting, Upright], watched.Postures);
    }

    [Fact]
    public void Who_leans_alike_sitting_and_standing_is_told_by_the_drop()
    {
        var (watched, body) = Wear();
        body.Walk(15, 3).Stay(15).Change(2.2, 30, -4, -0.35).Stay(30).Change(2.2, 30, 0, 0.35).Stay(30);
        Assert.Equal([Upright, Sitting, Upright], watched.Postures);
    }

    [Fact]
    public void Walking_proves_upright()
    {
        var (watched, body) = Wear();
        body.Stay(15).SitDown().Stay(30);
        Assert.Equal(Sitting, watched.Detector.Current);
        body.Walk(20, 3);
        Assert.Equal(Upright, watched.Detector.Current);
    }

    [Fact]
    public void Who_walks_up_to_a_chair_and_sits_down_is_sitting()
    {
        var (watched, body) = Wear();
        body.Walk(20, 3).SitDown().Stay(30);
        Assert.Equal([Upright, Sitting], watched.Postures);
    }

    [Fact]
    public void Squats_and_bends_change_nothing()
    {
        var (watched, body) = Wear();
        body.Walk(15, 3).Stay(12);
        for (var i = 0; i < 10; i++)
            body.Dip(2.5, 35, 0.35).Stay(3).Dip(3, 70, 0.1).Stay(3);
        Assert.Equal([Upright], watched.Postures);
        Assert.Empty(watched.Seen);
    }

    [Fact]
    public void A_slouch_is_still_sitting()
    {
        var (watched, body) = Wear();
        body.Walk(15, 3).Stay(12).SitDown().Stay(20).Change(2, 0, -45, -0.03).Stay(30).Change(2, 0, -5, 0.03).Stay(30);
        Assert.Equal([Upright, Sitting], watched.Postures);
    }

    [Theory]
    [InlineData(true, Sitting)]
    [InlineData(false, Unknown)]
    public void Lying_counts_as_the_setting_says(bool lyingIsSitting, PostureKind expected)
    {
        var (watched, body) = Wear();
        ((BeltDetector)watched.Detector).LyingIsSitting = lyingIsSitting;
        body.Walk(15, 3).Stay(12).Change(4, 0, -88, -0.4).Stay(40);
        Assert.Equal(expected, watched.Detector.Current);
    }

    [Fact]
    public void Who_gets_up_from_lying_sits_first()
    {
        var (watched, body) = Wear();
        body.Walk(15, 3).Stay(12).Change(4, 0, -88, -0.4).Stay(30).Change(3, 0, -10, 0.05).Stay(30).StandUp().Stay(30);
        Assert.Equal([Upright, Sitting, Upright], watched.Postures);
    }

    [Fact]
    public void Without_a_gyroscope_walking_and_tilt_remain()
    {
        var watched = new Watched(new BeltDetector());
        var body = new Body { Sample = (ms, s) => watched.Add(ms, [s[0], s[1], s[2], 0, 0, 0]) };
        body.Walk(20, 3).Stay(15).SitDown().Stay(30);
        Assert.NotEqual(Upright, watched.Detector.Current);
        body.StandUp().Walk(20, 3);
        Assert.Equal(Upright, watched.Detector.Current);
    }
}
