using NodaTime;

namespace SitSense.Sitting.Tests;

public class SliceTests
{
    static readonly Duration Minimum = Duration.FromSeconds(10);

    [Theory]
    [InlineData("Europe/Berlin", "2026-11-20", 24)]
    [InlineData("Europe/Berlin", "2026-03-29", 23)]
    [InlineData("Europe/Berlin", "2026-10-25", 25)]
    [InlineData("Australia/Lord_Howe", "2026-04-05", 24.5)]
    [InlineData("Pacific/Apia", "2011-12-30", 0)]
    [InlineData("Asia/Kathmandu", "2026-01-01", 24)]
    public void A_day_is_as_long_as_its_zone_makes_it(string zone, string date, double hours) =>
        Assert.Equal(Duration.FromHours(hours), Slice.Day(Date(date), Zone(zone)).Length);

    [Theory]
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z")]
    [InlineData("Asia/Beirut", "2022-03-27", "2022-03-26T22:00:00Z")]
    public void A_day_whose_midnight_does_not_exist_begins_at_its_first_instant(string zone, string date, string start)
    {
        var day = Slice.Day(Date(date), Zone(zone)).Parts[0];
        Assert.Equal(start, day.Start.ToString());
        Assert.Equal(Duration.FromHours(23), day.Duration);
    }

    [Fact]
    public void Work_hours_have_lunch_cut_out() =>
        Assert.Equal("08:00-11:00 12:00-16:00", Hours(Slice.Work(Date("2026-11-20"), Zone("Europe/Berlin"), (T(9), T(17)), (T(12), T(13)))));

    [Fact]
    public void Lunch_outside_the_hours_cuts_nothing_and_across_their_edge_only_its_part()
    {
        Assert.Equal("13:00-17:00", Hours(Work((T(13), T(17)), (T(12), T(13)))));
        Assert.Equal("13:00-17:00", Hours(Work((T(12, 30), T(17)), (T(12), T(13)))));
        Assert.Equal("09:00-12:00", Hours(Work((T(9), T(12, 30)), (T(12), T(13)))));
        Assert.Equal("", Hours(Work((T(12), T(13)), (T(12), T(13)))));
    }

    [Fact]
    public void A_date_without_work_is_an_empty_slice() => Assert.Equal(Duration.Zero, Work(null, (T(12), T(13))).Length);

    [Fact]
    public void A_night_shift_ends_on_the_next_date_and_eats_after_midnight() =>
        Assert.Equal("22:00-01:00 01:30-06:00", Hours(Work((T(22), T(6)), (T(1), T(1, 30)))));

    [Fact]
    public void Hours_over_a_change_of_the_clock_are_as_long_as_they_were()
    {
        Assert.Equal(Duration.FromHours(5), Slice.Work(Date("2026-03-29"), Zone("Europe/Berlin"), (T(0), T(6)), null).Length);
        Assert.Equal(Duration.FromHours(7), Slice.Work(Date("2026-10-25"), Zone("Europe/Berlin"), (T(0), T(6)), null).Length);
        Assert.Equal(Duration.FromHours(2), Slice.Work(Date("2026-10-25"), Zone("Europe/Berlin"), (T(2), T(3)), null).Length);
        Assert.Equal(Duration.FromMinutes(30), Slice.Work(Date("2026-03-29"), Zone("Europe/Berlin"), (T(2, 30), T(3, 30)), null).Length);
    }

    [Fact]
    public void A_change_beside_midnight_touches_both_dates()
    {
        var midnight = Slice.Day(Date("2026-11-20"), Zone("Europe/Berlin")).Parts[0].Start;
        Assert.Equal("2026-11-19 2026-11-20", Touched(midnight, midnight));
        Assert.Equal("2026-11-19 2026-11-20", Touched(midnight + Duration.FromSeconds(15), midnight + Duration.FromSeconds(20)));
        Assert.Equal("2026-11-20", Touched(midnight + Duration.FromMinutes(1), midnight + Duration.FromHours(23)));
        Assert.Equal("2026-11-20 2026-11-21 2026-11-22", Touched(midnight + Duration.FromMinutes(1), midnight + Duration.FromHours(50)));

        static string Touched(Instant from, Instant to) =>
            string.Join(' ', Slice.DatesTouched(new(from, to), Zone("Europe/Berlin"), Minimum).Select(date => date.ToString("yyyy-MM-dd", null)));
    }

    [Fact]
    public void Hours_of_any_weekday_end_on_the_next_date_where_they_end_before_they_begin()
    {
        Assert.Equal("12:00-14:00", Hours(Given("Europe/Berlin", (T(13), T(15)))));
        Assert.Equal("21:00-05:00", Hours(Given("Europe/Berlin", (T(22), T(6)))));
        Assert.Equal(Duration.FromHours(24), Given("Europe/Berlin", (T(0), T(0))).Length);
        Assert.Empty(Given("Europe/Berlin", null).Parts);
    }

    [Theory]
    [InlineData("2026-03-29", 23)]
    [InlineData("2026-10-25", 25)]
    public void Hours_that_meet_share_no_time_and_leave_none_out_where_the_clock_is_changed(string date, double hours)
    {
        var berlin = Zone("Europe/Berlin");
        LocalTime[] cuts = [T(0), T(1), T(2), T(2, 30), T(3), T(9), T(0)];
        var pieces = cuts.Zip(cuts.Skip(1), (from, to) => Slice.Hours("piece", Date(date), berlin, (from, to)).Parts[0]).ToList();
        Assert.All(pieces.Zip(pieces.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
        Assert.Equal(Duration.FromHours(hours), pieces[^1].End - pieces[0].Start);
    }

    [Fact]
    public void A_span_of_time_belongs_to_the_date_on_which_it_begins()
    {
        var span = new Interval(Instant.FromUtc(2026, 11, 20, 23, 30), Instant.FromUtc(2026, 11, 22, 1, 0));
        var slice = Slice.Between("mine", span, Zone("Europe/Berlin"));
        Assert.Equal(("mine", Date("2026-11-21"), "Europe/Berlin", span), (slice.Name, slice.Date, slice.Zone.Id, Assert.Single(slice.Parts)));
    }

    static Slice Given(string zone, (LocalTime, LocalTime)? hours) => Slice.Hours("given", Date("2026-11-20"), Zone(zone), hours);

    static Slice Work((LocalTime, LocalTime)? hours, (LocalTime, LocalTime)? lunch) => Slice.Work(Date("2026-11-20"), DateTimeZone.Utc, hours, lunch);

    static string Hours(Slice slice) => string.Join(' ', slice.Parts.Select(part => $"{part.Start:HH:mm}-{part.End:HH:mm}"));

    static LocalDate Date(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;

    static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];

    static LocalTime T(int hour, int minute = 0) => new(hour, minute);
}
