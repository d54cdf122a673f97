using NodaTime;
using static SitSense.Sitting.Tests.Told;

namespace SitSense.Sitting.Tests;

public class SittingDayTests
{
    [Fact]
    public void Ten_bouts_with_up_between_and_after_are_ten_rises_and_nine_breaks()
    {
        var day = DayOf(5, 12, 25, 30, 31, 45, 60, 62, 90, 10).Figures;
        Assert.Equal((10, 10, 9), (day.Bouts, day.Rises, day.Breaks));
        Assert.Equal(370 * 60, day.SittingSeconds);
        Assert.Equal(100 * 60, day.UprightSeconds);
        Assert.Equal(470 * 60, day.KnownSeconds);
        Assert.Equal(6.17, day.SedentaryHours);
        Assert.Equal(1.459459, day.BreaksPerSedentaryHour!.Value, 1e-6);
        Assert.Equal((90 * 60.0, 37 * 60.0, 30.5 * 60, 60 * 60.0), (day.LongestBoutSeconds, day.MeanBoutSeconds, day.MedianBoutSeconds, day.UsualBoutSeconds));
        Assert.Equal((7, 343 * 60.0, 6, 318 * 60.0, 3, 212 * 60.0),
            (day.BoutsOver20, day.SecondsOver20, day.BoutsOver30, day.SecondsOver30, day.BoutsOver60, day.SecondsOver60));
        Assert.Equal(1.592257, day.Alpha!.Value, 1e-6);
        Assert.Equal(300, day.AlphaXminSeconds);
        Assert.Equal(16.1156 * 60, day.X05Seconds!.Value, 0.003);
        Assert.Equal(0.927027, day.W05!.Value, 1e-6);
        Assert.Equal(0.429429, day.Gini!.Value, 1e-6);
        Assert.Equal(1 / 37.0, day.Satp!.Value, 1e-9);
        Assert.Equal(0.2928968, day.Hazard!.Value, 1e-6);
        Assert.NotNull(day.Cov);
    }

    [Fact]
    public void Nine_bouts_are_too_few_for_their_distribution()
    {
        var day = DayOf(5, 12, 25, 30, 31, 45, 60, 62, 90).Figures;
        Assert.Equal(9, day.Bouts);
        Assert.Equal(new double?[6], [day.Alpha, day.AlphaXminSeconds, day.X05Seconds, day.W05, day.Gini, day.Cov]);
        Assert.NotNull(day.Hazard);
        Assert.NotNull(day.Satp);
    }

    [Fact]
    public void Ten_equal_bouts_have_no_alpha_and_a_gini_of_nought()
    {
        var day = DayOf(7, 7, 7, 7, 7, 7, 7, 7, 7, 7).Figures;
        Assert.Equal(new double?[4], [day.Alpha, day.AlphaXminSeconds, day.X05Seconds, day.W05]);
        Assert.Equal(0, day.Gini!.Value, 1e-9);
        Assert.Equal(0, day.Cov!.Value, 1e-9);
    }

    [Fact]
    public void A_day_of_which_nothing_is_known_has_no_figures()
    {
        var (figures, bouts) = Day(Between(0, 1000), For(Off, 0, 500));
        Assert.Equal(new DayFigures { Wearer = "w", Date = figures.Date, Zone = "UTC", Slice = "day", DaySeconds = 1000, KnownSeconds = 0, Complete = false }, figures);
        Assert.Empty(bouts);
    }

    [Fact]
    public void A_known_day_without_a_bout_has_counts_and_sums_of_nought_and_nothing_else()
    {
        var day = Day(Between(0, 1000), For(Up, 0, 500)).Figures;
        Assert.Equal((500, 500, 0, 0), (day.KnownSeconds, day.UprightSeconds!.Value, day.SittingSeconds!.Value, day.SedentaryHours!.Value));
        Assert.Equal((0, 0, 0, 0, 0, 0, 0, 0), (day.Bouts, day.Breaks, day.Rises, day.BoutsOver20, day.BoutsOver30, day.BoutsOver60, day.Reminders, day.Heeded));
        Assert.Equal((0, 0, 0), (day.SecondsOver20, day.SecondsOver30, day.SecondsOver60));
        Assert.Equal(new double?[7], [day.LongestBoutSeconds, day.MeanBoutSeconds, day.MedianBoutSeconds, day.UsualBoutSeconds, day.BreaksPerSedentaryHour, day.Satp, day.Hazard]);
    }

    [Fact]
    public void A_slice_cuts_bouts_and_counts_the_pieces_as_bouts()
    {
        var timeline = new[] { For(Sit, 0, 1000), For(Up, 1000, 1100), For(Sit, 1100, 2000), For(Up, 2000, 2500) };
        var (figures, bouts) = Day(Between(500, 1500), timeline);
        Assert.Equal("500-1000 cut, 1100-1500 cut", Read(bouts));
        Assert.Equal((900.0, 1, 1), (figures.SittingSeconds, figures.Rises, figures.Breaks));
        Assert.Equal("500-1000 cut, 1100-2000", Read(Day(Between(500, 2500), timeline).Bouts));
    }

    [Fact]
    public void A_rise_at_the_very_end_counts_to_the_slice_it_ends_and_cuts_nothing()
    {
        var timeline = new[] { For(Up, 0, 100), For(Sit, 100, 500), For(Up, 500, 900) };
        Assert.Equal((1, 0), (Day(Between(100, 500), timeline).Figures.Rises, Day(Between(100, 500), timeline).Figures.Breaks));
        Assert.Equal("100-500", Read(Day(Between(100, 500), timeline).Bouts));
        Assert.Equal(0, Day(Between(500, 900), timeline).Figures.Rises);
        Assert.Equal(0, Day(Between(100, 499), timeline).Figures.Rises);
    }

    [Fact]
    public void A_rise_is_a_break_only_when_another_bout_starts_in_the_slice()
    {
        var timeline = new[] { For(Sit, 0, 100), For(Up, 100, 200), For(Sit, 200, 300) };
        Assert.Equal((1, 1), (Day(Between(0, 300), timeline).Figures.Rises, Day(Between(0, 300), timeline).Figures.Breaks));
        Assert.Equal((1, 0), (Day(Between(0, 200), timeline).Figures.Rises, Day(Between(0, 200), timeline).Figures.Breaks));
    }

    [Fact]
    public void Sitting_that_ends_in_the_unknown_is_cut_and_no_rise()
    {
        var (figures, bouts) = Day(Between(0, 1000), For(Sit, 0, 300), For(Sit, 400, 600), For(Up, 600, 700));
        Assert.Equal("0-300 cut, 400-600 cut", Read(bouts));
        Assert.Equal((1, 0), (figures.Rises, figures.Breaks));
    }

    [Fact]
    public void A_change_to_up_ends_a_bout_at_its_instant_though_nobody_vouched_it_further()
    {
        var timeline = Vouch([Change(1, 0, Up), Change(2, 100, Sit), Change(3, 400, Up)]).Stretches;
        var (figures, bouts) = Day(Between(0, 1000), timeline);
        Assert.Equal("100-400", Read(bouts));
        Assert.Equal((1, 0, 100.0, 400.0), (figures.Rises, figures.Breaks, figures.UprightSeconds!.Value, figures.KnownSeconds));
        Assert.Equal(1, Day(Between(0, 400), timeline).Figures.Rises);
    }

    [Fact]
    public void Lunch_cuts_a_bout_in_two()
    {
        var work = new Slice("work", new LocalDate(2026, 11, 20), DateTimeZone.Utc, [new(At(0), At(1000)), new(At(2000), At(3000))]);
        var (figures, bouts) = Day(work, For(Sit, 500, 2500), For(Up, 2500, 4000));
        Assert.Equal("500-1000 cut, 2000-2500 cut", Read(bouts));
        Assert.Equal((2000.0, 1000.0, 500.0, 1, 0), (figures.DaySeconds, figures.SittingSeconds!.Value, figures.UprightSeconds!.Value, figures.Rises, figures.Breaks));
    }

    [Fact]
    public void A_bout_names_the_device_that_vouched_its_start_in_the_slice()
    {
        var timeline = Timeline.Merge([[For(Sit, 0, 500, "seat")], [For(Sit, 400, 900, "clip"), For(Up, 900, 950, "clip")]]);
        Assert.Equal(["seat"], Day(Between(0, 1000), timeline).Bouts.Select(bout => bout.Device));
        var piece = Assert.Single(Day(Between(600, 1000), timeline).Bouts);
        Assert.Equal(("clip", true), (piece.Device, piece.Cut));
        Assert.Equal("600-900 cut", Read([piece]));
    }

    [Fact]
    public void A_slice_is_complete_from_the_known_share_on()
    {
        Assert.False(Day(Between(0, 10_000), For(Sit, 0, 4166.9)).Figures.Complete);
        Assert.True(Day(Between(0, 10_000), For(Sit, 0, 4167)).Figures.Complete);
    }

    [Fact]
    public void Two_and_four_hours_at_a_stretch_are_counted_from_exactly_so_long_on()
    {
        var day = DayOf(119.9, 120, 239.9, 240).Figures;
        Assert.Equal((3, 1), (day.BoutsOver120, day.BoutsOver240));
        Assert.Equal((599.9 * 60, 240.0 * 60), (day.SecondsOver120!.Value, day.SecondsOver240!.Value));
    }

    [Fact]
    public void The_first_and_the_last_sitting_are_those_of_the_slice()
    {
        var timeline = new[] { For(Up, 0, 100), For(Sit, 100, 500), For(Up, 500, 600), For(Sit, 600, 900) };
        Assert.Equal((At(100), At(900)), FirstAndLast(Between(0, 1000)));
        Assert.Equal((At(200), At(500)), FirstAndLast(Between(200, 550)));
        Assert.Null(Day(Between(500, 600), timeline).Figures.FirstSitting);

        (Instant, Instant) FirstAndLast(Slice slice) =>
            Day(slice, timeline).Figures is var day ? (day.FirstSitting!.Value.ToInstant(), day.LastSitting!.Value.ToInstant()) : default;
    }

    [Fact]
    public void A_reminder_is_answered_when_it_is_heeded_before_the_same_device_s_next_one()
    {
        var day = Reminded(1000, Due(100), Due(200), Heeded(300), Due(400, "other"), Due(500), Heeded(600));
        Assert.Equal((4, 2, 0.5), (day.Reminders, day.Heeded, day.HeededShare!.Value));
    }

    [Fact]
    public void What_is_heeded_in_another_slice_than_it_fell_due_counts_there_and_answers_nothing()
    {
        Assert.Equal((1, 0, 0.0), Reminded(500, Due(100), Heeded(600)) is var due ? (due.Reminders, due.Heeded, due.HeededShare) : default);
        Assert.Equal((0, 1, null), Reminded(500, Due(-100), Heeded(60)) is var heeded ? (heeded.Reminders, heeded.Heeded, heeded.HeededShare) : default);
        Assert.Equal((1, 2, 1), Reminded(500, Due(-100), Heeded(60), Due(100), Heeded(200)) is var both ? (both.Reminders, both.Heeded, both.HeededOfDue()) : default);
    }

    [Fact]
    public void From_a_reminder_to_the_rise_counts_where_sitting_ended_in_a_rise()
    {
        Stretch[] timeline = [For(Sit, 0, 300), For(Up, 300, 400), For(Sit, 400, 460), For(Up, 460, 500), For(Sit, 500, 600), For(Off, 600, 700)];
        Assert.Equal(130, Rise(Due(100), Due(400), Due(550)));
        Assert.Equal(60, Rise(Due(100), Due(400), Due(410), Due(350)) - 0);
        Assert.Null(Rise(Due(550)));

        double? Rise(params Reminder[] reminders) =>
            SittingDay.Of("w", Between(0, 1000), CleanTimeline.From(timeline, TenSeconds), 0.5, reminders).Figures.MedianSecondsToRise;
    }

    static Reminder Due(double at, string device = "d") => new(device, At(at), false);

    static Reminder Heeded(double at, string device = "d") => new(device, At(at), true);

    static DayFigures Reminded(double end, params Reminder[] reminders) =>
        SittingDay.Of("w", Between(0, end), CleanTimeline.From([For(Sit, 0, end)], TenSeconds), 0.5, reminders).Figures;

    [Fact]
    public void Seconds_are_kept_to_the_thousandth()
    {
        var day = Day(Between(0, 1000), For(Sit, 0, 100.001), For(Up, 100.001, 150), For(Sit, 150, 250.001), For(Up, 250.001, 300), For(Sit, 300, 400.002)).Figures;
        Assert.Equal(300.004, day.SittingSeconds);
        Assert.Equal(100.001, day.MeanBoutSeconds);
        Assert.Equal(100.001, day.MedianBoutSeconds);
    }
}
