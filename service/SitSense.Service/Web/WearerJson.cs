using NodaTime;
using NodaTime.Text;
using SitSense.Service.Storage;
using SitSense.Sitting;

namespace SitSense.Service.Web;

/// <summary>A wearer as the API shows them, on the date that it is for them now.</summary>
/// <param name="Wearer">The pseudonym.</param>
/// <param name="Zone">The zone of that date.</param>
/// <param name="Devices">All that they may have had.</param>
/// <param name="Today">The date. On the last one before a journey it is not always the one that the clocks show.</param>
/// <param name="TodayEnds">When the next one begins.</param>
public sealed record WearerJson(string Wearer, string Zone, IReadOnlyList<string> Devices, string Today, string TodayEnds)
{
    internal static WearerJson Of(Wearer wearer, Itinerary zones, Instant now)
    {
        var today = zones.DateOf(now);
        return new(wearer.Settings.Wearer, zones.On(today).Id, wearer.Devices, LocalDatePattern.Iso.Format(today), Word.Of(zones.DaySpan(today).End));
    }
}
