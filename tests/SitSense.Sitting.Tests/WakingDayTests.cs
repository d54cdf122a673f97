using NodaTime;

namespace SitSense.Sitting.Tests;

/// <summary>Times are hours of the day before the one that is looked at, so that 24 is its midnight and 36 its noon.</summary>
public class WakingDayTests
{
    static readonly LocalDate Date = new(2026, 11, 20);

    [Fact]
    public void It_goes_from_the_end_of_one_night_s_rest_to_the_start_of_the_next() =>
        Assert.Equal("31-47", Waking((Posture.Sitting, 23, 31), (Posture.Upright, 31, 32), (Posture.Sitting, 32, 35), (Posture.Upright, 35, 36), (Posture.Sitting, 36, 38.5),
            (Posture.Upright, 38.5, 47), (Posture.Sitting, 47, 55), (Posture.Upright, 55, 57)));

    [Fact]
    public void A_night_without_the_device_is_a_rest_too() =>
        Assert.Equal("33-41", Waking((Posture.Upright, 14, 17), (Posture.Sitting, 33, 36), (Posture.Upright, 36, 37), (Posture.Sitting, 37, 41)));

    [Fact]
    public void Visits_to_the_bathroom_do_not_end_it() =>
        Assert.Equal("31-47", Waking((Posture.Upright, 12, 22), (Posture.Sitting, 22, 26), (Posture.Upright, 26, 26.05), (Posture.Sitting, 26.05, 27), (Posture.Upright, 27, 27.08),
            (Posture.Sitting, 27.08, 31), (Posture.Upright, 31, 47), (Posture.Sitting, 47, 56), (Posture.Upright, 56, 60)));

    [Fact]
    public void An_evening_on_the_sofa_is_none_of_it() =>
        Assert.Equal("31-46.5", Waking((Posture.Upright, 12, 23), (Posture.Sitting, 23, 31), (Posture.Upright, 31, 44), (Posture.Sitting, 44, 46), (Posture.Upright, 46, 46.5),
            (Posture.Sitting, 46.5, 55), (Posture.Upright, 55, 60)));

    [Fact]
    public void Who_sits_now_is_awake() =>
        Assert.Equal("31-40", Waking((Posture.Upright, 12, 23), (Posture.Sitting, 23, 31), (Posture.Upright, 31, 36), (Posture.Sitting, 36, 40)));

    [Fact]
    public void Five_hours_lying_go_before_a_longer_time_that_is_not_known() => Assert.Equal("29-47", Waking((Posture.Sitting, 24, 29), (Posture.Upright, 29, 47)));

    [Fact]
    public void Without_two_hours_of_rest_midnight_stands_for_it() =>
        Assert.Equal("24-48", Waking([.. Enumerable.Range(12, 48).SelectMany(hour => new (Posture, double, double)[] { (Posture.Sitting, hour, hour + 0.9), (Posture.Upright, hour + 0.9, hour + 1) })]));

    [Fact]
    public void A_date_of_which_nothing_is_known_has_none() => Assert.Empty(Slice.Waking(Date, DateTimeZone.Utc, CleanTimeline.From([], Duration.Zero)).Parts);

    [Fact]
    public void Waking_days_never_overlap_and_lie_from_noon_to_noon()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var zones = new Itinerary(Zone(random), (Date.PlusDays(random.Next(-3, 4)), Zone(random)));
            var stretches = new List<Stretch>();
            for (var now = Instant.FromUtc(2026, 11, 15, 0, 0); now < Instant.FromUtc(2026, 11, 26, 0, 0);)
            {
                var to = now + Duration.FromMinutes(random.Next(1, 400));
                stretches.Add(new(now, to, (Posture)random.Next(3), "d"));
                now = to;
            }
            var timeline = CleanTimeline.From([.. stretches], Duration.FromSeconds(10));
            var before = Instant.MinValue;
            for (var date = Date.PlusDays(-3); date < Date.PlusDays(4); date = date.PlusDays(1))
                foreach (var part in Slice.Waking(date, zones, timeline).Parts)
                {
                    Assert.True(part.Start >= before, $"seed {seed}, {date}");
                    Assert.True(part.Start >= Slice.WakingWindow(date, zones).Start && part.End <= Slice.WakingWindow(date, zones).End, $"seed {seed}, {date}");
                    before = part.End;
                }
        }
    }

    static string Waking(params (Posture Posture, double From, double To)[] stretches)
    {
        var midnight = Instant.FromUtc(2026, 11, 19, 0, 0);
        var timeline = CleanTimeline.From([.. stretches.Select(one => new Stretch(At(one.From), At(one.To), one.Posture, "d"))], Duration.FromSeconds(10));
        var part = Assert.Single(Slice.Waking(Date, DateTimeZone.Utc, timeline).Parts);
        return FormattableString.Invariant($"{(part.Start - midnight).TotalHours:0.##}-{(part.End - midnight).TotalHours:0.##}");

        Instant At(double hours) => midnight + Duration.FromMinutes(Math.Round(hours * 60));
    }

    static DateTimeZone Zone(Random random) => DateTimeZoneProviders.Tzdb[DateTimeZoneProviders.Tzdb.Ids[random.Next(DateTimeZoneProviders.Tzdb.Ids.Count)]];
}
