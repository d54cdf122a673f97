using NodaTime;
using NodaTime.Text;

namespace SitSense.Service.Days;

/// <summary>Dates and times as people write them, of the years that are taken: no reckoning with them comes near an end of the calendar.</summary>
static class Calendar
{
    const int FirstYear = 1900, LastYear = 9000;

    /// <summary>Which years are taken, in words.</summary>
    public static readonly string Years = $"the years {FirstYear} to {LastYear}";

    /// <summary>A local date like 2026-11-01; null = it is none that is taken.</summary>
    public static LocalDate? Date(string? text) =>
        LocalDatePattern.Iso.Parse(text ?? "") is { Success: true, Value: { Year: >= FirstYear and <= LastYear } date } ? date : null;

    /// <summary>A time like 2026-11-01T08:00:00Z, with any offset; null = it is none that is taken.</summary>
    public static Instant? Time(string? text) =>
        OffsetDateTimePattern.Rfc3339.Parse(text ?? "") is { Success: true, Value: { Year: >= FirstYear and <= LastYear } time } ? time.ToInstant() : null;
}
