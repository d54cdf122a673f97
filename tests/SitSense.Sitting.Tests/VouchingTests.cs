using static SitSense.Sitting.Tests.Told;

namespace SitSense.Sitting.Tests;

public class VouchingTests
{
    [Fact]
    public void Between_two_consecutive_changes_the_first_holds_throughout() =>
        Assert.Equal("sitting 0-5000, upright 5000-5000", Read(Vouch([Change(1, 0, Sit), Change(2, 5000, Up)]).Stretches));

    [Fact]
    public void The_newest_change_without_a_heartbeat_does_not_hold_at_all() =>
        Assert.Equal("upright 0-0", Read(Vouch([Change(1, 0, Up)]).Stretches));

    [Fact]
    public void The_newest_change_holds_until_its_last_heartbeat() =>
        Assert.Equal("sitting 0-120", Read(Vouch([Change(1, 0, Sit)], Beat(1, 120, Sit), Beat(1, 60, Sit)).Stretches));

    [Fact]
    public void Before_a_missing_number_a_change_holds_until_its_last_heartbeat() =>
        Assert.Equal("sitting 0-60, upright 300-400, sitting 400-420",
            Read(Vouch([Change(1, 0, Sit), Change(3, 300, Up), Change(4, 400, Sit)], Beat(1, 60, Sit), Beat(4, 420, Sit)).Stretches));

    [Fact]
    public void A_lost_change_that_was_backdated_behind_a_heartbeat_no_longer_shortens_the_one_before()
    {
        Assert.Equal("sitting 0-590, upright 590-590", Read(Vouch([Change(1, 0, Sit), Change(2, 590, Up)], Beat(1, 600, Sit)).Stretches));
        Assert.Equal("sitting 0-600", Read(Vouch([Change(1, 0, Sit)], Beat(1, 600, Sit)).Stretches));
    }

    [Fact]
    public void Before_another_boot_a_change_holds_until_its_last_heartbeat() =>
        Assert.Equal("sitting 0-60, sitting 300-360",
            Read(Vouch([Change(1, 0, Sit, boot: 1), Change(2, 300, Sit, boot: 2)], Beat(1, 60, Sit, boot: 1), Beat(2, 360, Sit, boot: 2)).Stretches));

    [Fact]
    public void A_number_that_comes_late_closes_its_gap() =>
        Assert.Equal("sitting 0-200, object 200-300, upright 300-400",
            Read(Vouch([Change(1, 0, Sit), Change(3, 300, Up), Change(4, 400, Off), Change(2, 200, Load)]).Stretches));

    [Fact]
    public void A_reminder_takes_a_number_and_goes_on_with_the_posture_before_it() =>
        Assert.Equal("sitting 0-2000, upright 2000-2000",
            Read(Vouch([Change(1, 0, Sit), Reminder(2, 1800), Change(3, 2000, Up)]).Stretches));

    [Fact]
    public void A_heartbeat_after_a_reminder_vouches_the_posture_before_it() =>
        Assert.Equal("sitting 0-1860", Read(Vouch([Change(1, 0, Sit), Reminder(2, 1800)], Beat(2, 1860, Sit)).Stretches));

    [Fact]
    public void A_reminder_behind_a_missing_number_has_no_posture() =>
        Assert.Equal("sitting 0-60, upright 2000-2000",
            Read(Vouch([Change(1, 0, Sit), Reminder(3, 1800), Change(4, 2000, Up)], Beat(1, 60, Sit), Beat(3, 1900, Sit)).Stretches));

    [Fact]
    public void A_heartbeat_vouches_the_posture_of_its_change_and_not_its_own_word() =>
        Assert.Equal("sitting 0-60", Read(Vouch([Change(1, 0, Sit)], Beat(1, 60, Up)).Stretches));

    [Fact]
    public void Heartbeats_of_a_change_that_never_came_vouch_their_own_posture_from_the_first_to_the_last() =>
        Assert.Equal("sitting 0-60, upright 200-320",
            Read(Vouch([Change(1, 0, Sit), Change(3, 400, Sit)], Beat(1, 60, Sit), Beat(2, 200, Up), Beat(2, 260, Up), Beat(2, 320, Up)).Stretches));

    [Fact]
    public void Heartbeats_of_two_numbers_at_one_time_are_merged_like_two_devices() =>
        Assert.Equal("upright 0-100, sitting 100-200, upright 200-300",
            Read(Vouch([], Beat(2, 0, Up), Beat(2, 300, Up), Beat(3, 100, Sit), Beat(3, 200, Sit)).Stretches));

    [Fact]
    public void One_heartbeat_alone_of_a_change_that_never_came_vouches_nothing() => Assert.Empty(Vouch([], Beat(2, 200, Sit)).Stretches);

    [Fact]
    public void Heartbeats_alone_are_a_timeline() =>
        Assert.Equal("sitting 0-60, upright 100-160", Read(Vouch([], Beat(5, 0, Sit), Beat(5, 60, Sit), Beat(6, 100, Up), Beat(6, 160, Up)).Stretches));

    [Fact]
    public void A_later_change_ends_what_an_earlier_one_was_said_to_hold()
    {
        // Decided at 210 to hold since 200; the heartbeat at 205 did not know yet.
        Assert.Equal("sitting 0-200, upright 200-260", Read(Vouch([Change(1, 0, Sit), Change(2, 200, Up)], Beat(1, 205, Sit), Beat(2, 260, Up)).Stretches));
        Assert.Equal("sitting 0-200, upright 200-260", Read(Vouch([Change(1, 0, Sit), Change(3, 200, Up)], Beat(1, 205, Sit), Beat(3, 260, Up)).Stretches));
    }

    [Fact]
    public void A_change_before_its_predecessor_is_moved_to_it_and_counted()
    {
        var vouched = Vouch([Change(1, 100, Sit), Change(2, 40, Up), Change(3, 90, Sit), Change(4, 300, Up)]);
        Assert.Equal("sitting 100-300, upright 300-300", Read(vouched.Stretches));
        Assert.Equal(2, vouched.Moved);
    }

    [Fact]
    public void The_same_number_twice_is_one_change() =>
        Assert.Equal("sitting 0-60", Read(Vouch([Change(1, 0, Sit), Change(1, 0, Sit)], Beat(1, 60, Sit), Beat(1, 60, Sit)).Stretches));

    [Fact]
    public void A_boot_that_says_nothing_of_its_posture_vouches_nothing() => Assert.Empty(Vouch([Reminder(1, 0), Reminder(2, 100)], Beat(2, 200, Sit)).Stretches);

    [Fact]
    public void Where_two_boots_overlap_sitting_is_believed() =>
        Assert.Equal("upright 0-100, sitting 100-200, upright 200-300", Read(Vouch(
            [Change(1, 0, Up, boot: 7), Change(2, 300, Off, boot: 7), Change(1, 100, Sit, boot: 9), Change(2, 200, Unclear, boot: 9)]).Stretches));

    [Fact]
    public void Equal_neighbours_are_one_stretch() =>
        Assert.Equal("sitting 0-300", Read(Vouch([Change(1, 0, Sit), Change(2, 100, Sit), Change(3, 200, Sit)], Beat(3, 300, Sit)).Stretches));
}
