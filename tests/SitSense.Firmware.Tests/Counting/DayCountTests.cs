using SitSense.Firmware.Counting;
using SitSense.Firmware.Posture;

namespace SitSense.Firmware.Tests.Counting;

/// <summary>Virtual time throughout; the device starts at ms 0.</summary>
public class DayCountTests
{
    const long Minute = 60_000, Hour = 60 * Minute, Day = 24 * Hour;

    /// <summary>A local midnight at an offset of one hour.</summary>
    const long Midnight = 20_000 * Day - Hour;

    readonly DayCount count = new();

    void At(long ms, long sinceMidnight) => count.Time(ms, Midnight + sinceMidnight, 60);

    [Fact]
    public void Only_sitting_counts_and_what_is_not_known_is_known_as_that()
    {
        At(0, 8 * Hour);
        count.Posture(PostureKind.Sitting, 0);
        count.Posture(PostureKind.Upright, 30 * Minute);
        count.Posture(PostureKind.Off, 40 * Minute);
        count.Posture(PostureKind.Sitting, 100 * Minute);
        Assert.Equal((50 * Minute, 60 * Minute, 20 * Minute), (count.SittingMs(120 * Minute), count.KnownMs(120 * Minute), count.BoutMs(120 * Minute)));
    }

    [Fact]
    public void A_change_that_was_decided_late_counts_from_when_it_was()
    {
        At(0, 8 * Hour);
        count.Posture(PostureKind.Sitting, 0);
        Assert.Equal(Hour + 8000, count.SittingMs(Hour + 8000));
        count.Posture(PostureKind.Upright, Hour);
        Assert.Equal((Hour, 0), (count.SittingMs(Hour + 10_000), count.BoutMs(Hour + 10_000)));
    }

    [Fact]
    public void At_local_midnight_a_new_day_begins_and_the_bout_goes_on()
    {
        At(0, 23 * Hour);
        count.Posture(PostureKind.Sitting, 0);
        At(90 * Minute, Day + 30 * Minute);
        Assert.Equal((30 * Minute, 30 * Minute, 90 * Minute), (count.SittingMs(90 * Minute), count.KnownMs(90 * Minute), count.BoutMs(90 * Minute)));
        count.Posture(PostureKind.Upright, 91 * Minute);
        Assert.Equal((31 * Minute, 32 * Minute), (count.SittingMs(92 * Minute), count.KnownMs(92 * Minute)));
    }

    [Fact]
    public void A_rise_before_midnight_that_is_decided_after_it_leaves_nothing_of_the_old_day()
    {
        At(0, 23 * Hour);
        count.Posture(PostureKind.Sitting, 0);
        At(Hour + 5000, Day + 5000);
        count.Posture(PostureKind.Upright, Hour - 5000);
        Assert.Equal((0, Minute), (count.SittingMs(Hour + Minute), count.KnownMs(Hour + Minute)));
    }

    [Fact]
    public void What_came_before_the_time_was_known_counts_when_it_must_have_been_today()
    {
        count.Posture(PostureKind.Sitting, 0);
        count.Posture(PostureKind.Upright, 20 * Minute);
        Assert.True(count.Day < 0);
        At(30 * Minute, 10 * Hour);
        Assert.Equal((20 * Minute, 30 * Minute), (count.SittingMs(30 * Minute), count.KnownMs(30 * Minute)));
    }

    [Fact]
    public void Of_a_night_before_the_time_was_known_only_the_present_stretch_is_placed()
    {
        count.Posture(PostureKind.Sitting, 0);
        count.Posture(PostureKind.Upright, 20 * Minute);
        count.Posture(PostureKind.Sitting, 50 * Minute);
        At(90 * Minute, 30 * Minute);
        Assert.Equal((30 * Minute, 30 * Minute), (count.SittingMs(90 * Minute), count.KnownMs(90 * Minute)));
    }

    [Fact]
    public void A_clock_that_jumps_to_another_day_and_back_makes_the_count_too_small_never_too_large()
    {
        At(0, 8 * Hour);
        count.Posture(PostureKind.Sitting, 0);
        count.Posture(PostureKind.Upright, Hour);
        count.Posture(PostureKind.Sitting, 2 * Hour);
        At(3 * Hour, Day + 11 * Hour);
        At(3 * Hour + Minute, 11 * Hour + Minute);
        Assert.InRange(count.SittingMs(4 * Hour), Hour, 3 * Hour);
    }
}
