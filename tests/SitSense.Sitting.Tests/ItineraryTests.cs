using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace SitSense.Sitting.Tests;

public class ItineraryTests
{
    static readonly LocalDate Move = new(2026, 11, 20);

    [Fact]
    public void Each_date_has_the_zone_of_the_last_move_up_to_it()
    {
        var zones = new Itinerary(Zone("Europe/Berlin"), (Move.PlusDays(5), Zone("Asia/Tokyo")), (Move, Zone("America/New_York")));
        Assert.Equal(["Europe/Berlin", "America/New_York", "America/New_York", "Asia/Tokyo"], new[] { -1, 0, 4, 5 }.Select(days => zones.On(Move.PlusDays(days)).Id));
    }

    [Theory]
    [InlineData("Europe/Berlin", "America/New_York", 30)]
    [InlineData("America/New_York", "Europe/Berlin", 18)]
    [InlineData("Europe/Berlin", "Asia/Tokyo", 16)]
    [InlineData("Pacific/Pago_Pago", "Pacific/Apia", 0)]
    [InlineData("Etc/GMT+12", "Pacific/Kiritimati", 0)]
    public void The_last_date_before_a_journey_ends_where_the_next_begins_in_its_own_zone(string from, string to, double hours) =>
        Assert.Equal(Duration.FromHours(hours), Slice.Day(Move.PlusDays(-1), Journey(from, to)).Length);

    [Fact]
    public void An_instant_has_the_zone_of_the_date_that_it_belongs_to()
    {
        var zones = Journey("Europe/Berlin", "America/New_York");
        Assert.Equal("Europe/Berlin", zones.At(Instant.FromUtc(2026, 11, 20, 4, 59)).Id);
        Assert.Equal("America/New_York", zones.At(Instant.FromUtc(2026, 11, 20, 5, 0)).Id);
        Assert.Equal(Move.PlusDays(-1), zones.DateOf(Instant.FromUtc(2026, 11, 20, 4, 59)));
    }

    [Fact]
    public void Hours_on_the_last_date_before_a_journey_end_with_it()
    {
        // Tokyo's 20th begins at 10 in the morning of New York's 19th.
        var zones = Journey("America/New_York", "Asia/Tokyo");
        var work = Slice.Work(Move.PlusDays(-1), zones, (new(9, 0), new(17, 0)), null);
        Assert.Equal(Duration.FromHours(1), work.Length);
        Assert.Equal(Duration.FromHours(8), Slice.Work(Move, zones, (new(9, 0), new(17, 0)), null).Length);
    }

    [Fact]
    public void A_change_within_a_journey_touches_the_dates_that_hold_it()
    {
        var at = Instant.FromUtc(2026, 11, 20, 3, 0);
        Assert.Equal([Move.PlusDays(-1)], Slice.DatesTouched(new(at, at), Journey("Europe/Berlin", "America/New_York"), Duration.FromSeconds(10)));
    }

    [Fact]
    public void Hours_of_dates_never_overlap_whatever_the_journey() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var zones = new Itinerary(Any(), Enumerable.Range(0, random.Next(1, 4)).Select(_ => (Move.PlusDays(random.Next(5)), Any())).DistinctBy(move => move.Item1));
        var hours = (new LocalTime(random.Next(24), 0), new LocalTime(random.Next(24), 0));
        foreach (var work in (bool[])[false, true])
        {
            var before = Instant.MinValue;
            for (var date = Move.PlusDays(-3); date < Move.PlusDays(9); date = date.PlusDays(1))
                foreach (var part in (work ? Slice.Work(date, zones, hours, (new(12, 0), new(13, 0))) : Slice.Hours("given", date, zones, hours)).Parts)
                {
                    Assert.True(part.Start >= before && part.End > part.Start, $"{date}: {part} after {before}");
                    before = part.End;
                }
        }

        DateTimeZone Any() => DateTimeZoneProviders.Tzdb[random.Next(3) == 0 ? DateTimeZoneProviders.Tzdb.Ids[random.Next(DateTimeZoneProviders.Tzdb.Ids.Count)]
            : random.GetItems(new[] { "Etc/GMT+12", "Pacific/Pago_Pago", "Pacific/Kiritimati", "Pacific/Apia" }, 1)[0]];
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    static Itinerary Journey(string from, string to) => new(Zone(from), (Move, Zone(to)));

    static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];
}
