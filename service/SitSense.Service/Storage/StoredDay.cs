using NodaTime;
using SitSense.Sitting;

namespace SitSense.Service.Storage;

/// <summary>A wearer's figures of one slice of one local day, with the bouts that InfluxDB gets.</summary>
/// <param name="Figures">The contract's figures.</param>
/// <param name="Bouts">The slice's sedentary bouts; kept for slice <c>day</c> only.</param>
/// <param name="ByHeartbeat">Only heartbeats moved it since it was stored last.</param>
public sealed record StoredDay(DayFigures Figures, IReadOnlyList<Bout> Bouts, bool ByHeartbeat)
{
    /// <summary>What slice <c>day</c> was worked out from; null = the next time all of it is read again.</summary>
    public CleanedDay? Cleaned { get; init; }

    /// <summary>Before this instant the bouts are those that are stored already.</summary>
    public Instant Since { get; init; } = Instant.MinValue;
}
