using NodaTime;
using SitSense.Service.Storage;
using SitSense.Sitting;

namespace SitSense.Service.Days;

/// <summary>A wearer's dates one after the other, with all that a picture of them needs.</summary>
/// <param name="Wearer">The pseudonym.</param>
/// <param name="Slice">The name of the slice that the figures are of.</param>
/// <param name="Days">Every date, ascending, known or not; at least one.</param>
sealed record Fortnight(string Wearer, string Slice, IReadOnlyList<FortnightDay> Days)
{
    /// <summary>How many dates it has when nobody says from when to when.</summary>
    public const int Usual = 14;

    /// <summary>The newest date with known time, or today where there is none, unless <paramref name="to"/> says otherwise, and the dates before it.</summary>
    public static async Task<(LocalDate From, LocalDate To)> DatesAsync(IStore store, WearerSettings wearer, LocalDate? from, LocalDate? to, LocalDate today, CancellationToken cancel)
    {
        if (to is null && from is not null)
            return (from.Value, from.Value.PlusDays(Usual - 1));
        var last = to ?? (await store.DaysAsync(wearer.Wearer, LocalDate.MinIsoValue, LocalDate.MaxIsoValue, "day", cancel)).LastOrDefault(day => day.Figures.KnownSeconds > 0)?.Figures.Date ?? today;
        return (from ?? last.PlusDays(1 - Usual), last);
    }

    public static async Task<Fortnight> LoadAsync(IStore store, DayBook book, WearerSettings wearer, LocalDate from, LocalDate to, SliceChoice choice, CancellationToken cancel)
    {
        var bouts = (await store.DaysAsync(wearer.Wearer, from, to, "day", cancel)).ToDictionary(day => day.Figures.Date, day => day.Bouts);
        var (zones, days) = (book.ZonesOf(wearer), new List<FortnightDay>());
        foreach (var figures in await book.DaysAsync(wearer, from, to, choice, cancel))
            days.Add(new(figures, zones.On(figures.Date), bouts.GetValueOrDefault(figures.Date, []), await book.TimelineAsync(wearer.Wearer, zones.DaySpan(figures.Date), cancel)));
        return new(wearer.Wearer, choice.Name, days);
    }

    /// <summary>The days of which enough is known.</summary>
    public IReadOnlyList<DayFigures> Complete => [.. Days.Select(day => day.Figures).Where(day => day.Complete)];

    /// <summary>Mean of the complete days; null when there is none.</summary>
    public double? SittingSeconds => Complete is { Count: > 0 } days ? days.Average(day => day.SittingSeconds ?? 0) : null;

    /// <summary>The share of the complete days' sitting that is in bouts of at least 30 minutes.</summary>
    public double? ShareOver30 => Complete.Sum(day => day.SittingSeconds) is > 0 and var sat ? Complete.Sum(day => day.SecondsOver30) / sat : null;

    /// <summary>The longest bout of the complete days.</summary>
    public double? LongestBoutSeconds => Complete.Max(day => day.LongestBoutSeconds);

    /// <summary>Breaks per hour of sitting over all complete days together.</summary>
    public double? BreaksPerSedentaryHour => Complete.Sum(day => day.SittingSeconds) is > 0 and var sat ? Complete.Sum(day => day.Breaks) / (sat / 3600) : null;

    /// <summary>Reminders of all days that fell due, and that were heeded.</summary>
    public (int Due, int Heeded) Reminders => (Days.Sum(day => day.Figures.Reminders ?? 0), Days.Sum(day => day.Figures.Heeded ?? 0));
}
