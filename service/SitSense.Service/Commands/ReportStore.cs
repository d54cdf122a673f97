using System.Runtime.CompilerServices;
using NodaTime;
using SitSense.Service.Days;
using SitSense.Sitting;

namespace SitSense.Service.Commands;

/// <summary>The days of the store's wearers, worked out from what is stored, whether or not a worker keeps them.</summary>
static class ReportStore
{
    static readonly Interval AllTime = new(Instant.FromUtc(1, 1, 1, 0, 0), Instant.FromUtc(9999, 1, 1, 0, 0));

    /// <summary>A wearer's days, or everybody's, by name and date.</summary>
    public static async IAsyncEnumerable<DayFigures> DaysAsync(Invocation invocation, string? wearer, LocalDate? from, LocalDate? to, string slice,
        [EnumeratorCancellation] CancellationToken stop)
    {
        await using var store = invocation.OpenStore();
        var book = new DayBook(store, invocation.Options);
        var reckoner = new Reckoner(store, invocation.Options.Sitting);
        var everybody = await store.WearersAsync(stop);
        var wearers = everybody.Where(one => wearer is null || one.Settings.Wearer == wearer).ToList();
        if (wearer is not null && wearers.Count == 0)
            throw new Failure($"There is no wearer '{wearer}' in {invocation.Options.Store.Folder}; "
                + (everybody.Count == 0 ? "nobody is known there." : $"known are {string.Join(", ", everybody.Take(10).Select(one => one.Settings.Wearer))}{(everybody.Count > 10 ? ", ..." : "")}."));
        var wearing = new Wearing(await store.AssignmentsAsync(stop));
        foreach (var settings in wearers.Select(one => one.Settings))
        {
            if (slice == "work" && settings.Work is null)
            {
                invocation.Error.WriteLine($"{settings.Wearer} has no work hours; set them with: wearer {settings.Wearer} --work \"Mon-Fri 09:00-17:00\"");
                continue;
            }
            var zone = book.ZoneOf(settings);
            var timeline = from is not null && to is not null ? [] : await reckoner.TimelineAsync(settings.Wearer, wearing, AllTime, stop);
            if (ReportCommand.Dates(timeline, zone, from, to) is not { } dates)
                continue;
            var asked = Enumerable.Range(0, Period.DaysBetween(dates.First, dates.Last) + 1).Select(dates.First.PlusDays).ToList();
            foreach (var day in (await reckoner.DaysAsync(settings, zone, wearing, asked, byHeartbeat: false, stop)).Where(day => day.Figures.Slice == slice))
                yield return day.Figures;
        }
    }
}
