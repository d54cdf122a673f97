using NodaTime;

namespace SitSense.Sitting;

/// <summary>How many complete days a period needs before its means say anything.</summary>
/// <param name="Days">Complete days, 1 and up; four by custom.</param>
/// <param name="WeekendDays">Of them on a Saturday or Sunday, 0 and up; one by custom. Not asked of a slice that has no time on the period's weekends.</param>
public sealed record ValidDays(int Days = 4, int WeekendDays = 1)
{
    /// <summary>From so many on a habit is told reliably: six to eight wear-adjusted days (10.1371/journal.pone.0133296).</summary>
    public const int Reliable = 6;

    /// <summary>Whether a date is a Saturday or Sunday.</summary>
    public static bool IsWeekend(LocalDate date) => date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;
}
