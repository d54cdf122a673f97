using NodaTime;
using SitSense.Sitting;

namespace SitSense.Service.Commands;

/// <summary>Where a report's figures come from; everybody's, by name and date. Without a date those from the first or to the last that is known.</summary>
interface IReportSource
{
    /// <summary>A slice's figures of each date.</summary>
    IAsyncEnumerable<DayFigures> DaysAsync(LocalDate? from, LocalDate? to);

    /// <summary>A slice's hours of each date.</summary>
    IAsyncEnumerable<DayProfile> ProfilesAsync(LocalDate? from, LocalDate? to);

    /// <summary>The weeks that hold any of the dates, or the dates as one period.</summary>
    IAsyncEnumerable<PeriodSummary> SummariesAsync(LocalDate? from, LocalDate? to, bool byWeek);

    /// <summary>A wearer's dates as a page to be printed (<see cref="Web.Report.ReportPage"/>); whoever is alone need not be named.</summary>
    /// <param name="from">The first date.</param>
    /// <param name="to">The last date.</param>
    /// <param name="line">Where the line in its picture stands, in hours; 0 = there is none, null = the usual one.</param>
    /// <param name="now">When it is made.</param>
    Task<string> PageAsync(LocalDate? from, LocalDate? to, double? line, Instant now);
}
