using System.Globalization;
using System.Net;
using NodaTime;

namespace SitSense.Service.Web.Report;

/// <summary>How things read on the printed page.</summary>
static class Text
{
    /// <summary>What cannot be said.</summary>
    public const string None = "–";

    /// <summary>A name with all that means something in HTML made harmless.</summary>
    public static string Escaped(string text) => WebUtility.HtmlEncode(text);

    /// <summary>7:32 for seven hours and 32 minutes, rounded.</summary>
    public static string Clock(double? seconds) => seconds is { } known ? $"{(long)Math.Round(known / 60) / 60}:{(long)Math.Round(known / 60) % 60:00}" : None;

    /// <summary>7 h 32 min, or 32 min.</summary>
    public static string Span(double? seconds) => seconds is not { } known ? None : (long)Math.Round(known / 60) is var minutes && minutes < 60 ? $"{minutes} min" : $"{minutes / 60} h {minutes % 60:00}";

    /// <summary>A share as whole percent.</summary>
    public static string Percent(double? share) => share is { } known ? Number(Math.Round(100 * known)) + " %" : None;

    /// <summary>A number to at most three digits after a point, whoever's machine it is.</summary>
    public static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>Mon 9 Nov.</summary>
    public static string Day(LocalDate date) => date.ToString("ddd d MMM", CultureInfo.InvariantCulture);

    /// <summary>9 – 22 November 2026, with the first month and year where they differ.</summary>
    public static string Dates(LocalDate from, LocalDate to) => from == to ? Full(to)
        : $"{from.ToString(from.Year != to.Year ? "d MMMM uuuu" : from.Month != to.Month ? "d MMMM" : "%d", CultureInfo.InvariantCulture)} – {Full(to)}";

    static string Full(LocalDate date) => date.ToString("d MMMM uuuu", CultureInfo.InvariantCulture);
}
