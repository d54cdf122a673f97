using System.Runtime.CompilerServices;
using NodaTime;
using SitSense.Service.Days;
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
        var everybody = await store.WearersAsync(stop);
        var wearers = everybody.Where(one => wearer is null || one.Settings.Wearer == wearer).ToList();
        if (wearer is not null && wearers.Count == 0)
            throw new Failure($"There is no wearer '{wearer}' in {invocation.Options.Store.Folder}; "
                + (everybody.Count == 0 ? "nobody is known there." : $"known are {string.Join(", ", everybody.Take(10).Select(one => one.Settings.Wearer))}{(everybody.Count > 10 ? ", ..." : "")}."));
        foreach (var settings in wearers.Select(one => one.Settings))
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
}
