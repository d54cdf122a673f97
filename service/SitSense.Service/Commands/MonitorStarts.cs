using NodaTime;
using SitSense.Sitting;

namespace SitSense.Service.Commands;

/// <summary>
/// Gives back to a monitor's shortest postures what the rounding of starts took from them: a file tells ten seconds by two starts, each rounded to a millisecond, to a
/// second, or to some digits of a day, so that they often are a little less, and by the rule of ten seconds would not count.
/// </summary>
sealed class MonitorStarts
{
    /// <summary>The shortest posture that an activPAL tells.</summary>
    static readonly Duration Shortest = Duration.FromSeconds(10);

    /// <summary>The coarsest rounding: five digits of a day are 0.86 s.</summary>
    static readonly Duration Rounding = Duration.FromSeconds(1);

    Posture posture = Posture.Unknown;
    Instant since, latest = Instant.MinValue;
    Duration lasted;

    /// <summary>When a row begins: as it says, or at most <see cref="Rounding"/> later, where the posture before it lasted long enough by its rows' own lengths.</summary>
    /// <param name="at">Its start.</param>
    /// <param name="now">Its posture.</param>
    /// <param name="length">How long it says that it lasted.</param>
    public Instant Of(Instant at, Posture now, Duration length)
    {
        var least = now != posture && lasted >= Shortest ? since + Shortest : latest;
        if (at < least && least - at <= Rounding)
            at = least;
        (since, lasted) = now == posture ? (since, lasted + length) : (at, length);
        (posture, latest) = (now, at);
        return at;
    }
}
