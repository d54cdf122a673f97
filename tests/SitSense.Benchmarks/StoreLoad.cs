using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Service.Storage.Sqlite;
using SitSense.Sitting;

namespace SitSense.Benchmarks;

/// <summary>How many changes a second the store of record takes, each batch durable.</summary>
static class StoreLoad
{
    public static Command Create()
    {
        var devices = new Option<int>("--devices") { DefaultValueFactory = _ => 50, Description = "How many devices the changes come from, in turn." };
        var changes = new Option<int>("--changes") { DefaultValueFactory = _ => 100_000, Description = "How many changes." };
        var batch = new Option<int>("--batch") { DefaultValueFactory = _ => 500, Description = "Changes a transaction." };
        var command = new Command("store", "Changes a second into the store of record, and its size on disk.") { devices, changes, batch };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(devices), parsed.GetValue(changes), parsed.GetValue(batch), cancel));
        return command;
    }

    static async Task RunAsync(int devices, int changes, int batch, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("sitsense-bench-").FullName;
        var start = Instant.FromUtc(2026, 1, 1, 0, 0);
        var batches = Enumerable.Range(0, changes).Select(n => (Message)new PostureMessage(start, $"desk-{n % devices}", 1, n / devices,
            start.Plus(Duration.FromMinutes(n / devices)), n / devices % 2 == 0 ? Posture.Sitting : Posture.Upright)).Chunk(batch).ToList();
        await using (var store = SqliteStore.Open(folder, TimeProvider.System))
        {
            var warm = Math.Min(10, batches.Count / 2);
            foreach (var one in batches.Take(warm))
                await store.StoreAsync(one, cancel);
            var (time, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            foreach (var one in batches.Skip(warm))
                await store.StoreAsync(one, cancel);
            var count = changes - warm * batch;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{devices} devices, {batch} a batch: {count / time.Elapsed.TotalSeconds:F0} changes/s, {(Environment.CpuUsage.TotalTime - before).TotalMicroseconds / count:F1} us of processor each"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{new FileInfo(Path.Combine(folder, "sitsense.db")).Length / (double)changes:F0} bytes on disk each"));
        Directory.Delete(folder, true);
    }
}
