using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using SitSense.Service.Ingest;

namespace SitSense.Service.Commands;

/// <summary>Times as files write them.</summary>
/// <param name="zone">The zone of times that name none.</param>
sealed class ImportTime(DateTimeZone zone)
{
    static readonly LocalDateTime SerialZero = new(1899, 12, 30, 0, 0);
    static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.FFFFFFF");

    // What the clock skipped is as much later as it skipped; what it shows twice is the first, unless that goes back.
    static readonly ZoneLocalMappingResolver First = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted);
    static readonly ZoneLocalMappingResolver Second = Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnForwardShifted);

    /// <summary>An instant to the millisecond, from RFC 3339 or, without an offset, from a local time; null when it is neither.</summary>
    /// <param name="text">The time.</param>
    /// <param name="notBefore">Decides where a local time happened twice.</param>
    public Instant? Parse(string text, Instant notBefore) => Rfc3339.Parse(Encoding.UTF8.GetBytes(text))
        ?? (Local.Parse(text.Replace(' ', 'T')).TryGetValue(default, out var local) ? Of(local, notBefore) : null);

    /// <summary>A local time, also as days since 1899-12-30 as spreadsheets count them; null when it is neither, or no time of this age.</summary>
    public static LocalDateTime? ParseLocal(string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var days))
            return Local.Parse(text.Trim(' ', '#').Replace(' ', 'T')).TryGetValue(default, out var local) ? local : null;
        return days is > 20_000 and < 100_000 ? SerialZero.PlusTicks((long)(days * NodaConstants.TicksPerDay)) : null;
    }

    /// <summary>The instant, to the millisecond, at which the zone's clock shows a local time.</summary>
    /// <param name="local">The local time.</param>
    /// <param name="notBefore">Decides where it happened twice.</param>
    public Instant Of(LocalDateTime local, Instant notBefore)
    {
        var first = zone.ResolveLocal(local, First).ToInstant();
        return Rounded(first < notBefore ? zone.ResolveLocal(local, Second).ToInstant() : first);
    }

    /// <summary>To the nearest millisecond.</summary>
    public static Instant Rounded(Instant at) => Instant.FromUnixTimeMilliseconds((at + Duration.FromTicks(NodaConstants.TicksPerMillisecond / 2)).ToUnixTimeMilliseconds());
}
