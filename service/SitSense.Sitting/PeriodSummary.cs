using NodaTime;

namespace SitSense.Sitting;

/// <summary>A week or another period of a wearer's days: how many count, what they are like, and whether that differs from the period before.</summary>
public sealed record PeriodSummary
{
    static readonly (string Name, Func<DayFigures, double?> Of)[] Summed =
    [
        ("sittingSeconds", day => day.SittingSeconds),
        ("sittingShare", day => day.SittingSeconds / day.KnownSeconds),
        ("uprightSeconds", day => day.UprightSeconds),
        ("bouts", day => day.Bouts),
        ("rises", day => day.Rises),
        ("breaksPerSedentaryHour", day => day.BreaksPerSedentaryHour),
        ("longestBoutSeconds", day => day.LongestBoutSeconds),
        ("meanBoutSeconds", day => day.MeanBoutSeconds),
        ("usualBoutSeconds", day => day.UsualBoutSeconds),
        ("secondsOver30", day => day.SecondsOver30),
        ("secondsOver60", day => day.SecondsOver60),
        ("alpha", day => day.Alpha),
        ("gini", day => day.Gini),
        ("reminders", day => day.Reminders),
        ("heededShare", day => day.HeededShare),
        ("medianSecondsToRise", day => day.MedianSecondsToRise),
    ];

    /// <summary>The pseudonym.</summary>
    public required string Wearer { get; init; }

    /// <summary>The slice of each day, by its name.</summary>
    public required string Slice { get; init; }

    /// <summary>The first local date.</summary>
    public required LocalDate From { get; init; }

    /// <summary>The last local date, included.</summary>
    public required LocalDate To { get; init; }

    /// <summary>Dates on which the slice has any time.</summary>
    public required int Days { get; init; }

    /// <summary>Those that are complete. The others are left out of everything below.</summary>
    public required int ValidDays { get; init; }

    /// <summary>Complete Saturdays and Sundays.</summary>
    public required int ValidWeekendDays { get; init; }

    /// <summary>There are as many as were asked for; if not, no figure has a mean.</summary>
    public required bool Enough { get; init; }

    /// <summary>There are at least <see cref="ValidDays.Reliable"/>, from which on a habit is told reliably.</summary>
    public required bool Reliable { get; init; }

    /// <summary>The figures, always the same ones in the same order.</summary>
    public required IReadOnlyList<FigureSummary> Figures { get; init; }

    /// <summary>Sums a period up.</summary>
    /// <param name="wearer">The pseudonym.</param>
    /// <param name="slice">The slice's name.</param>
    /// <param name="from">The first date.</param>
    /// <param name="to">The last date, included; not before <paramref name="from"/>.</param>
    /// <param name="days">The figures of this slice on these dates and on as many before them, at most one a date, in any order; one that is missing counts as a date without time.</param>
    /// <param name="rule">How many days are enough.</param>
    public static PeriodSummary Of(string wearer, string slice, LocalDate from, LocalDate to, IEnumerable<DayFigures> days, ValidDays rule)
    {
        var all = days.Where(day => day.DaySeconds > 0).OrderBy(day => day.Date).ToList();
        var (now, before) = (Counted.Of(all, from, to, rule), Counted.Of(all, Before(from, to), from.PlusDays(-1), rule));
        return new()
        {
            Wearer = wearer,
            Slice = slice,
            From = from,
            To = to,
            Days = now.Days,
            ValidDays = now.Valid.Count,
            ValidWeekendDays = now.WeekendDays,
            Enough = now.Enough,
            Reliable = now.Valid.Count >= Sitting.ValidDays.Reliable,
            Figures = [.. Summed.Select(figure => FigureSummary.Of(figure.Name, now.Values(figure.Of), before.Values(figure.Of), rule.Days))],
        };
    }

    /// <summary>The first date of the equally long period just before.</summary>
    public static LocalDate Before(LocalDate from, LocalDate to) => from.PlusDays(-Period.DaysBetween(from, to) - 1);

    /// <summary>The whole weeks, Monday to Sunday, that hold any of the dates.</summary>
    public static IEnumerable<(LocalDate From, LocalDate To)> Weeks(LocalDate from, LocalDate to)
    {
        for (var monday = from.PlusDays(1 - (int)from.DayOfWeek); monday <= to; monday = monday.PlusWeeks(1))
            yield return (monday, monday.PlusDays(6));
    }

    /// <summary>The days of a period that count.</summary>
    readonly record struct Counted(int Days, List<DayFigures> Valid, int WeekendDays, bool Enough)
    {
        public static Counted Of(List<DayFigures> all, LocalDate from, LocalDate to, ValidDays rule)
        {
            var within = all.FindAll(day => day.Date >= from && day.Date <= to);
            var valid = within.FindAll(day => day.Complete);
            var weekendDays = valid.Count(day => Sitting.ValidDays.IsWeekend(day.Date));
            var asked = within.Exists(day => Sitting.ValidDays.IsWeekend(day.Date)) ? rule.WeekendDays : 0;
            return new(within.Count, valid, weekendDays, valid.Count >= rule.Days && weekendDays >= asked);
        }

        /// <summary>A figure of the days that have it; none where the days are not enough.</summary>
        public double[] Values(Func<DayFigures, double?> figure) => Enough ? [.. Valid.Select(figure).OfType<double>()] : [];
    }
}
