using NodaTime;
using SitSense.Sitting;

namespace SitSense.Service.Storage;

/// <summary>The cleaned timeline that a day's figures were worked out from, and what made it.</summary>
/// <param name="Span">From the date's first instant to the next date's.</param>
/// <param name="Minimum">The shortest run that counted.</param>
/// <param name="Timeline">All of it that the figures need.</param>
public sealed record CleanedDay(Interval Span, Duration Minimum, CleanTimeline Timeline);
