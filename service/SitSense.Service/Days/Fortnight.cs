using NodaTime;
using SitSense.Service.Storage;
using SitSense.Sitting;

namespace SitSense.Service.Days;

/// <summary>A wearer's dates one after the other, with all that a picture of them needs.</summary>
/// <param name="Days">Every date, ascending, known or not; at least one.</param>
/// <param name="Summary">The same dates as one period, beside the equally long one before; also whose they are, and of which slice.</param>
sealed record Fortnight(IReadOnlyList<FortnightDay> Days, PeriodSummary Summary)
{
    /// <summary>How many dates it has when nobody says from when to when.</summary>
    public const int Usual = 14;

    /// <summary>The dates from the first to the last, as far as they are said; else so that they are as many as usual.</summary>
    /// <param name="from">The first one.</param>
    /// <param name="to">The last one.</param>
    /// <param name="newest">The last one where nothing is said.</param>
    public static (LocalDate First, LocalDate Last) Dates(LocalDate? from, LocalDate? to, LocalDate newest)
    {
        var last = to ?? from?.PlusDays(Usual - 1) ?? newest;
        return (from ?? last.PlusDays(1 - Usual), last);
    }

    /// <summary>The newest date of which anything is known; null where there is none.</summary>
    public static async Task<LocalDate?> NewestAsync(IStore store, WearerSettings wearer, CancellationToken cancel) =>
        (await store.DaysAsync(wearer.Wearer, LocalDate.MinIsoValue, LocalDate.MaxIsoValue, SliceChoice.Day.Name, cancel)).LastOrDefault(day => day.Figures.KnownSeconds > 0)?.Figures.Date;

    public static async Task<Fortnight> LoadAsync(IStore store, DayBook book, WearerSettings wearer, LocalDate from, LocalDate to, SliceChoice choice, CancellationToken cancel)
    {
        var bouts = (await store.DaysAsync(wearer.Wearer, from, to, SliceChoice.Day.Name, cancel)).ToDictionary(day => day.Figures.Date, day => day.Bouts);
        var (zones, days) = (book.ZonesOf(wearer), new List<FortnightDay>());
        foreach (var (figures, slice) in (await book.DaysAsync(wearer, from, to, choice, cancel)).Zip(await book.SlicesAsync(wearer, from, to, choice, cancel)))
            days.Add(new(figures, slice, bouts.GetValueOrDefault(figures.Date, []), await book.TimelineAsync(wearer.Wearer, zones.DaySpan(figures.Date), cancel)));
        return new(days, (await book.SummariesAsync(wearer, from, to, choice, byWeek: false, cancel))[0]);
    }
}
