using NodaTime;
using NodaTime.TimeZones;

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
        var day = Slice.DaySpan(Date(date), Zone(zone));
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
        var midnight = Slice.DaySpan(Date("2026-11-20"), Zone("Europe/Berlin")).Start;
        Assert.Equal("2026-11-19 2026-11-20", Touched(midnight, midnight));
        Assert.Equal("2026-11-19 2026-11-20", Touched(midnight + Duration.FromSeconds(15), midnight + Duration.FromSeconds(20)));
        Assert.Equal("2026-11-20", Touched(midnight + Duration.FromMinutes(1), midnight + Duration.FromHours(23)));
        Assert.Equal("2026-11-20 2026-11-21 2026-11-22", Touched(midnight + Duration.FromMinutes(1), midnight + Duration.FromHours(50)));

        static string Touched(Instant from, Instant to) =>
            string.Join(' ', Slice.DatesTouched(new(from, to), Zone("Europe/Berlin"), Minimum).Select(date => date.ToString("yyyy-MM-dd", null)));
    }

    [Fact]
    public void Around_every_change_of_every_zone_s_clock_since_2000_days_follow_upon_each_other_without_a_gap()
    {
        foreach (var zone in TzdbDateTimeZoneSource.Default.CanonicalIdMap.Values.Distinct().Select(Zone))
            foreach (var change in zone.GetZoneIntervals(Instant.FromUtc(2000, 1, 1, 0, 0), Instant.FromUtc(2030, 1, 1, 0, 0)).Where(interval => interval.HasStart))
            {
                var date = change.Start.InZone(zone).Date.PlusDays(-2);
                var last = Slice.DaySpan(date, zone);
                for (var i = 0; i < 4; i++)
                {
                    var day = Slice.DaySpan(date = date.PlusDays(1), zone);
                    Assert.True(day.Start == last.End && day.Duration <= Duration.FromHours(48), $"{zone} {date}: {last} then {day}");
                    last = day;
                }
                Assert.True(last.End > change.Start);
            }
    }

    static Slice Work((LocalTime, LocalTime)? hours, (LocalTime, LocalTime)? lunch) => Slice.Work(Date("2026-11-20"), DateTimeZone.Utc, hours, lunch);

    static string Hours(Slice slice) => string.Join(' ', slice.Parts.Select(part => $"{part.Start:HH:mm}-{part.End:HH:mm}"));

    static LocalDate Date(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;

    static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];

    static LocalTime T(int hour, int minute = 0) => new(hour, minute);
}
