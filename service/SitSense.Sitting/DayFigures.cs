using NodaTime;

namespace SitSense.Sitting;

/// <summary>The figures of one slice of one wearer's local day. Null = cannot be said.</summary>
public sealed record DayFigures
{
    /// <summary>The pseudonym.</summary>
    public required string Wearer { get; init; }

    /// <summary>The wearer's local date.</summary>
    public required LocalDate Date { get; init; }

    /// <summary>The IANA zone of that date.</summary>
    public required string Zone { get; init; }

    /// <summary><c>day</c> or <c>work</c>.</summary>
    public required string Slice { get; init; }

    /// <summary>The slice's length, in seconds: 82800, 86400 or 90000 for a day.</summary>
    public required double DaySeconds { get; init; }
}
