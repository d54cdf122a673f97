using NodaTime;

namespace SitSense.Service.Storage;

/// <summary>A span of a device's time in which something came, was corrected or changed hands, so that the days it touches are out of date.</summary>
/// <param name="Id">Which note this is.</param>
/// <param name="Device">The device whose timeline changed.</param>
/// <param name="Span">From the first to the last instant that may read differently now.</param>
/// <param name="ByHeartbeat">Only a heartbeat moved the end of today: no hurry towards InfluxDB.</param>
public sealed record Touched(long Id, string Device, Interval Span, bool ByHeartbeat);
