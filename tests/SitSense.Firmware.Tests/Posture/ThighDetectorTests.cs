using SitSense.Testing;
using SitSense.Firmware.Posture;
using static SitSense.Firmware.Posture.PostureKind;

namespace SitSense.Firmware.Tests.Posture;

public class ThighDetectorTests
{
    static (Watched, Body) Wear(int seed = 1, double rateHz = 25)
    {
        var watched = new Watched(new ThighDetector());
        return (watched, new Body(seed, rateHz) { Sample = watched.Add });
    }

    [Fact]
    public void Walking_teaches_the_reference_and_sitting_is_told_since_it_began()
    {
        var (watched, body) = Wear();
        body.Walk(15, 20);
        var sat = body.Ms;
        body.Change(1.5, 0, 80, -0.2).Stay(30);
        var rose = body.Ms;
        body.Change(1.5, 0, 0, 0.2).Stay(30);
        Assert.Equal([Upright, Sitting, Upright], watched.Postures);
        Assert.Equal(0, watched.Changes[0].Since);
        Assert.InRange(watched.Changes[1].Since, sat, sat + 1500);
        Assert.InRange(watched.Changes[2].Since, rose, rose + 1500);
        Assert.All(watched.Changes, change => Assert.InRange(change.Decided - change.Since, 10000, 15000));
    }

    [Fact]
    public void Before_anything_taught_the_reference_nothing_is_said()
    {
        var (watched, body) = Wear();
        body.Change(1, 0, 40, 0).Stay(60);
        Assert.Empty(watched.Changes);
    }

    [Fact]
    public void A_first_sit_down_teaches_it_by_its_drop()
    {
        var (watched, body) = Wear();
        body.Stay(15).Change(2, 0, 80, -0.25).Stay(30);
        Assert.Equal(Sitting, watched.Detector.Current);
    }

    [Fact]
    public void A_pocket_turned_over_changes_nothing()
    {
        var (watched, body) = Wear();
        body.Walk(20, 20).TurnOver().Stay(30);
        Assert.Equal([Upright], watched.Postures);
        body.Change(1.5, 0, 80, -0.2).Stay(30);
        Assert.Equal([Upright, Sitting], watched.Postures);
    }

    [Fact]
    public void Bending_down_for_six_seconds_is_not_sitting()
    {
        var (watched, body) = Wear();
        body.Walk(15, 20).Stay(10).Change(1, 0, 50, 0).Stay(6).Change(1, 0, 0, 0).Stay(30);
        Assert.Equal([Upright], watched.Postures);
    }

    [Theory]
    [InlineData(45)] // legs stretched out
    [InlineData(80)]
    [InlineData(110)] // knees up
    public void Sitting_is_told_at_any_height_of_the_knees(double angle)
    {
        var (watched, body) = Wear();
        body.Walk(15, 20).Stay(10).Change(1.5, 0, angle, -0.2).Stay(30);
        Assert.Equal([Upright, Sitting], watched.Postures);
    }

    [Fact]
    public void A_break_of_nine_seconds_is_none_and_one_of_twelve_is()
    {
        var (watched, body) = Wear();
        body.Walk(15, 20).Change(1, 0, 80, -0.2).Stay(30).Change(1, 0, 0, 0.2).Stay(8).Change(1, 0, 80, -0.2).Stay(30);
        Assert.Equal([Upright, Sitting], watched.Postures);
        body.Change(1, 0, 0, 0.2).Stay(12).Change(1, 0, 80, -0.2).Stay(30);
        Assert.Equal([Upright, Sitting, Upright, Sitting], watched.Postures);
    }

    [Fact]
    public void A_bouncing_leg_is_not_walking()
    {
        var (watched, body) = Wear();
        body.Walk(15, 20).Change(1.5, 0, 80, -0.2).Stay(20);
        for (var i = 0; i < 100; i++)
            body.Dip(0.2, 4, 0.01);
        Assert.Equal(Sitting, watched.Detector.Current);
    }

    [Fact]
    public void A_calibration_by_standing_takes_the_place_of_walking_and_one_that_fails_says_so()
    {
        var (watched, body) = Wear();
        body.Stay(3);
        Assert.False(watched.Detector.Calibrate(CalibrationStep.Empty, body.Ms));
        Assert.True(watched.Detector.Calibrate(CalibrationStep.Standing, body.Ms));
        body.Stay(15);
        Assert.Equal(CalibrationState.Done, watched.Detector.Calibration);
        body.Change(1.5, 0, 80, -0.2).Stay(30);
        Assert.Equal([Upright, Sitting], watched.Postures);

        watched.Detector.Calibrate(CalibrationStep.Standing, body.Ms);
        body.Walk(12, 20);
        Assert.Equal(CalibrationState.Failed, watched.Detector.Calibration);
    }

    [Fact]
    public void What_was_learned_survives_a_restart()
    {
        var (watched, body) = Wear(5);
        body.Walk(30, 20);
        var values = new float[watched.Detector.SavedValues];
        Assert.True(watched.Detector.Save(values));

        var (second, again) = Wear(5);
        Assert.True(second.Detector.Restore(values));
        again.Change(1.5, 0, 80, -0.2).Stay(30);
        Assert.Equal(Sitting, second.Detector.Current);
        Assert.False(second.Detector.Restore(new float[second.Detector.SavedValues]));
    }
}
