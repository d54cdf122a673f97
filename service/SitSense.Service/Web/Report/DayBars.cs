using System.Globalization;
using System.Text;
using SitSense.Service.Days;
using SitSense.Sitting;

namespace SitSense.Service.Web.Report;

/// <summary>A column a date: hours of sitting with a line to compare them with, and what became of reminders.</summary>
static class DayBars
{
    const double Width = 400, Height = 190, Left = 22, Top = 16, Bottom = 26;

    /// <summary>Hours of sitting, those in long bouts on top.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="fortnight">What of.</param>
    /// <param name="line">Where the line stands, in hours; null = there is none.</param>
    public static void Sitting(StringBuilder html, Fortnight fortnight, double? line)
    {
        var most = Math.Max(4, Math.Ceiling(fortnight.Days.Select(day => (day.Figures.SittingSeconds ?? 0) / 3600).Append(line ?? 0).Max() / 2) * 2);
        Begin(html, $"Hours of sitting on each of {fortnight.Days.Count} days{(line is { } at ? $", with a line at {Text.Number(at)} hours" : "")}; the numbers are in the table above.", most, most > 12 ? 4 : 2);
        html.Append("""<defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V4" class="hatch"/></pattern></defs>""");
        var values = Each(html, fortnight, (day, x, width) =>
        {
            if (day.SittingSeconds is not { } seconds)
                return null;
            var (sat, long30) = (seconds / 3600, (day.SecondsOver30 ?? 0) / 3600);
            Column(html, "short", x, width, 0, sat - long30, most);
            Column(html, "long", x, width, sat - long30, sat, most);
            if (!day.Complete)
                Column(html, "part", x, width, 0, sat, most);
            return (sat, sat.ToString("0.0", CultureInfo.InvariantCulture));
        }, most);
        if (line is { } hours)
            html.Append($"""<path class="guide" d="M{Left} {Y(hours, most)}H{Width}"/>""");
        html.Append(values).Append("</svg>");
    }

    /// <summary>Reminders that fell due, and those of them that were heeded.</summary>
    public static void Reminders(StringBuilder html, Fortnight fortnight)
    {
        var most = Math.Max(4, Math.Ceiling(fortnight.Days.Max(day => day.Figures.Reminders ?? 0) / 4.0) * 4);
        Begin(html, $"Reminders due and heeded on each of {fortnight.Days.Count} days; the numbers are in the table above.", most, most / 4);
        var values = Each(html, fortnight, (day, x, width) =>
        {
            if (day.Reminders is not > 0)
                return null;
            Column(html, "due", x, width, 0, day.Reminders.Value, most);
            Column(html, "up", x, width, 0, day.HeededOfDue() ?? 0, most);
            return (day.Reminders.Value, $"{day.HeededOfDue()}/{day.Reminders}");
        }, most);
        html.Append(values).Append("</svg>");
    }

    static void Begin(StringBuilder html, string says, double most, double step)
    {
        html.Append($"""<svg viewBox="0 0 {Width} {Height}" role="img" aria-label="{Text.Escaped(says)}">""");
        for (var mark = 0.0; mark <= most; mark += step)
            html.Append($"""<path class="mark" d="M{Left} {Y(mark, most)}H{Width}"/><text class="scale" x="{Left - 4}" y="{Y(mark, most)}" dy="3">{Text.Number(mark)}</text>""");
    }

    /// <summary>Draws each date's column and name; its number is for the caller to put on top of everything.</summary>
    static StringBuilder Each(StringBuilder html, Fortnight fortnight, Func<DayFigures, double, double, (double Value, string Text)?> draw, double most)
    {
        var room = (Width - Left) / fortnight.Days.Count;
        var values = new StringBuilder();
        var sparse = fortnight.Days.Count > 16 ? 2 : 1;     // a month's numbers would touch each other
        for (var i = 0; i < fortnight.Days.Count; i++)
        {
            var (day, middle) = (fortnight.Days[i].Figures, Left + (i + 0.5) * room);
            if (draw(day, middle - room * 0.35, room * 0.7) is { } drawn && sparse == 1)
                values.Append($"""<text class="{(day.Complete ? "value" : "value part")}" x="{Text.Number(middle)}" y="{Y(drawn.Value, most)}" dy="-3">{drawn.Text}{(day.Complete ? "" : "*")}</text>""");
            if (i % sparse == 0)
                html.Append($"""<text class="name" x="{Text.Number(middle)}" y="{Height - Bottom + 11}">{Text.Day(day.Date)[..2]}</text><text class="name" x="{Text.Number(middle)}" y="{Height - Bottom + 21}">{day.Date.Day}</text>""");
        }
        return values;
    }

    static void Column(StringBuilder html, string kind, double x, double width, double from, double to, double most)
    {
        if (to > from)
            html.Append($"""<rect class="{kind}" x="{Text.Number(x)}" y="{Y(to, most)}" width="{Text.Number(width)}" height="{Text.Number((to - from) / most * (Height - Top - Bottom))}"/>""");
    }

    static string Y(double value, double most) => Text.Number(Height - Bottom - value / most * (Height - Top - Bottom));
}
