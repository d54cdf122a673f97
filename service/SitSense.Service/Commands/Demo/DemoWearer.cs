using NodaTime;
using SitSense.Service.Storage;
using SitSense.Twin;

namespace SitSense.Service.Commands.Demo;

/// <summary>An imagined wearer and their device. They live eight hours apart, so that at any time of day one of them is up.</summary>
/// <param name="Wearer">The pseudonym.</param>
/// <param name="Zone">IANA zone.</param>
/// <param name="Device">The twin's device id.</param>
/// <param name="Sensor">Where it sits.</param>
/// <param name="Seed">Which of the bodies that the twin can imagine.</param>
sealed record DemoWearer(string Wearer, string Zone, string Device, Sensor Sensor, int Seed)
{
    public static readonly DemoWearer[] All =
    [
        new("crane", "Europe/Berlin", "demo-thigh", Sensor.Thigh, 11),
        new("heron", "America/Los_Angeles", "demo-belt", Sensor.Belt, 23),
        new("stork", "Asia/Tokyo", "demo-seat", Sensor.Seat, 42),
    ];

    /// <summary>Makes them known, where they are not yet; what somebody changed since stays.</summary>
    public static async Task IntroduceAsync(IStore store, CancellationToken cancel)
    {
        var known = (await store.WearersAsync(cancel)).Select(one => one.Settings.Wearer).ToHashSet();
        foreach (var one in All.Where(one => !known.Contains(one.Wearer)))
        {
            await store.SaveWearerAsync(new WearerSettings(one.Wearer, one.Zone, null, null), cancel);
            await store.AssignAsync(new Assignment(one.Device, one.Wearer, null, null), cancel);
        }
    }

    /// <summary>The first instant of the fortnight that ends today.</summary>
    public Instant FortnightBefore(Instant now)
    {
        const int DaysBeforeToday = 13;
        var zone = DateTimeZoneProviders.Tzdb[Zone];
        return zone.AtStartOfDay(now.InZone(zone).Date.PlusDays(-DaysBeforeToday)).ToInstant();
    }
}
