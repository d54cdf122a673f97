using NodaTime;
using static SitSense.Sitting.Tests.Told;

namespace SitSense.Sitting.Tests;

public class CleaningTests
{
    [Fact]
    public void A_lift_under_ten_seconds_is_no_break() =>
        Assert.Equal("sitting 0-209.999", Clean(For(Sit, 0, 100), For(Up, 100, 109.999), For(Sit, 109.999, 209.999)));

    [Fact]
    public void Exactly_ten_seconds_upright_break_sitting() =>
        Assert.Equal("sitting 0-100, upright 100-110, sitting 110-200", Clean(For(Sit, 0, 100), For(Up, 100, 110), For(Sit, 110, 200)));

    [Fact]
    public void Sitting_under_ten_seconds_between_two_ups_is_none() =>
        Assert.Equal("upright 0-300", Clean(For(Up, 0, 100), For(Sit, 100, 109), For(Up, 109, 300)));

    [Fact]
    public void Exactly_ten_seconds_of_sitting_are_a_bout() =>
        Assert.Equal("upright 0-100, sitting 100-110, upright 110-300", Clean(For(Up, 0, 100), For(Sit, 100, 110), For(Up, 110, 300)));

    [Fact]
    public void Short_ups_turn_into_sitting_before_short_sittings_turn_into_up() =>
        Assert.Equal("upright 0-100, sitting 100-115, upright 115-300",
            Clean(For(Up, 0, 100), For(Sit, 100, 105), For(Up, 105, 110), For(Sit, 110, 115), For(Up, 115, 300)));

    [Fact]
    public void Pieces_of_a_short_lift_count_together() =>
        Assert.Equal("sitting 0-100, upright 100-112, sitting 112-200", Clean(For(Sit, 0, 100), For(Up, 100, 106), For(Load, 106, 112), For(Sit, 112, 200)));

    [Fact]
    public void Beside_time_that_is_not_known_a_short_run_keeps_its_length() =>
        Assert.Equal("sitting 0-100, upright 100-104, sitting 110-200, sitting 300-304, upright 304-400",
            Clean(For(Sit, 0, 100), For(Up, 100, 104), For(Off, 104, 110), For(Sit, 110, 200), For(Sit, 300, 304), For(Up, 304, 400)));

    [Fact]
    public void Time_that_is_not_known_is_never_bridged_however_short() =>
        Assert.Equal("sitting 0-100, sitting 100.001-200", Clean(For(Sit, 0, 100), For(Sit, 100.001, 200)));

    [Fact]
    public void An_up_of_no_length_is_no_neighbour_of_a_short_sitting() =>
        Assert.Equal("upright 0-100, sitting 100-105, upright 105-105", Clean(For(Up, 0, 100), For(Sit, 100, 105), For(Up, 105, 105)));

    [Fact]
    public void An_up_of_no_length_stays_only_where_it_ends_sitting() =>
        Assert.Equal("sitting 0-100, upright 100-100", Clean(For(Sit, 0, 100), For(Up, 100, 100), For(Off, 100, 150), For(Up, 150, 150)));

    [Fact]
    public void The_minimum_can_be_another() =>
        Assert.Equal("sitting 0-100, upright 100-101, sitting 101-200",
            Read(CleanTimeline.From([For(Sit, 0, 100), For(Up, 100, 101), For(Sit, 101, 200)], Duration.FromSeconds(1)).Stretches));

    static string Clean(params Stretch[] timeline) => Read(Joined(CleanTimeline.From(timeline, TenSeconds).Stretches));

    /// <summary>Neighbours that the cleaning made equal, as one.</summary>
    static IEnumerable<Stretch> Joined(Stretch[] stretches)
    {
        for (int start = 0, end; start < stretches.Length; start = end)
        {
            for (end = start + 1; end < stretches.Length && stretches[end].Posture == stretches[start].Posture && stretches[end].From == stretches[end - 1].To;)
                end++;
            yield return stretches[start] with { To = stretches[end - 1].To };
        }
    }
}
