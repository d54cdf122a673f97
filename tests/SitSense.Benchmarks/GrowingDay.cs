using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using SitSense.Service.Days;
using SitSense.Service.Ingest;
using SitSense.Service.Options;
using SitSense.Service.Storage.Sqlite;
using SitSense.Sitting;

namespace SitSense.Benchmarks;

/// <summary>A store with one wearer's day under way, and what each message that came to it cost.</summary>
sealed class GrowingDay : IAsyncDisposable
{
    /// <summary>Changes of the day end by then, after its start.</summary>
    const double BusySeconds = 30_000;

    static readonly Instant Start = Instant.FromUtc(2026, 11, 20, 6, 0);

    readonly string folder = Directory.CreateTempSubdirectory("sitsense-bench-").FullName;
    readonly SqliteStore store;
    readonly DayUpkeep upkeep;
    int seq;
    double second = BusySeconds;

    GrowingDay(int changes, int others)
    {
        (Changes, Others) = (changes, others);
        store = SqliteStore.Open(folder, TimeProvider.System);
        upkeep = new DayUpkeep(store, SitSenseOptions.Read(new ConfigurationBuilder().Build()), new LiveFeed(), TimeProvider.System, NullLogger<DayUpkeep>.Instance);
    }

    public int Changes { get; }

    public int Others { get; }

    public Costs Beats { get; } = new();

    public Costs Moves { get; } = new();

    public static async Task<GrowingDay> StartAsync(int changes, int others, CancellationToken cancel)
    {
        var day = new GrowingDay(changes, others);
        foreach (var some in Enumerable.Range(0, others).Chunk(500))
            await day.store.StoreAsync([.. some.Select(n => new PostureMessage(Start, $"other-{n}", 1, 1, Start, Posture.Sitting))], cancel);
        for (var n = 0; n < others; n += 50)        // some were handed out; each is a transaction
            await day.store.AssignAsync(new($"other-{n}", $"wearer-{n}", null, null), cancel);
        for (var i = 0; i < changes; i++)
            await day.store.StoreAsync([day.Change(i * BusySeconds / changes)], cancel);
        await day.upkeep.CatchUpAsync(cancel);
        return day;
    }

    /// <summary>A heartbeat comes, or a change and then a heartbeat.</summary>
    public async Task GrowAsync(bool changes, bool measured, CancellationToken cancel)
    {
        if (changes)
        {
            second += 30;
            await store.StoreAsync([Change(second)], cancel);
            await CatchUpAsync(measured ? Moves : null, cancel);
        }
        second += 30;
        var at = At(second);
        await store.StoreAsync([new HeartbeatMessage(at, "d", 1, seq - 1, at, Posture.Sitting, null, null, null, null, null)], cancel);
        await CatchUpAsync(measured ? Beats : null, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        Directory.Delete(folder, true);
    }

    static Instant At(double second) => Start + Duration.FromMilliseconds(Math.Round(second * 1000));

    PostureMessage Change(double second) => new(At(second), "d", 1, seq, At(second), seq++ % 2 == 0 ? Posture.Upright : Posture.Sitting);

    async Task CatchUpAsync(Costs? costs, CancellationToken cancel)
    {
        var (used, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(true));
        await upkeep.CatchUpAsync(cancel);
        costs?.Add((Environment.CpuUsage.TotalTime - used).TotalMicroseconds, GC.GetTotalAllocatedBytes(true) - allocated);
    }
}
