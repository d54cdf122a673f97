using NodaTime;
using NodaTime.Text;
using SitSense.Service.Days;

namespace SitSense.Service.Web;

/// <summary>Reads what people put into addresses and bodies; a <see cref="BadRequest"/> names what is wrong.</summary>
static class Parse
{
    public static LocalDate Date(string name, string? text) =>
        Calendar.Date(text) ?? throw new BadRequest($"{name}: '{text}' is no date like 2026-11-01, of {Calendar.Years}.");

    public static Instant Time(string name, string? text) =>
        Calendar.Time(text) ?? throw new BadRequest($"{name}: '{text}' is no time like 2026-11-01T08:00:00Z, of {Calendar.Years}.");

    public static LocalTime Clock(string name, string? text) =>
        LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text ?? "") is { Success: true } time
            ? time.Value
            : throw new BadRequest($"{name}: '{text}' is no time of day like 09:00.");

    public static (LocalTime From, LocalTime To) Hours(string name, string[] pair, bool pastMidnight = false)
    {
        if (pair.Length != 2)
            throw new BadRequest($"{name}: two times of day are needed, like [\"09:00\",\"17:00\"].");
        var hours = (From: Clock(name, pair[0]), To: Clock(name, pair[1]));
        return hours.From < hours.To || pastMidnight ? hours : throw new BadRequest($"{name}: {pair[0]} is not before {pair[1]}.");
    }

    public static SliceChoice Slice(string name, string? text) =>
        SliceChoice.Parse(text ?? "day") ?? throw new BadRequest($"{name}: '{text}' is none of {SliceChoice.Wanted}.");

    public static string Zone(string name, string zone) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null
            ? zone
            : throw new BadRequest($"{name}: '{zone}' is no IANA time zone like Europe/Berlin.");

    /// <summary>A pseudonym: 1 to 64 characters that are not all blank, none of them a control character or a slash.</summary>
    public static string Wearer(string name, string? text) =>
        text is { Length: <= 64 } && !string.IsNullOrWhiteSpace(text) && !text.Any(c => char.IsControl(c) || c is '/')
            ? text
            : throw new BadRequest($"{name}: a wearer's name has 1 to 64 characters, not only blanks, and neither slashes nor control characters.");

    public static string Device(string name, string? text) =>
        text is { Length: > 0 and <= 32 } && text.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-')
            ? text
            : throw new BadRequest($"{name}: a device id has 1 to 32 of a-z, 0-9 and '-'.");
}
