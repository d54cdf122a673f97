using NodaTime;
using static SitSense.Sitting.Tests.Told;

namespace SitSense.Sitting.Tests;

public class HourProfileTests
{
    static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Fact]
    public void Sitting_and_known_time_fall_into_the_hours_of_the_local_clock()
    {
        // Eight o'clock UTC is nine in Berlin.
        var profile = HourProfile.Of(Slice.Day(new(2026, 11, 20), Berlin), CleanTimeline.From([For(Sit, 1800, 5400), For(Up, 5400, 7300)], TenSeconds));
        Assert.Equal([new(9, 1800, 1800), new(10, 1800, 3600), new HourProfile(11, 0, 100)], profile.Where(hour => hour.KnownSeconds > 0));
        Assert.Equal(Enumerable.Range(0, 24), profile.Select(hour => hour.Hour));
    }

    [Theory]
    [InlineData(2026, 3, 29, 0)]
    [InlineData(2026, 10, 25, 7200)]
    public void An_hour_that_the_clock_skips_is_empty_and_one_that_it_shows_twice_has_two(int year, int month, int day, double expected)
    {
        var slice = Slice.Day(new(year, month, day), Berlin);
        var profile = HourProfile.Of(slice, CleanTimeline.From([new(slice.Parts[0].Start, slice.Parts[0].End, Posture.Sitting, "d")], TenSeconds));
        Assert.Equal(expected, profile[2].SittingSeconds);
        Assert.All(profile.Where(hour => hour.Hour != 2), hour => Assert.Equal(3600, hour.SittingSeconds));
    }

    [Fact]
    public void Hours_begin_where_the_zone_s_do()
    {
        var kathmandu = Slice.Day(new(2026, 11, 20), DateTimeZoneProviders.Tzdb["Asia/Kathmandu"]);
        Assert.Equal(new HourProfile(13, 900, 900), HourProfile.Of(kathmandu, CleanTimeline.From([For(Sit, 0, 3600)], TenSeconds))[13]);
    }
}
