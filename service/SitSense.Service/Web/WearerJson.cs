using NodaTime;
using SitSense.Service.Storage;
using SitSense.Sitting;

namespace SitSense.Service.Web;

/// <summary>A wearer as the API shows them, with the zone that holds now.</summary>
public sealed record WearerJson(string Wearer, string Zone, IReadOnlyList<string> Devices)
{
    internal static WearerJson Of(Wearer wearer, Itinerary zones, Instant now) => new(wearer.Settings.Wearer, zones.At(now).Id, wearer.Devices);
}
