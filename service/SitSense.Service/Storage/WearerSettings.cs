using NodaTime;

namespace SitSense.Service.Storage;

/// <summary>What a wearer may set.</summary>
/// <param name="Wearer">The pseudonym.</param>
/// <param name="Zone">IANA zone; null = <c>Wearer:Zone</c>.</param>
/// <param name="Work">Work hours by weekday; null = none set, so no slice <c>work</c>.</param>
/// <param name="Lunch">Cut out of the work hours; null = none.</param>
public sealed record WearerSettings(string Wearer, string? Zone, IReadOnlyDictionary<IsoDayOfWeek, (LocalTime From, LocalTime To)>? Work,
    (LocalTime From, LocalTime To)? Lunch)
{
    static readonly IReadOnlyDictionary<LocalDate, string> Nowhere = new Dictionary<LocalDate, string>();

    /// <summary>IANA zones that hold each from a local date on, for a wearer who travels; <see cref="Zone"/> holds before.</summary>
    public IReadOnlyDictionary<LocalDate, string> Moves { get; init; } = Nowhere;

    /// <summary>The hours of slice <c>waking</c> on every date; null = by the rule of docs/metrics.md.</summary>
    public (LocalTime From, LocalTime To)? Waking { get; init; }
}
