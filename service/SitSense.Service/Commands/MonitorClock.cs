using NodaTime;

namespace SitSense.Service.Commands;

/// <summary>
/// The clock of a monitor that wears no time signal: it shows the wall time of a zone when a recording begins, and a change of summer time does not move it.
/// </summary>
/// <remarks>So the recording's rows tell: as long as each begins where the one before it ends, the clock goes on as it was set; else it shows the zone's time.</remarks>
sealed class MonitorClock(DateTimeZone zone)
{
    /// <summary>Less than any zone's change, more than any rounding of a row.</summary>
    static readonly Duration Beside = Duration.FromMinutes(1);

    readonly ImportTime time = new(zone);
    Offset? offset;

    /// <summary>The instant of a row, to the millisecond.</summary>
    /// <param name="local">What the clock showed when it began.</param>
    /// <param name="previous">When the row before it began.</param>
    /// <param name="end">When that one ended; null = there is none.</param>
    public Instant At(LocalDateTime local, Instant previous, Instant? end)
    {
        if (offset is { } set && end is { } before && ImportTime.Rounded(local.WithOffset(set).ToInstant()) is var on && on - before <= Beside && before - on <= Beside)
            return on;
        var at = time.Of(local, previous);
        if (at >= previous)
            offset = Offset.FromSeconds((int)Math.Round((local.InUtc().ToInstant() - at).TotalSeconds));
        return at;
    }
}
