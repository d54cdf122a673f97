using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace SitSense.Benchmarks;

/// <summary>How soon a newcomer sees something: the demo, from its start to each wearer's first day and to two weeks of all.</summary>
static class FirstDay
{
    public static Command Create()
    {
        var command = new Command("first-day", "Seconds from the demo's start to the first day and to two weeks of each wearer, as the API gives them.");
        command.SetAction(async (_, cancel) =>
        {
            var since = Stopwatch.StartNew();
            await using var worker = new MeasuredWorker("demo");
            await worker.ReadyAsync();
            var ready = since.Elapsed;
            var first = await UntilAsync(worker, days: 1, since, cancel);
            var fortnight = await UntilAsync(worker, days: 13, since, cancel);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"demo: ready after {ready.TotalSeconds:F1} s, a day of each wearer after {first.TotalSeconds:F1} s, two weeks of each after {fortnight.TotalSeconds:F1} s"));
        });
        return command;
    }

    static async Task<TimeSpan> UntilAsync(MeasuredWorker worker, int days, Stopwatch since, CancellationToken cancel)
    {
        while (true)
        {
            var wearers = (await GetAsync(worker, "wearers", cancel)).EnumerateArray().Select(one => one.GetProperty("wearer").GetString()).ToArray();
            var complete = wearers.Length > 0;
            foreach (var wearer in wearers)
            {
                var today = DateTime.UtcNow.Date;
                var figures = await GetAsync(worker, $"wearers/{wearer}/days?from={today.AddDays(-14):yyyy-MM-dd}&to={today:yyyy-MM-dd}", cancel);
                complete &= figures.EnumerateArray().Count(day => day.GetProperty("knownSeconds").GetDouble() > 36000) >= days;
            }
            if (complete)
                return since.Elapsed;
            await Task.Delay(100, cancel);
        }
    }

    static async Task<JsonElement> GetAsync(MeasuredWorker worker, string path, CancellationToken cancel) =>
        JsonDocument.Parse(await worker.GetAsync("/api/v1/" + path, cancel)).RootElement;
}
