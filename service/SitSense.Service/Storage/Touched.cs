using NodaTime;

namespace SitSense.Service.Storage;

/// <summary>A span of a wearer's time in which something came, was corrected or changed hands, so that the days it touches are out of date.</summary>
/// <param name="Id">Which note this is; a note that grew meanwhile has another one.</param>
/// <param name="Wearer">Whose figures are out of date.</param>
/// <param name="Span">From the first to the last instant at which the timeline may read differently now, both included, before any cleaning.</param>
/// <param name="ByHeartbeat">Only heartbeats moved the end of today: no hurry towards InfluxDB.</param>
public sealed record Touched(long Id, string Wearer, Interval Span, bool ByHeartbeat);
