using NodaTime;
using SitSense.Sitting;

namespace SitSense.Service.Days;

/// <summary>What is stored of dates that are touched, and still holds.</summary>
/// <param name="Timeline">Cleaned, from the first of the dates on.</param>
/// <param name="Until">Where it ceases to hold: later than the first date's start.</param>
sealed record Head(CleanTimeline Timeline, Instant Until);
