using System.Globalization;
using System.Text;
using SitSense.Sitting;

namespace SitSense.Service.Web.Report;

/// <summary>What a period was like: some figures of its <see cref="PeriodSummary"/>, each with its interval and its change.</summary>
static class SummaryTiles
{
    static readonly (string Figure, string Name, Func<double, string> Large, Func<double, string> Small)[] Shown =
    [
        ("sittingSeconds", "sitting a day", seconds => Text.Span(seconds), seconds => Text.Clock(seconds)),
        ("secondsOver30", "of it in bouts of 30 min or more", seconds => Text.Span(seconds), seconds => Text.Clock(seconds)),
        ("usualBoutSeconds", "usual bout", seconds => Text.Span(seconds), seconds => Text.Clock(seconds)),
        ("longestBoutSeconds", "longest bout of a day", seconds => Text.Span(seconds), seconds => Text.Clock(seconds)),
        ("breaksPerSedentaryHour", "breaks an hour of sitting", Tenths, Tenths),
        ("heededShare", "reminders heeded", share => Text.Percent(share), share => Text.Percent(share)),
    ];

    public static void Write(StringBuilder html, PeriodSummary summary)
    {
        html.Append("<dl>");
        foreach (var (figure, name, large, small) in Shown)
        {
            var one = summary.Figures.Single(other => other.Figure == figure);
            html.Append($"<div><dt>{name}</dt><dd>{(one.Mean is { } mean ? large(mean) : Text.None)}</dd>");
            if (one is { Low: { } low, High: { } high })
                html.Append($"<dd class=\"range\">{small(low)} to {small(high)}</dd>");
            if (one is { Change: { } change, WithinNoise: { } noise })
                html.Append($"<dd class=\"{(noise ? "change" : "change shown")}\">{(change < 0 ? "−" : "+")}{small(Math.Abs(change))}{(noise ? ", within noise" : "")}</dd>");
            html.Append("</div>");
        }
        html.AppendLine("</dl>").AppendLine($"<p class=\"note\">{Note(summary)}</p>");
    }

    static string Note(PeriodSummary summary)
    {
        var days = $"{summary.ValidDays} of {summary.Days} days complete, {summary.ValidWeekendDays} of a weekend";
        return !summary.Enough ? $"{days}: too few for a mean.{(summary.ValidDays < summary.Days ? " An incomplete day is no low one: too little of it is known." : "")}"
            : $"Means of complete days ({days}), {(summary.Figures.Any(figure => figure.Change is not null)
                ? "95 % intervals, and changes against as many days before; within noise: may be chance."
                : "and 95 % intervals. Too few days before are complete to compare with.")}";
    }

    static string Tenths(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
