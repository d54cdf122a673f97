using System.Runtime.CompilerServices;
using NodaTime;
using SitSense.Service.Days;
using SitSense.Service.Storage;
using SitSense.Service.Web.Report;
using SitSense.Sitting;

namespace SitSense.Service.Commands;

/// <summary>The days of the store's wearers, brought up to date first, so that they are right also where no worker runs.</summary>
static class ReportStore
{
    /// <summary>A wearer's days, or everybody's, by name and date: every date between two, else those that have figures.</summary>
    public static async IAsyncEnumerable<DayFigures> DaysAsync(Invocation invocation, string? wearer, LocalDate? from, LocalDate? to, string slice,
        [EnumeratorCancellation] CancellationToken stop)
    {
        await using var store = invocation.OpenStore();
        await invocation.CatchUpAsync(store, stop);
        var book = new DayBook(store, invocation.Options);
        foreach (var settings in await WearersAsync(invocation, store, wearer, stop))
        {
            if (slice == "work" && settings.Work is null)
            {
                invocation.Error.WriteLine($"{settings.Wearer} has no work hours; set them with: wearer {settings.Wearer} --work \"Mon-Fri 09:00-17:00\"");
                continue;
            }
            var days = from is { } first && to is { } last ? await book.DaysAsync(settings, first, last, slice, stop)
                : (await store.DaysAsync(settings.Wearer, from ?? LocalDate.MinIsoValue, to ?? LocalDate.MaxIsoValue, slice, stop)).Select(day => day.Figures);
            foreach (var day in days)
                yield return day;
        }
    }

    /// <summary>A wearer's dates as a page to be printed (<see cref="ReportPage"/>); whoever is alone in the store need not be named.</summary>
    public static async Task<string> PageAsync(Invocation invocation, string? wearer, LocalDate? from, LocalDate? to, string slice, double? line, CancellationToken stop)
    {
        await using var store = invocation.OpenStore();
        await invocation.CatchUpAsync(store, stop);
        var wearers = await WearersAsync(invocation, store, wearer, stop);
        if (wearers.Count != 1)
            throw new Failure(wearers.Count == 0 ? $"Nobody is known in {invocation.Options.Store.Folder}." : $"Say whose page it is to be with --wearer; known are {Names(wearers)}.");
        return await ReportPage.WriteAsync(store, new DayBook(store, invocation.Options), wearers[0], from, to, slice, line, Instant.FromDateTimeOffset(invocation.Clock.GetUtcNow()), stop);
    }

    /// <summary>The one who is asked for, or everybody.</summary>
    static async Task<List<WearerSettings>> WearersAsync(Invocation invocation, IStore store, string? wearer, CancellationToken stop)
    {
        var everybody = (await store.WearersAsync(stop)).Select(one => one.Settings).ToList();
        var wearers = everybody.FindAll(one => wearer is null || one.Wearer == wearer);
        return wearer is null || wearers.Count > 0 ? wearers
            : throw new Failure($"There is no wearer '{wearer}' in {invocation.Options.Store.Folder}; {(everybody.Count == 0 ? "nobody is known there" : $"known are {Names(everybody)}")}.");
    }

    static string Names(List<WearerSettings> wearers) => string.Join(", ", wearers.Take(10).Select(one => one.Wearer)) + (wearers.Count > 10 ? ", ..." : "");
}
