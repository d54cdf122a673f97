using System.Text.Json;
using NodaTime;

namespace SitSense.Sitting.Tests;

public class PeriodSummaryTests
{
    static readonly LocalDate Monday = new(2026, 11, 16);

    [Fact]
    public void A_week_of_enough_complete_days_has_means_and_intervals()
    {
        var week = Week([.. Days(Monday, 6, 7, 8, 6, 7, 5, 3)]);
        Assert.Equal((7, 7, 2, true, true), (week.Days, week.ValidDays, week.ValidWeekendDays, week.Enough, week.Reliable));
        var sitting = Figure(week, "sittingSeconds");
        Assert.Equal((7, 6 * 3600.0), (sitting.Days, sitting.Mean));
        Assert.True(sitting.Low < sitting.Mean && sitting.Mean < sitting.High);
        Assert.Equal(0.375, Figure(week, "sittingShare").Mean);
    }

    [Theory]
    [InlineData("1111000", false)]
    [InlineData("1110010", true)]
    [InlineData("1110000", false)]
    [InlineData("1100001", false)]
    [InlineData("0001111", true)]
    public void Four_days_with_one_of_a_weekend_are_enough(string complete, bool enough)
    {
        var week = Week([.. Days(Monday, 6, 6, 6, 6, 6, 6, 6).Select((day, i) => day with { Complete = complete[i] == '1' })]);
        Assert.Equal(enough, week.Enough);
        Assert.Equal(enough, Figure(week, "sittingSeconds").Mean is not null);
        Assert.Equal((7, complete.Count(one => one == '1')), (week.Days, week.ValidDays));
    }

    [Fact]
    public void A_slice_without_time_on_weekends_needs_none() =>
        Assert.True(Week([.. Days(Monday, 6, 6, 6, 6, 0, 0, 0).Select(day => day with { DaySeconds = ValidDays.IsWeekend(day.Date) ? 0 : 28800 })], new ValidDays()).Enough);

    [Fact]
    public void Incomplete_days_are_left_out_of_means()
    {
        var week = Week([.. Days(Monday, 6, 6, 6, 6, 6, 6), .. Days(Monday.PlusDays(6), 1).Select(day => day with { Complete = false })]);
        Assert.Equal((6, 6 * 3600.0), (Figure(week, "sittingSeconds").Days, Figure(week, "sittingSeconds").Mean));
    }

    [Fact]
    public void A_figure_that_too_few_days_have_has_no_mean() => Assert.Equal((0, null), Figure(Week([.. Days(Monday, 6, 7, 8, 6, 7, 5, 3)]), "gini") is var gini ? (gini.Days, gini.Mean) : default);

    [Fact]
    public void A_change_that_the_days_scatter_over_is_within_noise()
    {
        var sitting = Figure(Week([.. Days(Monday.PlusDays(-7), 6, 7, 5, 6, 8, 4, 6), .. Days(Monday, 6, 8, 5, 7, 6, 5, 6)]), "sittingSeconds");
        Assert.True(sitting.WithinNoise is true && sitting.ChangeLow < 0 && sitting.ChangeHigh > 0);
        Assert.Equal(3600.0 / 7, sitting.Change!.Value, 1e-3);
    }

    [Fact]
    public void A_change_that_the_days_agree_on_is_shown()
    {
        var sitting = Figure(Week([.. Days(Monday.PlusDays(-7), 9, 8, 9, 10, 9, 8, 9), .. Days(Monday, 6, 7, 5, 6, 7, 5, 6)]), "sittingSeconds");
        Assert.False(sitting.WithinNoise!.Value);
        Assert.True(sitting.ChangeHigh < 0);
    }

    [Fact]
    public void Too_few_days_before_or_now_say_nothing_of_a_change_nor_of_noise()
    {
        Assert.Equal((null, null), Figure(Week([.. Days(Monday.PlusDays(-3), 12, 12, 12), .. Days(Monday, 6, 6, 6, 6, 6, 6, 6)]), "sittingSeconds") is var after ? (after.Change, after.WithinNoise) : default);
        Assert.Equal((null, null), Figure(Week([.. Days(Monday.PlusDays(-7), 12, 12, 12, 12, 12, 12, 12), .. Days(Monday, 6, 6, 6)]), "sittingSeconds") is var before ? (before.Change, before.WithinNoise) : default);
    }

    [Fact]
    public void Where_fewer_days_are_asked_for_there_is_a_mean_without_an_interval_and_without_a_change()
    {
        var sitting = Figure(Week([.. Days(Monday.PlusDays(-7), 12, 12, 12, 12, 12, 12, 12), .. Days(Monday, 6, 6, 6)], new ValidDays(2, 0)), "sittingSeconds");
        Assert.Equal((6 * 3600.0, null, null, null), (sitting.Mean, sitting.Low, sitting.Change, sitting.WithinNoise));
    }

    [Fact]
    public void The_order_of_days_never_matters()
    {
        DayFigures[] days = [.. Days(Monday.PlusDays(-7), 9, 8, 9, 10, 9, 8, 9), .. Days(Monday, 6, 7, 5, 6, 7, 5, 6)];
        var json = Json(Week(days));
        new Random(3).Shuffle(days);
        Assert.Equal(json, Json(Week(days)));

        static string Json(PeriodSummary week) => JsonSerializer.Serialize<IReadOnlyList<PeriodSummary>>([week], DayJson.Default.IReadOnlyListPeriodSummary);
    }

    [Fact]
    public void Weeks_are_whole_from_Monday_to_Sunday() =>
        Assert.Equal([(Monday, Monday.PlusDays(6)), (Monday.PlusDays(7), Monday.PlusDays(13))], PeriodSummary.Weeks(Monday.PlusDays(3), Monday.PlusDays(7)));

    static PeriodSummary Week(DayFigures[] days) => Week(days, new ValidDays());

    static PeriodSummary Week(DayFigures[] days, ValidDays rule) => PeriodSummary.Of("w", "day", Monday, Monday.PlusDays(6), days, rule);

    static FigureSummary Figure(PeriodSummary week, string name) => week.Figures.Single(figure => figure.Figure == name);

    /// <summary>Days of sixteen known hours, so many of them sat.</summary>
    static IEnumerable<DayFigures> Days(LocalDate first, params double[] hours) => hours.Select((sat, i) => new DayFigures
    {
        Wearer = "w", Date = first.PlusDays(i), Zone = "UTC", Slice = "day", DaySeconds = 86400, KnownSeconds = 16 * 3600, Complete = true, SittingSeconds = sat * 3600,
    });
}
