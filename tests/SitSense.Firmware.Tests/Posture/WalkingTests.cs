using SitSense.Firmware.Posture;

namespace SitSense.Firmware.Tests.Posture;

public class WalkingTests
{
    readonly Walking walking = new();
    long now = 5000;

    void Step(params int[] intervals)
    {
        foreach (var interval in intervals)
            walking.Add(now += interval);
    }

    void Steps(int count, params int[] intervals)
    {
        for (var i = 0; i < count; i++)
            Step(intervals[i % intervals.Length]);
    }

    [Fact]
    public void A_walk_is_counted_from_its_first_to_its_last_step()
    {
        walking.Add(now);
        Steps(20, 500);
        Assert.Equal(10000, walking.Ms);
        Assert.Equal(21, walking.Steps);
        Assert.Equal(now, walking.Until);
    }

    [Fact]
    public void Left_and_right_may_differ()
    {
        walking.Add(now);
        Steps(20, 450, 800);
        Assert.Equal(12500, walking.Ms);
    }

    [Fact]
    public void A_bump_within_a_step_is_no_step()
    {
        walking.Add(now);
        Steps(30, 150, 400);
        Assert.Equal(16, walking.Steps);
    }

    [Fact]
    public void A_few_steps_are_no_walk()
    {
        for (var i = 0; i < 10; i++)
        {
            Step(3000);
            Steps(5, 500);
        }
        Assert.Equal(0, walking.Ms);
    }

    [Fact]
    public void Uneven_steps_on_the_way_count_and_uneven_steps_alone_do_not()
    {
        Step(3000);
        Steps(40, 300, 900, 500, 290, 980, 310, 700);
        Assert.Equal(0, walking.Ms);
        Step(3000);
        Steps(10, 500);
        Steps(4, 300, 900);
        Steps(10, 500);
        Assert.Equal(12400, walking.Ms);
    }

    [Fact]
    public void A_pause_is_not_counted()
    {
        Step(3000);
        Steps(10, 500);
        Step(60000);
        Steps(10, 500);
        Assert.Equal(10000, walking.Ms);
        Assert.Equal(22, walking.Steps);
    }
}
