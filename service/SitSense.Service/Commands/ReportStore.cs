using NodaTime;
using SitSense.Service.Days;
using SitSense.Service.Storage;
using SitSense.Service.Web.Report;
using SitSense.Sitting;

namespace SitSense.Service.Commands;

/// <summary>The days of the store's wearers, brought up to date first, so that they are right also where no worker runs.</summary>
/// <param name="invocation">What there is to work with.</param>
/// <param name="wearer">Whose; null = everybody's.</param>
/// <param name="choice">Which slice.</param>
/// <param name="stop">Ends it early.</param>
sealed class ReportStore(Invocation invocation, string? wearer, SliceChoice choice, CancellationToken stop) : IReportSource
{
    /// <summary>Every date between two, else those that have figures; hours past midnight may have some on the date before the first.</summary>
    public IAsyncEnumerable<DayFigures> DaysAsync(LocalDate? from, LocalDate? to) => OfEachAsync(from, to, async (store, book, settings, first, last) =>
        choice.Span is null && (from is null || to is null)
            ? choice.IsStored
                ? [.. (await store.DaysAsync(settings.Wearer, first, last, choice.Name, stop)).Select(day => day.Figures)]
                : [.. (await book.DaysAsync(settings, from ?? first.PlusDays(-1), last, choice, stop)).Where(day => day.KnownSeconds > 0)]
            : await book.DaysAsync(settings, first, last, choice, stop));

    public IAsyncEnumerable<DayProfile> ProfilesAsync(LocalDate? from, LocalDate? to) =>
        OfEachAsync(from, to, (_, book, settings, first, last) => book.ProfilesAsync(settings, first, last, choice, stop));

    public IAsyncEnumerable<PeriodSummary> SummariesAsync(LocalDate? from, LocalDate? to, bool byWeek) =>
        OfEachAsync(from, to, (_, book, settings, first, last) => book.SummariesAsync(settings, first, last, choice, byWeek, stop));

    async IAsyncEnumerable<T> OfEachAsync<T>(LocalDate? from, LocalDate? to, Func<IStore, DayBook, WearerSettings, LocalDate, LocalDate, Task<IReadOnlyList<T>>> ask)
    {
        await using var store = invocation.OpenStore();
        await invocation.CatchUpAsync(store, stop);
        var book = new DayBook(store, invocation.Options);
        foreach (var settings in await WearersAsync(store))
        {
            if (choice == SliceChoice.Work && settings.Work is null)
                invocation.Error.WriteLine($"{settings.Wearer} has no work hours; set them with: wearer {settings.Wearer} --work \"Mon-Fri 09:00-17:00\"");
            else if (choice.Span is not null)
                foreach (var one in await ask(store, book, settings, default, default))
                    yield return one;
            else if (await DatesAsync(store, settings, from, to) is { } dates)
                foreach (var one in await ask(store, book, settings, dates.First, dates.Last))
                    yield return one;
        }
    }

    public async Task<string> PageAsync(LocalDate? from, LocalDate? to, double? line, Instant now)
    {
        await using var store = invocation.OpenStore();
        await invocation.CatchUpAsync(store, stop);
        var wearers = await WearersAsync(store);
        if (wearers.Count != 1)
            throw new Failure(wearers.Count == 0 ? $"Nobody is known in {invocation.Options.Store.Folder}." : $"Say whose page it is to be with --wearer; known are {Names(wearers)}.");
        return await ReportPage.WriteAsync(store, new DayBook(store, invocation.Options), wearers[0], from, to, choice, line, now, stop);
    }

    /// <summary>The one who is asked for, or everybody.</summary>
    async Task<List<WearerSettings>> WearersAsync(IStore store)
    {
        var everybody = (await store.WearersAsync(stop)).Select(one => one.Settings).ToList();
        var wearers = everybody.FindAll(one => wearer is null || one.Wearer == wearer);
        return wearer is null || wearers.Count > 0 ? wearers
            : throw new Failure($"There is no wearer '{wearer}' in {invocation.Options.Store.Folder}; {(everybody.Count == 0 ? "nobody is known there" : $"known are {Names(everybody)}")}.");
    }

    static string Names(List<WearerSettings> wearers) => string.Join(", ", wearers.Take(10).Select(one => one.Wearer)) + (wearers.Count > 10 ? ", ..." : "");

    /// <summary>
    /// The dates asked for, else the first and the last that have figures; null when there are none. What a device says first touches the date before, of which
    /// nothing is known then.
    /// </summary>
    async Task<(LocalDate First, LocalDate Last)?> DatesAsync(IStore store, WearerSettings settings, LocalDate? from, LocalDate? to)
    {
        if (from is { } given && to is { } end)
            return (given, end);
        var stored = await store.DaysAsync(settings.Wearer, from ?? LocalDate.MinIsoValue, to ?? LocalDate.MaxIsoValue, SliceChoice.Day.Name, stop);
        return stored.Count == 0 ? null : (from ?? (stored.FirstOrDefault(day => day.Figures.KnownSeconds > 0) ?? stored[0]).Figures.Date, to ?? stored[^1].Figures.Date);
    }
}
