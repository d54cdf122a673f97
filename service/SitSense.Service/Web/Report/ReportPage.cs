using System.Globalization;
using System.Text;
using NodaTime;
using SitSense.Service.Days;
using SitSense.Service.Storage;
using SitSense.Sitting;

namespace SitSense.Service.Web.Report;

/// <summary>
/// A wearer's fortnight on one page to be printed: one HTML file with its pictures in it, without scripts and without anything from elsewhere. It is
/// well-formed XML as well.
/// </summary>
static class ReportPage
{
    /// <summary>So many dates fit on one page.</summary>
    public const int MostDays = 31;

    /// <summary>Hours of sitting that an eight-hour working day leaves beside two hours on one's feet (Buckley 2015, 10.1136/bjsports-2015-094618).</summary>
    const double UsualLine = 6;

    /// <summary>Writes the page of what is stored.</summary>
    /// <param name="store">Where from.</param>
    /// <param name="book">Its days.</param>
    /// <param name="wearer">Of whom.</param>
    /// <param name="from">The first date; null = so that there are 14.</param>
    /// <param name="to">The last date; null = the newest of which anything is known.</param>
    /// <param name="choice">What the figures are of, no span; the strips are of whole days.</param>
    /// <param name="line">Where the line in the picture stands, in hours; 0 = there is none, null = 6 of an eight-hour day.</param>
    /// <param name="now">When it is made.</param>
    /// <param name="cancel">Ends it early.</param>
    /// <exception cref="BadRequest">That cannot be shown on one page.</exception>
    public static async Task<string> WriteAsync(IStore store, DayBook book, WearerSettings wearer, LocalDate? from, LocalDate? to, SliceChoice choice, double? line, Instant now, CancellationToken cancel)
    {
        var today = book.ZonesOf(wearer).DateOf(now);
        var (first, last) = Dates(from, to, await Fortnight.NewestAsync(store, wearer, cancel) ?? today);
        if (choice == SliceChoice.Work && wearer.Work is null)
            throw new BadRequest($"slice: {wearer.Wearer} has no work hours; set them with: wearer {wearer.Wearer} --work \"Mon-Fri 09:00-17:00\"");
        return Write(await Fortnight.LoadAsync(store, book, wearer, first, last, choice, cancel), line, today);
    }

    /// <summary>The dates of a page.</summary>
    /// <exception cref="BadRequest">They are not one after the other, or too many.</exception>
    public static (LocalDate First, LocalDate Last) Dates(LocalDate? from, LocalDate? to, LocalDate newest)
    {
        var (first, last) = Fortnight.Dates(from, to, newest);
        return first > last ? throw new BadRequest($"from: {first:uuuu-MM-dd} is after to: {last:uuuu-MM-dd}.")
            : Period.DaysBetween(first, last) >= MostDays ? throw new BadRequest($"from, to: one page has room for {MostDays} days at most.")
            : (first, last);
    }

    /// <summary>What Buckley 2015 advise of eight hours, pro rata of shorter or longer work hours.</summary>
    static double LineOf(Fortnight fortnight) =>
        fortnight.Summary.Slice == "work" && fortnight.Days.Max(day => day.Figures.DaySeconds) is > 0 and var longest ? Math.Round(longest / 3600 / 8 * UsualLine, 1) : UsualLine;

    /// <summary>Writes the page.</summary>
    /// <param name="fortnight">What it shows.</param>
    /// <param name="hours">Where the line in the picture stands; 0 = there is none, null = 6 of an eight-hour day.</param>
    /// <param name="made">The date on which it is made.</param>
    public static string Write(Fortnight fortnight, double? hours, LocalDate made)
    {
        var (line, summary) = (hours ?? LineOf(fortnight), fortnight.Summary);
        var (first, last) = (fortnight.Days[0].Figures.Date, fortnight.Days[^1].Figures.Date);
        var zones = string.Join(", ", fortnight.Days.Select(day => day.Figures.Zone).Distinct());
        var rowHeight = Math.Min(6.4, 104.0 / fortnight.Days.Count - 0.9);       // mm; a fortnight or a month, the page stays one
        var html = new StringBuilder();
        void Add(FormattableString text) => html.AppendLine(FormattableString.Invariant(text));
        Add($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>{Text.Escaped(summary.Wearer)}, {Text.Dates(first, last)} – SitSense</title>
            <link rel="icon" href="data:,"/>
            <style>{ReportStyle.Css}</style>
            </head>
            <body style="--row:{Text.Number(rowHeight)}mm">
            <main>
            <header><h1>{Text.Escaped(summary.Wearer)}</h1><p>{Text.Dates(first, last)}<br/>{Text.Escaped(zones)}{Text.Escaped(SliceChoice.Words(summary.Slice))}</p></header>
            """);
        SummaryTiles.Write(html, summary);
        Days(html, fortnight);
        html.Append($"<div class=\"pictures\"><section><h2>Hours of sitting{(line > 0 ? $"<span>; the line is at {Text.Number(line)}</span>" : "")}</h2>");
        DayBars.Sitting(html, fortnight, line > 0 ? line : null);
        html.Append("</section><section><h2>Reminders heeded, of those that fell due</h2>");
        if (fortnight.Days.Any(day => day.Figures.Reminders > 0))
            DayBars.Reminders(html, fortnight);
        else
            html.Append("<p class=\"note\">No reminder fell due.</p>");
        html.AppendLine("</section></div>");
        Add($"""
            <footer>
            <p>A bout is unbroken sitting; what is shorter than ten seconds neither makes nor breaks one. Usual bout: half of the sitting is in bouts up to this long, the mean of the days. A break is a rise with another bout after it. Six to eight complete days are needed for a reliable habit (doi 10.1371/journal.pone.0133296).</p>
            """);
        if (line > 0)
            Add($"""
                <p>The line stands at {Text.Number(line)} hours{(line == LineOf(fortnight) ? ": a working day of eight hours less the two on one’s feet that an expert statement advises to begin with (Buckley 2015, doi 10.1136/bjsports-2015-094618)" + (summary.Slice == "work" ? ", pro rata of these work hours" : "") : "")}. It can be moved: for a whole day there is no agreed limit (WHO 2020, PMC7719906).</p>
                """);
        Add($"""
            <p>SitSense measures sitting and suggests moving. It is no medical device, and nothing here is a medical statement. Made on {made:uuuu-MM-dd}.</p>
            </footer>
            </main>
            </body>
            </html>
            """);
        return html.ToString();
    }

    static void Days(StringBuilder html, Fortnight fortnight)
    {
        html.AppendLine("""
            <h2>Day by day, in local time</h2>
            <div class="days"><table><thead><tr><th scope="col"></th><th scope="col" class="strip"><span class="hours"><span>0</span><span>6</span><span>12</span><span>18</span><span>24</span></span></th>
            <th scope="col">sat</th><th scope="col">in 30 min+</th><th scope="col">longest</th><th scope="col">breaks</th><th scope="col">heeded</th><th scope="col">known</th></tr></thead><tbody>
            """);
        var hours = fortnight.Days.SelectMany(day => day.Slice.Parts).ToList();
        foreach (var day in fortnight.Days)
        {
            var figures = day.Figures;
            html.Append($"""<tr{(figures.Complete ? "" : day.HasSlice ? " class=\"part\"" : " class=\"free\"")}><th scope="row">{Text.Day(figures.Date)}</th><td class="strip">""");
            DayStrip.Draw(html, day, hours);
            html.AppendLine($"""</td><td>{Text.Clock(figures.SittingSeconds)}</td><td>{Text.Clock(figures.SecondsOver30)}</td><td>{Text.Clock(figures.LongestBoutSeconds)}</td><td>{figures.Breaks?.ToString(CultureInfo.InvariantCulture) ?? Text.None}</td><td>{(figures.Reminders > 0 ? $"{figures.HeededOfDue()}/{figures.Reminders}" : Text.None)}</td><td>{(day.HasSlice ? Text.Percent(figures.KnownSeconds / figures.DaySeconds) : Text.None)}{(figures.Complete || !day.HasSlice ? "" : "*")}</td></tr>""");
        }
        html.Append("</tbody></table></div><ul class=\"legend\">");
        Key("sitting, a bout of 30 min or more", ("long", 0));
        Key("sitting, a shorter bout", ("short", 9));
        Key("up", ("up", 21));
        Key("not known");
        if (fortnight.Summary.Slice != SliceChoice.Day.Name)
            Key("pale: outside the hours that the figures are of", ("long", 0), ("outside", 0));
        html.AppendLine("<li>hours and minutes</li><li>* incomplete: too little of the day is known</li></ul>");

        void Key(string name, params (string Kind, int Top)[] drawn) =>
            html.Append($"""<li><svg viewBox="0 0 52 30" preserveAspectRatio="none" aria-hidden="true"><rect class="unknown" width="52" height="30"/>{string.Concat(drawn.Select(one => $"<rect class=\"{one.Kind}\" y=\"{one.Top}\" width=\"52\" height=\"{30 - one.Top}\"/>"))}</svg>{name}</li>""");
    }
}
