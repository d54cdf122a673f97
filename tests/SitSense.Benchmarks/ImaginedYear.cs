using NodaTime;
using SitSense.Sitting;

namespace SitSense.Benchmarks;

/// <summary>A wearer's year as a device sends it: 20,000 changes, bouts of any length by day, moves too short to count, and nothing known by night.</summary>
static class ImaginedYear
{
    public static readonly LocalDate First = new(2025, 11, 1);

    public static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    /// <summary>Every local date that the year touches.</summary>
    public static IEnumerable<LocalDate> Dates => Enumerable.Range(0, 365).Select(First.PlusDays);

    public static DeviceRecord[] Of(int wearer, int changes = 20_000)
    {
        var random = new Random(wearer);
        var records = new DeviceRecord[changes];
        for (var seq = 0; seq < changes;)
        {
            var day = (int)((long)seq * 365 / changes);
            var end = (int)Math.Min(changes, ((long)(day + 1) * changes + 364) / 365);
            var now = new Itinerary(Zone).DaySpan(First.PlusDays(day)).Start + Duration.FromMilliseconds(random.Next(6 * 3_600_000, 9 * 3_600_000));
            var room = 15.0 * 3600 / (end - seq);
            for (; seq < end; seq++)
            {
                var posture = seq == end - 1 ? Posture.Off : (end - seq) % 2 == 0 ? Posture.Sitting : random.Next(20) == 0 ? Posture.Object : Posture.Upright;
                records[seq] = new(1, seq, now, posture);
                var seconds = random.Next(12) == 0 ? 10 * random.NextDouble() : -Math.Log(1 - random.NextDouble()) * room * (posture == Posture.Sitting ? 1.4 : 0.5);
                now += Duration.FromMilliseconds(Math.Round(seconds * 1000));
            }
        }
        return records;
    }
}
