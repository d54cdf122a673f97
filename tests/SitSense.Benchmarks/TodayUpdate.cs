using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using SitSense.Service.Days;
using SitSense.Service.Ingest;
using SitSense.Service.Options;
using SitSense.Service.Storage.Sqlite;
using SitSense.Sitting;

namespace SitSense.Benchmarks;

/// <summary>What it costs to bring today up to date after one heartbeat, by how many changes today has had already and how many others there are.</summary>
static class TodayUpdate
{
    public static Command Create()
    {
        var beats = new Option<int>("--beats") { DefaultValueFactory = _ => 400, Description = "Heartbeats, of which the quickest quarter ends at the time that is told: other programs slow the rest down." };
        var command = new Command("today", "The cost of one heartbeat's update of today, by the changes of the day and by how many others there are.") { beats };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(beats), cancel));
        return command;
    }

    static async Task RunAsync(int beats, CancellationToken cancel)
    {
        Console.WriteLine("| changes today | other wearers | us of processor to work today out | against the first row | KiB allocated |");
        Console.WriteLine("|---|---|---|---|---|");
        var (first, warm) = (0.0, false);
        foreach (var (changes, others) in ((int, int)[])[(10, 0), (10, 0), (60, 0), (240, 0), (1000, 0), (60, 1000), (60, 5000)])       // the first one warms up
        {
            var folder = Directory.CreateTempSubdirectory("sitsense-bench-").FullName;
            await using (var store = SqliteStore.Open(folder, TimeProvider.System))
            {
                var upkeep = new DayUpkeep(store, SitSenseOptions.Read(new ConfigurationBuilder().Build()), new LiveFeed(), TimeProvider.System, NullLogger<DayUpkeep>.Instance);
                var start = Instant.FromUtc(2026, 11, 20, 6, 0);
                Instant At(double second) => start + Duration.FromMilliseconds(Math.Round(second * 1000));
                foreach (var some in Enumerable.Range(0, others).Chunk(500))
                    await store.StoreAsync([.. some.Select(n => new PostureMessage(start, $"other-{n}", 1, 1, start, Posture.Sitting))], cancel);
                for (var n = 0; n < others; n += 50)        // some were handed out; each is a transaction
                    await store.AssignAsync(new($"other-{n}", $"wearer-{n}", null, null), cancel);
                for (var seq = 0; seq < changes; seq++)
                    await store.StoreAsync([new PostureMessage(At(seq * 30_000.0 / changes), "d", 1, seq, At(seq * 30_000.0 / changes), seq % 2 == 0 ? Posture.Upright : Posture.Sitting)], cancel);
                await upkeep.CatchUpAsync(cancel);
                var (times, bytes) = (new double[beats], 0L);
                for (var i = 0; i < beats; i++)
                {
                    var at = At(30_060 + 60 * i);
                    await store.StoreAsync([new HeartbeatMessage(at, "d", 1, changes - 1, at, Posture.Sitting, null, null, null, null, null)], cancel);
                    var (used, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(true));
                    await upkeep.CatchUpAsync(cancel);
                    (times[i], bytes) = ((Environment.CpuUsage.TotalTime - used).TotalMicroseconds, bytes + GC.GetTotalAllocatedBytes(true) - allocated);
                }
                Array.Sort(times);
                var each = times[beats / 4];
                if (warm)
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {changes} | {others} | {each:F0} | {each / (first = first == 0 ? each : first):F1} | {bytes / 1024.0 / beats:F0} |"));
                warm = true;
            }
            Directory.Delete(folder, true);
        }
    }
}
