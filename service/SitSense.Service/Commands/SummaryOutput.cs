using SitSense.Service.Days;
using SitSense.Sitting;

namespace SitSense.Service.Commands;

/// <summary>Writes summaries of weeks or periods.</summary>
static class SummaryOutput
{
    public static Task WriteAsync(IAsyncEnumerable<PeriodSummary> periods, bool json, bool csv, TextWriter output) =>
        json ? ReportOutput.JsonAsync(periods, DayJson.Default.PeriodSummary, output)
        : csv ? ReportOutput.CsvAsync(periods, "wearer,slice,from,to,days,validDays,validWeekendDays,enough,reliable,figure,figureDays,mean,low,high,change,changeLow,changeHigh,withinNoise",
            period => period.Figures.Select(figure => ReportOutput.CsvRow(period.Wearer, period.Slice, period.From, period.To, period.Days, period.ValidDays, period.ValidWeekendDays, period.Enough,
                period.Reliable, figure.Figure, figure.Days, figure.Mean, figure.Low, figure.High, figure.Change, figure.ChangeLow, figure.ChangeHigh, figure.WithinNoise)), output)
        : TableAsync(periods, output);

    static async Task TableAsync(IAsyncEnumerable<PeriodSummary> periods, TextWriter output)
    {
        var any = false;
        await foreach (var period in periods)
        {
            output.WriteLine($"{(any ? Environment.NewLine : "")}{period.Wearer}{SliceChoice.Words(period.Slice)}, {ReportOutput.Date(period.From)} to {ReportOutput.Date(period.To)}: "
                + $"{period.ValidDays} of {period.Days} days complete, {period.ValidWeekendDays} of a weekend{(!period.Enough ? "; too few for a mean" : period.Reliable ? "" : "; six are needed for a habit")}");
            if (period.Enough)
                Table.Write(output, ["figure", "days", "mean", "95 %", "change", "95 %", ""], [.. period.Figures.Where(figure => figure.Mean is not null).Select(Row)]);
            any = true;
        }
        output.WriteLine(any ? $"{Environment.NewLine}Of complete days, each counting the same; seconds as hours and minutes. Change: against the equally long period before." : "No days.");
    }

    static string?[] Row(FigureSummary figure) =>
    [
        figure.Figure, FormattableString.Invariant($"{figure.Days}"), Value(figure, figure.Mean), figure.Low is null ? null : $"{Value(figure, figure.Low)} to {Value(figure, figure.High)}",
        figure.Change is null ? null : Value(figure, figure.Change), figure.Change is null ? null : $"{Value(figure, figure.ChangeLow)} to {Value(figure, figure.ChangeHigh)}",
        figure.WithinNoise switch { null => "too few days before", true => "within noise", false => "" },
    ];

    static string Value(FigureSummary figure, double? value) => !figure.Figure.Contains("econds") ? FormattableString.Invariant($"{value:0.00}")
        : value < 0 && ReportOutput.Time(-value) is not "0:00" and var less ? $"-{less}" : ReportOutput.Time(Math.Abs(value!.Value));
}
