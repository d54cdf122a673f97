using NodaTime;

namespace SitSense.Sitting;

/// <summary>The hours of a slice of a wearer's date, in the order of their JSON form.</summary>
/// <param name="Wearer">The pseudonym.</param>
/// <param name="Date">The local date.</param>
/// <param name="Zone">The IANA zone of that date, by whose clock the hours are.</param>
/// <param name="Slice">The slice's name.</param>
/// <param name="Hours">All 24.</param>
public sealed record DayProfile(string Wearer, LocalDate Date, string Zone, string Slice, IReadOnlyList<HourProfile> Hours)
{
    /// <summary>Works it out.</summary>
    /// <param name="wearer">The pseudonym, only to name whose hours they are.</param>
    /// <param name="slice">Which part of which date.</param>
    /// <param name="timeline">The wearer's cleaned timeline, right within the slice.</param>
    public static DayProfile Of(string wearer, Slice slice, CleanTimeline timeline) => new(wearer, slice.Date, slice.Zone.Id, slice.Name, HourProfile.Of(slice, timeline));
}
