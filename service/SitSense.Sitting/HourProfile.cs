using NodaTime;

namespace SitSense.Sitting;

/// <summary>Sitting and known time of a slice in one hour of the local clock, in seconds; over 3600 where the clock shows the hour twice.</summary>
/// <param name="Hour">0 to 23.</param>
/// <param name="SittingSeconds">Sitting.</param>
/// <param name="KnownSeconds">Sitting and upright.</param>
public readonly record struct HourProfile(int Hour, double SittingSeconds, double KnownSeconds)
{
    const int Hours = 24;

    /// <summary>All 24 hours of a slice; an hour outside it has nothing known. They add up to the slice's figures.</summary>
    /// <param name="slice">Which part of which date.</param>
    /// <param name="timeline">The wearer's cleaned timeline, right within the slice.</param>
    public static HourProfile[] Of(Slice slice, CleanTimeline timeline)
    {
        var (sitting, known) = (new Duration[Hours], new Duration[Hours]);
        foreach (var part in slice.Parts)
            for (var i = timeline.IndexAfter(part.Start); i < timeline.Stretches.Length && timeline.Stretches[i].From < part.End; i++)
            {
                var stretch = timeline.Stretches[i];
                var end = Instant.Min(part.End, stretch.To);
                for (Instant from = Instant.Max(part.Start, stretch.From), to; from < end; from = to)
                {
                    to = Instant.Min(end, HourEnd(from, slice.Zone, out var hour));
                    known[hour] += to - from;
                    if (stretch.Posture == Posture.Sitting)
                        sitting[hour] += to - from;
                }
            }
        var profile = new HourProfile[Hours];
        for (var hour = 0; hour < Hours; hour++)
            profile[hour] = new(hour, sitting[hour].TotalSeconds, known[hour].TotalSeconds);
        return profile;
    }

    /// <summary>Until when the clock goes on showing the hour of an instant.</summary>
    static Instant HourEnd(Instant at, DateTimeZone zone, out int hour)
    {
        var interval = zone.GetZoneInterval(at);
        var time = at.WithOffset(interval.WallOffset).TimeOfDay;
        hour = time.Hour;
        var end = at + Duration.FromHours(1) - Duration.FromNanoseconds(time.NanosecondOfDay % NodaConstants.NanosecondsPerHour);
        return interval.HasEnd ? Instant.Min(end, interval.End) : end;
    }
}
