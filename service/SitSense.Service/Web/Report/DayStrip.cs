using System.Text;
using NodaTime;
using SitSense.Service.Days;
using SitSense.Sitting;

namespace SitSense.Service.Web.Report;

/// <summary>One date as a strip of local time from midnight to midnight. Height says the same as colour, for whoever prints in grey.</summary>
static class DayStrip
{
    /// <summary>Bouts from this length on are drawn as long ones.</summary>
    public static readonly Duration Long = Duration.FromMinutes(30);

    const int Width = 1440, Height = 30;
    const double ShortTop = 9, UpTop = 21;

    /// <summary>The strip; an hour that the clock skipped is empty, of one that it showed twice the second lies over the first.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="day">What of.</param>
    /// <param name="hours">The time that figures are of, ascending, also of other dates, whose hours may pass midnight; all else is drawn pale.</param>
    public static void Draw(StringBuilder html, FortnightDay day, IEnumerable<Interval> hours)
    {
        html.Append($"""<svg viewBox="0 0 {Width} {Height}" preserveAspectRatio="none" aria-hidden="true"><rect class="unknown" width="{Width}" height="{Height}"/>""");
        foreach (var stretch in day.Timeline)
            if (stretch.Posture.IsUp())
                Piece(html, day, stretch.From, stretch.To, "up", UpTop);
        foreach (var bout in day.Bouts)
            Piece(html, day, bout.From, bout.To, bout.Length >= Long ? "long" : "short", bout.Length >= Long ? 0 : ShortTop);
        Outside(html, day, hours);
        for (var hour = 6; hour < 24; hour += 6)
            html.Append($"""<path class="hour" vector-effect="non-scaling-stroke" d="M{hour * 60} 0V{Height}"/>""");
        html.Append("</svg>");
    }

    static void Outside(StringBuilder html, FortnightDay day, IEnumerable<Interval> hours)
    {
        if (day.Timeline.Count == 0)
            return;     // a date that the zone skipped
        var (at, end) = (day.Timeline[0].From, day.Timeline[^1].To);
        foreach (var part in hours.Where(part => part.Start < end && part.End > at).Append(new(end, end)))
        {
            if (part.Start > at)
                Piece(html, day, at, part.Start, "outside", 0);
            at = part.End;
        }
    }

    static void Piece(StringBuilder html, FortnightDay day, Instant from, Instant to, string kind, double top)
    {
        foreach (var interval in day.Slice.Zone.GetZoneIntervals(new Interval(from, to)))
        {
            var (start, end) = (interval.HasStart ? Instant.Max(from, interval.Start) : from, interval.HasEnd ? Instant.Min(to, interval.End) : to);
            var x = (start.WithOffset(interval.WallOffset).LocalDateTime - day.Figures.Date.AtMidnight()).ToDuration().TotalMinutes;
            var width = Math.Max((end - start).TotalMinutes, 0.5);      // a minute is a tenth of a millimetre on paper
            html.Append($"""<rect class="{kind}" x="{Text.Number(x)}" y="{Text.Number(top)}" width="{Text.Number(width)}" height="{Text.Number(Height - top)}"/>""");
        }
    }
}
