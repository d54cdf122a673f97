using NodaTime;

namespace SitSense.Service.Storage;

/// <summary>What a wearer may set.</summary>
/// <param name="Wearer">The pseudonym.</param>
/// <param name="Zone">IANA zone; null = <c>Wearer:Zone</c>.</param>
/// <param name="Work">Work hours by weekday; null = none set, so no slice <c>work</c>.</param>
/// <param name="Lunch">Cut out of the work hours; null = none.</param>
public sealed record WearerSettings(string Wearer, string? Zone, IReadOnlyDictionary<IsoDayOfWeek, (LocalTime From, LocalTime To)>? Work,
    (LocalTime From, LocalTime To)? Lunch);
