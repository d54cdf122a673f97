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
}
