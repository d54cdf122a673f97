using SitSense.Service.Days;
using SitSense.Sitting;

namespace SitSense.Service.Commands;

/// <summary>Writes the hours of days: each day's for programs, all days' together for people.</summary>
static class ProfileOutput
{
    const int BarWidth = 40;

    public static Task WriteAsync(IAsyncEnumerable<DayProfile> days, bool json, bool csv, TextWriter output) =>
        json ? ReportOutput.JsonAsync(days, DayJson.Default.DayProfile, output)
        : csv ? ReportOutput.CsvAsync(days, "wearer,date,zone,slice,hour,sittingSeconds,knownSeconds",
            day => day.Hours.Select(hour => ReportOutput.CsvRow(day.Wearer, day.Date, day.Zone, day.Slice, hour.Hour, hour.SittingSeconds, hour.KnownSeconds)), output)
        : TableAsync(days, output);

    static async Task TableAsync(IAsyncEnumerable<DayProfile> days, TextWriter output)
    {
        var any = false;
        await foreach (var theirs in days.GroupBy(day => day.Wearer))
        {
            output.WriteLine($"{(any ? Environment.NewLine : "")}{theirs.Key}{SliceChoice.Words(theirs.First().Slice)}, {ReportOutput.Date(theirs.First().Date)} to {ReportOutput.Date(theirs.Last().Date)}");
            output.WriteLine("hour      sat   known  sitting, of what is known");
            foreach (var hour in theirs.SelectMany(day => day.Hours).GroupBy(hour => hour.Hour))
            {
                var (sitting, known) = (hour.Sum(one => one.SittingSeconds), hour.Sum(one => one.KnownSeconds));
                output.WriteLine(known == 0 ? $"{hour.Key,2}"
                    : FormattableString.Invariant($"{hour.Key,2}   {ReportOutput.Time(sitting),8}{ReportOutput.Time(known),8}  {new string('#', (int)Math.Round(BarWidth * sitting / known))} {100 * sitting / known:0} %"));
            }
            any = true;
        }
        if (!any)
            output.WriteLine("No days.");
    }
}
