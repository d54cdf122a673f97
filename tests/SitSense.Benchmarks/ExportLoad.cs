using System.CommandLine;
using System.Globalization;
using NodaTime;
using SitSense.Service.Commands;
using SitSense.Service.Ingest;
using SitSense.Service.Storage.Sqlite;
using SitSense.Sitting;

namespace SitSense.Benchmarks;

/// <summary>Whether an export takes the same memory however much there is: what lives while it writes, of a store and of one ten times as big.</summary>
static class ExportLoad
{
    public static Command Create()
    {
        var messages = new Option<int>("--messages") { DefaultValueFactory = _ => 50_000, Description = "Changes in the smaller store." };
        var command = new Command("export", "Live memory while everything is exported, of a store and of one ten times as big.") { messages };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(messages), cancel));
        return command;
    }

    static async Task RunAsync(int messages, CancellationToken cancel)
    {
        Console.WriteLine("| changes | exported | lines | MB | live memory at most, MiB |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var count in (int[])[messages, 10 * messages])
        {
            var folder = Directory.CreateTempSubdirectory("sitsense-bench-").FullName;
            var start = Instant.FromUtc(2025, 1, 1, 0, 0);
            await using (var store = SqliteStore.Open(folder, TimeProvider.System))
                foreach (var batch in Enumerable.Range(0, count).Select(n => (Message)new PostureMessage(start, $"desk-{n % 10}", 1, n / 10,
                    start + Duration.FromMinutes(n / 10), n / 10 % 2 == 0 ? Posture.Sitting : Posture.Upright)).Chunk(5_000))
                    await store.StoreAsync(batch, cancel);
            foreach (var what in (string[])["messages", "changes", "bouts", "days"])
            {
                var output = new Scale();
                if (await CommandLine.RunAsync(["export", what, $"--Store:Folder={folder}", "--Wearer:Zone=Europe/Berlin"], output, Console.Error, cancel) == 0)
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {count} | {what} | {output.Lines} | {output.Characters / 1e6:F1} | {output.Most / 1048576.0:F1} |"));
            }
            Directory.Delete(folder, true);
        }
    }

    /// <summary>Keeps nothing of what it is given, and looks every megabyte at what lives.</summary>
    sealed class Scale : StringWriter
    {
        long _looked;

        public long Characters { get; private set; }

        public long Lines { get; private set; }

        public long Most { get; private set; }

        public override Task WriteAsync(System.Text.StringBuilder? text, CancellationToken cancel = default)
        {
            foreach (var part in text!.GetChunks())
                (Characters, Lines) = (Characters + part.Length, Lines + part.Span.Count('\n'));
            if (Characters - _looked > 1_000_000 || _looked == 0)
                (Most, _looked) = (Math.Max(Most, GC.GetTotalMemory(forceFullCollection: true)), Characters);
            return Task.CompletedTask;
        }
    }
}
