using System.Collections.Concurrent;
using NodaTime;
using static SitSense.Sitting.Tests.Told;

namespace SitSense.Sitting.Tests;

/// <summary>What holds on every date of every zone of the IANA table since 2000. Zones whose clocks have been the same since then are walked once.</summary>
public class ZoneTableTests
{
    static readonly Instant Begin = Instant.FromUtc(1999, 12, 30, 0, 0);
    static readonly Instant End = Instant.FromUtc(2028, 1, 3, 0, 0);
    static readonly LocalDate First = new(2000, 1, 1), Last = new(2027, 12, 31);

    static readonly List<DateTimeZone> Zones = [.. DateTimeZoneProviders.Tzdb.Ids.Select(id => DateTimeZoneProviders.Tzdb[id])
        .DistinctBy(zone => string.Join('|', zone.GetZoneIntervals(Begin, End).Select(interval => $"{(interval.HasEnd ? interval.End : End)} {interval.WallOffset}")))];

    /// <summary>Sitting, upright and not known in turn, for hours each, so that most dates begin and end in the middle of something.</summary>
    static readonly CleanTimeline Life = Imagine();

    /// <summary>How much sitting and upright there is before each stretch of <see cref="Life"/>.</summary>
    static readonly (Duration Sitting, Duration Upright)[] Sums = Sum();

    [Fact]
    public void Dates_of_every_zone_follow_without_a_gap_and_sitting_upright_and_unknown_are_their_length()
    {
        // Most dates of a zone begin and end with those of another, and the figures of a date are those of its span.
        var seen = new ConcurrentDictionary<(Instant, Instant), bool>();
        Parallel.ForEach(Zones, zone =>
        {
            Itinerary stays = zone;
            var now = stays.DaySpan(First).Start;
            for (var date = First; date <= Last; date = date.PlusDays(1))
            {
                var day = stays.DaySpan(date);
                var follows = day.Start == now && day.Duration <= Duration.FromHours(48);
                if (!follows || (seen.TryAdd((day.Start, day.End), true) && !AddsUp(Slice.Day(date, stays), day.Start, day.End)))
                    Assert.Fail($"{zone} {date}: {day} after {now}");
                now = day.End;
            }
        });
    }

    [Fact]
    public void Hours_of_the_clock_add_up_to_the_day_around_every_change_of_every_zone() => Parallel.ForEach(Zones, zone =>
    {
        foreach (var date in DatesOfChange(zone))
        {
            var slice = Slice.Day(date, zone);
            var (day, hours) = (SittingDay.Of("w", slice, Life, 0.5).Figures, HourProfile.Of(slice, Life));
            Assert.True(hours.Sum(hour => hour.KnownSeconds) == day.KnownSeconds && hours.Sum(hour => hour.SittingSeconds) == (day.SittingSeconds ?? 0), $"{zone} {date}");
        }
    });

    [Fact]
    public void Slices_between_any_times_add_up_to_the_day_around_every_change_of_every_zone() => Parallel.ForEach(Zones, zone =>
    {
        foreach (var date in DatesOfChange(zone))
        {
            var random = new Random(date.GetHashCode());
            LocalTime[] cuts = [LocalTime.Midnight, .. Enumerable.Range(0, 5).Select(_ => new LocalTime(random.Next(24), random.Next(60))).Where(time => time != LocalTime.Midnight).Distinct().Order(), LocalTime.Midnight];
            var pieces = cuts.Zip(cuts.Skip(1), (from, to) => SittingDay.Of("w", Slice.Hours("piece", date, zone, (from, to)), Life, 0.5).Figures).ToList();
            var day = SittingDay.Of("w", Slice.Day(date, zone), Life, 0.5).Figures;
            Assert.True(pieces.Sum(piece => piece.DaySeconds) == day.DaySeconds && pieces.Sum(piece => piece.KnownSeconds) == day.KnownSeconds
                && pieces.Sum(piece => piece.SittingSeconds ?? 0) == (day.SittingSeconds ?? 0) && pieces.Sum(piece => piece.Rises ?? 0) == (day.Rises ?? 0), $"{zone} {date}");
        }
    });

    [Fact]
    public void Dates_follow_without_a_gap_whatever_the_journey()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var (start, moves) = (First.PlusDays(random.Next(10_000)), random.Next(1, 4));
            var wearer = new Itinerary(Any(), Enumerable.Range(0, moves).Select(i => (start.PlusDays(1 + i * random.Next(1, 4)), Any())).DistinctBy(move => move.Item1));
            var now = wearer.DaySpan(start).Start;
            for (var date = start; date < start.PlusDays(15); date = date.PlusDays(1))
            {
                var day = wearer.DaySpan(date);
                Assert.True(day.Start == now && day.End >= day.Start, $"seed {seed}, {date}");
                Assert.True(day.Duration == Duration.Zero || (wearer.DateOf(day.Start) == date && wearer.DateOf(day.End - Duration.Epsilon) == date), $"seed {seed}, {date}");
                now = day.End;
            }

            DateTimeZone Any() => Zones[random.Next(Zones.Count)];
        }
    }

    static bool AddsUp(Slice slice, Instant from, Instant to)
    {
        var day = SittingDay.Of("w", slice, Life, 0.5).Figures;
        var ((sat, up), (sitting, upright)) = (Before(from), Before(to));
        var unknown = (to - from - (sitting - sat) - (upright - up)).TotalSeconds;
        return unknown >= 0 && slice.Length == to - from && day.DaySeconds == (to - from).TotalSeconds && (day.SittingSeconds ?? 0) == (sitting - sat).TotalSeconds
            && (day.UprightSeconds ?? 0) == (upright - up).TotalSeconds && day.DaySeconds == day.KnownSeconds + unknown;
    }

    /// <summary>The dates on which a zone's clock is changed and those beside them.</summary>
    static IEnumerable<LocalDate> DatesOfChange(DateTimeZone zone) => zone.GetZoneIntervals(Begin, End).Where(interval => interval.HasStart && interval.Start > Begin)
        .SelectMany(interval => Enumerable.Range(-1, 3).Select(interval.Start.InZone(zone).Date.PlusDays)).Distinct().Where(date => date >= First && date <= Last);

    static CleanTimeline Imagine()
    {
        var random = new Random(5);
        var stretches = new List<Stretch>();
        for (Instant now = Begin, to; now < End; now = to)
        {
            to = now + Duration.FromSeconds(random.Next(600, 30_000));
            stretches.Add(new(now, to, (Posture)random.Next(3), "d"));
        }
        return CleanTimeline.From(Timeline.Merge([[.. stretches]]), TenSeconds);
    }

    static (Duration, Duration)[] Sum()
    {
        var sums = new (Duration Sitting, Duration Upright)[Life.Stretches.Length + 1];
        for (var i = 0; i < Life.Stretches.Length; i++)
            sums[i + 1] = Life.Stretches[i] is { Posture: Posture.Sitting } sat ? (sums[i].Sitting + (sat.To - sat.From), sums[i].Upright)
                : (sums[i].Sitting, sums[i].Upright + (Life.Stretches[i].To - Life.Stretches[i].From));
        return sums;
    }

    /// <summary>How much sitting and upright there is before an instant, by another way than the product's.</summary>
    static (Duration Sitting, Duration Upright) Before(Instant at)
    {
        var index = Array.BinarySearch(Life.Stretches, new(at, at, Posture.Unknown, ""), Comparer<Stretch>.Create((a, b) => a.From.CompareTo(b.From)));
        index = index < 0 ? ~index - 1 : index;
        if (index < 0)
            return default;
        var stretch = Life.Stretches[index];
        var of = Instant.Min(at, stretch.To) - stretch.From;
        return stretch.Posture == Posture.Sitting ? (Sums[index].Sitting + of, Sums[index].Upright) : (Sums[index].Sitting, Sums[index].Upright + of);
    }
}
