using NodaTime;

namespace SitSense.Sitting;

/// <summary>
/// The figures of one slice of one wearer's local day, in the order of their JSON form. Null = cannot be said: without known time there
/// are none, and without a bout no figure of bouts but counts and sums. Seconds to 0.001; "over" means at least.
/// </summary>
public sealed record DayFigures
{
    /// <summary>The pseudonym.</summary>
    public required string Wearer { get; init; }

    /// <summary>The wearer's local date.</summary>
    public required LocalDate Date { get; init; }

    /// <summary>The IANA zone of that date.</summary>
    public required string Zone { get; init; }

    /// <summary><c>day</c>, <c>work</c>, <c>waking</c>, or the hours or the span that were asked for.</summary>
    public required string Slice { get; init; }

    /// <summary>The slice's length, in seconds: 82800, 86400 or 90000 for most days.</summary>
    public required double DaySeconds { get; init; }

    /// <summary>Sitting and upright together, in seconds; the rest of the slice is unknown.</summary>
    public required double KnownSeconds { get; init; }

    /// <summary>The sum of the bouts, in seconds.</summary>
    public double? SittingSeconds { get; init; }

    /// <summary>Standing, moving, an empty seat, or an object on it, in seconds.</summary>
    public double? UprightSeconds { get; init; }

    /// <summary><see cref="SittingSeconds"/> in hours, to two decimals.</summary>
    public double? SedentaryHours { get; init; }

    /// <summary>How many sedentary bouts, cut ones included.</summary>
    public int? Bouts { get; init; }

    /// <summary>Rises after which another bout starts in the slice (SBRN 2017, PMC5466781).</summary>
    public int? Breaks { get; init; }

    /// <summary>Bouts that end in the slice and are followed at once by up: sit-to-stand transitions.</summary>
    public int? Rises { get; init; }

    /// <summary>The longest bout, in seconds.</summary>
    public double? LongestBoutSeconds { get; init; }

    /// <summary>The bouts' mean length, in seconds.</summary>
    public double? MeanBoutSeconds { get; init; }

    /// <summary>The bouts' median length, in seconds.</summary>
    public double? MedianBoutSeconds { get; init; }

    /// <summary>W50 in seconds, see <see cref="Fragmentation.UsualBout"/>.</summary>
    public double? UsualBoutSeconds { get; init; }

    /// <summary>Bouts of at least 20 minutes.</summary>
    public int? BoutsOver20 { get; init; }

    /// <summary>Their sum, in seconds.</summary>
    public double? SecondsOver20 { get; init; }

    /// <summary>Bouts of at least 30 minutes.</summary>
    public int? BoutsOver30 { get; init; }

    /// <summary>Their sum, in seconds.</summary>
    public double? SecondsOver30 { get; init; }

    /// <summary>Bouts of at least 60 minutes.</summary>
    public int? BoutsOver60 { get; init; }

    /// <summary>Their sum, in seconds.</summary>
    public double? SecondsOver60 { get; init; }

    /// <summary><see cref="Breaks"/> per hour of sitting.</summary>
    public double? BreaksPerSedentaryHour { get; init; }

    /// <summary>The power law's exponent, see <see cref="Fragmentation.Alpha"/>; from ten bouts of unlike length on.</summary>
    public double? Alpha { get; init; }

    /// <summary>The shortest bout, in seconds, from which <see cref="Alpha"/> was reckoned.</summary>
    public double? AlphaXminSeconds { get; init; }

    /// <summary>See <see cref="Fragmentation.HalfOfBouts"/>; in seconds.</summary>
    public double? X05Seconds { get; init; }

    /// <summary>The share of sitting in bouts longer than <see cref="X05Seconds"/>, 0 to 1.</summary>
    public double? W05 { get; init; }

    /// <summary>See <see cref="Fragmentation.Gini"/>; corrected, 0 to 1, from ten bouts on.</summary>
    public double? Gini { get; init; }

    /// <summary>Sedentary-to-active transition probability, per minute, see <see cref="Fragmentation.TransitionProbability"/>.</summary>
    public double? Satp { get; init; }

    /// <summary>See <see cref="Fragmentation.Hazard"/>.</summary>
    public double? Hazard { get; init; }

    /// <summary>See <see cref="Fragmentation.LogVariation"/>; of minutes, from ten bouts on.</summary>
    public double? Cov { get; init; }

    /// <summary>Enough of the slice is known (<c>Sitting:CompleteShare</c>).</summary>
    public required bool Complete { get; init; }

    /// <summary>Reminders that fell due in the slice.</summary>
    public int? Reminders { get; init; }

    /// <summary>Reminders that were heeded in the slice.</summary>
    public int? Heeded { get; init; }

    /// <summary>Bouts of at least two hours.</summary>
    public int? BoutsOver120 { get; init; }

    /// <summary>Their sum, in seconds.</summary>
    public double? SecondsOver120 { get; init; }

    /// <summary>Bouts of at least four hours.</summary>
    public int? BoutsOver240 { get; init; }

    /// <summary>Their sum, in seconds.</summary>
    public double? SecondsOver240 { get; init; }

    /// <summary>When the slice's first bout starts, by the date's own clock.</summary>
    public OffsetDateTime? FirstSitting { get; init; }

    /// <summary>When the slice's last bout ends, by the date's own clock.</summary>
    public OffsetDateTime? LastSitting { get; init; }

    /// <summary>The share of the slice's reminders that were heeded in it, 0 to 1, see <see cref="ReminderResponse"/>; null without a reminder.</summary>
    public double? HeededShare { get; init; }

    /// <summary>How many of the slice's reminders that share is; <see cref="Heeded"/> counts those too that fell due before the slice.</summary>
    public int? HeededOfDue() => HeededShare * Reminders is { } some ? (int)Math.Round(some) : null;

    /// <summary>The median time from a reminder to the rise that ends its bout, in seconds, see <see cref="ReminderResponse"/>.</summary>
    public double? MedianSecondsToRise { get; init; }
}
