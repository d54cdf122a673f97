using SitSense.Firmware.Posture;
using SitSense.Firmware.Reminding;
using SitSense.Firmware.Tests.Settings;

namespace SitSense.Firmware.Tests.Reminding;

/// <summary>Virtual time throughout: the reminder only knows the milliseconds that it is told, here a tick each second.</summary>
public class ReminderTests
{
    const long Second = 1000;
    const long Minute = 60 * Second;

    readonly List<(ReminderKind Kind, long At, long SittingMs)> happened = [];
    Reminder reminder = null!;
    long now;

    /// <summary>2026-11-20 (a Friday) 08:00 UTC at ms 0.</summary>
    const long Morning = 1795161600000;

    public ReminderTests() => Use("{}");

    void Use(string json)
    {
        reminder = new Reminder(Wishes.Of(json));
        reminder.Happened += (kind, ms, sitting) => happened.Add((kind, ms, sitting));
    }

    void Until(long ms)
    {
        for (; now < ms; now += Second)
            reminder.Tick(now, Morning + now);
        reminder.Tick(now, Morning + now);
    }

    /// <summary>A change that holds from here on and is decided 10 s later, as the detector does.</summary>
    void Becomes(PostureKind posture, bool seen = true)
    {
        var from = now;
        if (seen && posture != PostureKind.Sitting)
            reminder.Moved(Transition.Rise, now);
        Until(from + 10 * Second);
        reminder.Posture(posture, from, now);
    }

    IEnumerable<(ReminderKind, long)> Kinds => happened.Select(h => (h.Kind, h.At));

    [Fact]
    public void It_is_due_at_the_threshold_and_repeated_until_somebody_gets_up()
    {
        Becomes(PostureKind.Sitting);
        Until(41 * Minute);
        Assert.Equal(
            [(ReminderKind.Due, 30 * Minute, 30 * Minute), (ReminderKind.Repeat, 35 * Minute, 35 * Minute), (ReminderKind.Repeat, 40 * Minute, 40 * Minute)],
            happened);
    }

    [Fact]
    public void A_minute_upright_heeds_it_and_the_next_sitting_is_a_new_one()
    {
        Becomes(PostureKind.Sitting);
        Until(31 * Minute);
        Becomes(PostureKind.Upright);
        Until(33 * Minute);
        Becomes(PostureKind.Sitting);
        Until(62 * Minute);
        Assert.Equal([(ReminderKind.Due, 30 * Minute), (ReminderKind.Heeded, 32 * Minute)], Kinds);
        Assert.Equal(31 * Minute, happened[1].SittingMs);
        Until(63 * Minute);
        Assert.Equal((ReminderKind.Due, 63 * Minute), Kinds.Last());
    }

    [Fact]
    public void Half_a_minute_upright_heeds_nothing_but_nobody_is_nagged_just_after_sitting_down()
    {
        Becomes(PostureKind.Sitting);
        Until(31 * Minute);
        Becomes(PostureKind.Upright);
        Until(31 * Minute + 30 * Second);
        Becomes(PostureKind.Sitting);
        Until(37 * Minute);
        Assert.Equal([(ReminderKind.Due, 30 * Minute), (ReminderKind.Repeat, 36 * Minute + 30 * Second)], Kinds);
    }

    [Fact]
    public void A_break_before_the_threshold_begins_a_new_sitting()
    {
        Becomes(PostureKind.Sitting);
        Until(29 * Minute);
        Becomes(PostureKind.Upright);
        Until(29 * Minute + 20 * Second);
        Becomes(PostureKind.Sitting);
        Until(59 * Minute + 19 * Second);
        Assert.Empty(happened);
        Until(59 * Minute + 20 * Second);
        Assert.Equal([(ReminderKind.Due, 59 * Minute + 20 * Second)], Kinds);
    }

    [Fact]
    public void A_rise_just_before_the_buzz_cancels_it_although_it_is_not_decided_yet()
    {
        Becomes(PostureKind.Sitting);
        Until(30 * Minute - 3 * Second);
        Becomes(PostureKind.Upright);
        Until(40 * Minute);
        Assert.Empty(happened);
    }

    [Fact]
    public void A_lift_that_was_no_rise_only_puts_the_buzz_off_by_seconds()
    {
        Becomes(PostureKind.Sitting);
        Until(30 * Minute - 3 * Second);
        reminder.Moved(Transition.Rise, now);
        Until(31 * Minute);
        Assert.Equal([(ReminderKind.Due, 30 * Minute + 12 * Second)], Kinds);
    }

    [Theory]
    [InlineData(PostureKind.Upright)]
    [InlineData(PostureKind.Object)]
    [InlineData(PostureKind.Off)]
    [InlineData(PostureKind.Unknown)]
    public void Nobody_is_reminded_who_is_not_known_to_sit(PostureKind posture)
    {
        Becomes(posture);
        Until(3 * 60 * Minute);
        Assert.Empty(happened);
    }

    [Fact]
    public void Taking_the_device_off_ends_a_reminder_without_calling_it_heeded()
    {
        Becomes(PostureKind.Sitting);
        Until(31 * Minute);
        Becomes(PostureKind.Off);
        Until(90 * Minute);
        Becomes(PostureKind.Sitting);
        Until(119 * Minute);
        Assert.Equal([(ReminderKind.Due, 30 * Minute)], Kinds);
        Assert.False(reminder.IsOwed);
    }

    [Fact]
    public void A_bag_on_the_seat_lets_the_break_go_on()
    {
        Becomes(PostureKind.Sitting);
        Until(31 * Minute);
        Becomes(PostureKind.Upright);
        Until(31 * Minute + 30 * Second);
        Becomes(PostureKind.Object);
        Until(33 * Minute);
        Assert.Equal((ReminderKind.Heeded, 32 * Minute), Kinds.Last());
    }

    [Fact]
    public void A_snooze_comes_back_and_can_be_taken_again()
    {
        Becomes(PostureKind.Sitting);
        Until(30 * Minute);
        reminder.Snooze(10, now);
        Until(40 * Minute);
        reminder.Snooze(10, now);
        Until(51 * Minute);
        Assert.Equal(
            [(ReminderKind.Due, 30 * Minute), (ReminderKind.Snoozed, 30 * Minute), (ReminderKind.Repeat, 40 * Minute), (ReminderKind.Snoozed, 40 * Minute), (ReminderKind.Repeat, 50 * Minute)],
            Kinds);
    }

    [Fact]
    public void A_break_ends_the_snooze_of_the_sitting_before()
    {
        Becomes(PostureKind.Sitting);
        Until(30 * Minute);
        reminder.Snooze(120, now);
        Becomes(PostureKind.Upright);
        Until(32 * Minute);
        Becomes(PostureKind.Sitting);
        Until(62 * Minute);
        Assert.Equal((ReminderKind.Due, 62 * Minute), Kinds.Last());
    }

    [Fact]
    public void A_pause_keeps_still_and_what_became_due_meanwhile_comes_a_moment_after_it()
    {
        Becomes(PostureKind.Sitting);
        Until(20 * Minute);
        reminder.Pause(0, now);
        Until(60 * Minute);
        reminder.Resume(now);
        Until(62 * Minute);
        Assert.Equal([(ReminderKind.Paused, 20 * Minute), (ReminderKind.Due, 61 * Minute)], Kinds);
    }

    [Fact]
    public void A_pause_with_an_end_ends_by_itself_and_what_is_not_due_then_comes_when_it_is()
    {
        Becomes(PostureKind.Sitting);
        Until(5 * Minute);
        reminder.Pause(10, now);
        Assert.Equal(15 * Minute, reminder.NextAt);
        Until(31 * Minute);
        Assert.Equal([(ReminderKind.Paused, 5 * Minute), (ReminderKind.Due, 30 * Minute)], Kinds);
    }

    [Fact]
    public void Lunch_is_kept_and_its_end_is_no_reason_to_buzz()
    {
        Use("""{"lunch":["08:20","08:40"]}""");
        Becomes(PostureKind.Sitting);
        Until(39 * Minute + 59 * Second);
        Assert.Empty(happened);
        Until(42 * Minute);
        Assert.Equal([(ReminderKind.Due, 40 * Minute + 59 * Second)], Kinds);
    }

    [Fact]
    public void With_alerts_off_nothing_happens_and_switched_on_it_goes_on()
    {
        Use("""{"alerts":false}""");
        Becomes(PostureKind.Sitting);
        Until(50 * Minute);
        Assert.Empty(happened);
        reminder.Change(Wishes.Of("""{"thresholdMinutes":60}"""));
        Until(60 * Minute);
        Assert.Equal([(ReminderKind.Due, 60 * Minute)], Kinds);
    }

    [Fact]
    public void A_new_threshold_measures_the_sitting_that_goes_on()
    {
        Becomes(PostureKind.Sitting);
        Until(20 * Minute);
        reminder.Change(Wishes.Of("""{"thresholdMinutes":15}"""));
        Until(21 * Minute);
        Assert.Equal([(ReminderKind.Due, 20 * Minute)], Kinds);
    }

    [Fact]
    public void Changes_that_come_long_after_they_happened_settle_the_same()
    {
        reminder.Posture(PostureKind.Sitting, 0, 10 * Second);
        reminder.Tick(30 * Minute, -1);
        reminder.Posture(PostureKind.Upright, 31 * Minute, 50 * Minute);
        reminder.Posture(PostureKind.Sitting, 40 * Minute, 50 * Minute);
        Assert.Equal([(ReminderKind.Due, 30 * Minute), (ReminderKind.Heeded, 32 * Minute)], Kinds);
        Assert.Equal(70 * Minute, reminder.NextAt);
    }
}
