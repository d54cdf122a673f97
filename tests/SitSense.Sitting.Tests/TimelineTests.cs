using NodaTime;
using static SitSense.Sitting.Tests.Told;

namespace SitSense.Sitting.Tests;

public class TimelineTests
{
    [Fact]
    public void Of_two_devices_sitting_beats_up() =>
        Assert.Equal("upright 0-100 clip, sitting 100-200 seat, upright 200-300 clip", Merged(
            [For(Up, 0, 300, "clip")], [For(Up, 50, 100, "seat"), For(Sit, 100, 200, "seat"), For(Up, 200, 250, "seat")]));

    [Fact]
    public void Of_two_devices_up_beats_not_known() =>
        Assert.Equal("off 0-50 seat, upright 50-150 clip, off 150-200 seat", Merged([For(Off, 0, 200, "seat")], [For(Up, 50, 150, "clip")]));

    [Fact]
    public void Where_both_say_the_same_the_first_name_is_named() =>
        Assert.Equal("sitting 0-50 b, sitting 50-150 a, sitting 150-200 b", Merged([For(Sit, 0, 200, "b")], [For(Sit, 50, 150, "a")]));

    [Fact]
    public void What_nobody_vouched_for_stays_a_hole() =>
        Assert.Equal("sitting 0-50 a, sitting 100-150 b", Merged([For(Sit, 0, 50, "a")], [For(Sit, 100, 150, "b")]));

    [Fact]
    public void An_up_of_no_length_stays_unless_somebody_sits_or_is_up_then()
    {
        Assert.Equal("sitting 0-50 a, upright 50-50 b", Merged([For(Sit, 0, 50, "a")], [For(Up, 50, 50, "b")]));
        Assert.Equal("off 0-50 a, upright 50-50 b, off 50-90 a", Merged([For(Off, 0, 90, "a")], [For(Up, 50, 50, "b")]));
        Assert.Equal("sitting 0-90 a", Merged([For(Sit, 0, 90, "a")], [For(Up, 50, 50, "b")]));
        Assert.Equal("sitting 0-50 a, upright 50-90 c", Merged([For(Sit, 0, 50, "a")], [For(Up, 50, 50, "b")], [For(Up, 50, 90, "c")]));
    }

    [Fact]
    public void A_sitting_of_no_length_is_nothing() => Assert.Equal("upright 0-90 a", Merged([For(Up, 0, 90, "a")], [For(Sit, 50, 50, "b")]));

    [Fact]
    public void Clipping_keeps_what_begins_at_the_start_and_not_what_begins_at_the_end() =>
        Assert.Equal("upright 50-50, sitting 50-100", Read(Timeline.Clip([For(Sit, 0, 50), For(Up, 50, 50), For(Sit, 50, 100), For(Up, 100, 100), For(Sit, 100, 120)], At(50), At(100))));

    [Fact]
    public void A_time_without_ends_clips_nothing() => Assert.Equal("sitting 0-50", Read(Timeline.Clip([For(Sit, 0, 50)], null, null)));

    [Fact]
    public void A_span_is_filled_with_unknown() =>
        Assert.Equal("unknown 0-10, sitting 10-30, unknown 30-40, upright 40-50", Read(Timeline.Fill(
            [For(Sit, 10, 20), For(Sit, 20, 30), For(Up, 30, 30), For(Up, 40, 90)], new Interval(At(0), At(50)))));

    static string Merged(params Stretch[][] streams)
    {
        var merged = Read(Timeline.Merge(streams));
        Assert.Equal(merged, Read(Timeline.Merge(streams.Reverse().ToArray())));
        return merged;
    }
}
