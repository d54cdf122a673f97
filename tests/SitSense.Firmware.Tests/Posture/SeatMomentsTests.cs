using SitSense.Firmware.Posture;
using static SitSense.Firmware.Posture.PostureKind;

namespace SitSense.Firmware.Tests.Posture;

/// <summary>Single moments on a <see cref="SimulatedChair"/>, each on several chairs.</summary>
public class SeatMomentsTests
{
    SimulatedChair chair = null!;
    Watched watched = null!;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    SeatDetector Seat => (SeatDetector)watched.Detector;

    void On(int seed, SeatDetector? detector = null, int pads = 8, int periodMs = 100)
    {
        watched = new Watched(detector ?? new SeatDetector(pads));
        chair = new SimulatedChair(seed, pads, periodMs, periodMs) { Sample = watched.Add };
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_lift_of_half_a_second_is_no_break_and_no_transition(int seed)
    {
        On(seed);
        chair.Stay(30).Sit(Sitter.AtDesk(70), 60);
        for (var i = 0; i < 20; i++)
            chair.Lift(0.5).Stay(20);
        Assert.Equal([Upright, Sitting], watched.Postures);
        Assert.Equal([Transition.Sit], watched.Seen.Select(seen => seen.Transition));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_sitting_and_a_break_of_less_than_ten_seconds_are_none(int seed)
    {
        On(seed);
        chair.Stay(30).Sit(Sitter.Quiet(70), 6.5).Leave(60);
        Assert.Equal([Upright], watched.Postures);
        chair.Sit(Sitter.Quiet(70), 60).Leave(6.5).Sit(Sitter.Quiet(70), 60);
        Assert.Equal([Upright, Sitting], watched.Postures);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_sitting_and_a_break_of_twelve_seconds_are_told(int seed)
    {
        On(seed);
        chair.Stay(30).Sit(Sitter.Quiet(70), 12.5).Leave(12).Sit(Sitter.Quiet(70), 30);
        Assert.Equal([Upright, Sitting, Upright, Sitting], watched.Postures);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Whoever_sits_down_just_as_the_rise_is_decided_is_seen(int seed)
    {
        for (var emptySeconds = 8.5; emptySeconds < 13; emptySeconds += 0.5)
        {
            On(seed);
            chair.Stay(30).Sit(Sitter.AtDesk(100), 300).Leave(emptySeconds).Sit(Sitter.Quiet(50), 60);
            Assert.Equal(Sitting, watched.Detector.Current);
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_bag_put_down_by_who_has_just_got_up_leaves_the_sitting_what_it_was(int seed)
    {
        On(seed);
        chair.Stay(30).Sit(Sitter.AtDesk(80), 900).Leave(4);
        var put = chair.Ms;
        chair.Sit(Sitter.Thing(12), 900);
        Assert.Equal([Upright, Sitting, PostureKind.Object], watched.Postures);
        Assert.InRange(watched.Detector.Since, put - 6000, put + 3000);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Rest_values_given_back_let_a_power_cut_pass_under_a_sitter(int seed)
    {
        On(seed);
        chair.Stay(120);
        var values = new float[watched.Detector.SavedValues];
        Assert.True(watched.Detector.Save(values));
        chair.Sit(Sitter.AtDesk(55), 300);
        var again = new SeatDetector(8);
        Assert.True(again.Restore(values));
        watched = new Watched(again);
        chair.Sample = watched.Add;
        chair.Stay(60);
        Assert.Equal([Sitting], watched.Postures);
        chair.Leave(60);
        Assert.Equal([Sitting, Upright], watched.Postures);
    }

    [Fact]
    public void Values_that_cannot_be_right_are_not_taken_back()
    {
        var seat = new SeatDetector(2);
        Assert.False(seat.Save(new float[3]));
        Assert.False(seat.Restore([10, float.NaN, 0]));
        Assert.False(seat.Restore([10, 5000, 0]));
        Assert.False(seat.Restore([10, 20, -1]));
        Assert.True(seat.Restore([10, 20, 0]));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Calibrating_empty_under_a_sitter_or_occupied_without_one_fails_and_changes_nothing(int seed)
    {
        On(seed);
        chair.Stay(60);
        Assert.Equal(CalibrationState.Failed, Calibrated(CalibrationStep.Occupied));
        Assert.Equal(CalibrationState.Done, Calibrated(CalibrationStep.Empty));
        chair.Sit(Sitter.AtDesk(50), 60);
        var before = new float[9];
        var after = new float[9];
        Seat.Save(before);
        Assert.Equal(CalibrationState.Failed, Calibrated(CalibrationStep.Empty));
        Seat.Save(after);
        Assert.Equal(before.AsSpan(0, 8), after.AsSpan(0, 8));
        Assert.Equal(CalibrationState.Done, Calibrated(CalibrationStep.Occupied));
        Assert.Equal(Sitting, watched.Detector.Current);
    }

    [Theory]
    [InlineData(Way.Left, -1)]
    [InlineData(Way.Right, 1)]
    public void The_side_that_bears_more_is_told(Way way, int sign)
    {
        foreach (var pads in new[] { 2, 3, 4, 8 })
        {
            On(5, pads: pads);
            Assert.True(float.IsNaN(Seat.Balance));
            chair.Stay(30).Sit(Sitter.Motionless(70), 60, way);
            Assert.InRange(Seat.Balance * sign, 0.2f, 1f);
            chair.Leave(30);
            Assert.True(float.IsNaN(Seat.Balance));
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_longest_time_without_a_shift_is_measured(int seed)
    {
        On(seed);
        chair.Stay(30).Sit(Sitter.Quiet(70) with { ShiftSeconds = 0 }, 100, Way.Left).Move(Way.Right, 400).Move(Way.Left, 60);
        Assert.Equal(2, Seat.Shifts);
        Assert.InRange(Seat.LongestStill, 395_000, 405_000);
        chair.Leave(30);
        Assert.InRange(Seat.LongestStill, 395_000, 405_000);
    }

    CalibrationState Calibrated(CalibrationStep step)
    {
        Seat.Calibrate(step, chair.Ms);
        chair.Stay(10);
        return Seat.Calibration;
    }
}
