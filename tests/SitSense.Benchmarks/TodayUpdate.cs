using System.CommandLine;
using System.Globalization;

namespace SitSense.Benchmarks;

/// <summary>What it costs to bring today up to date after one message, by how many changes today has had already and how many others there are.</summary>
static class TodayUpdate
{
    /// <summary>Few, because they make the day longer.</summary>
    const int BeatsAChange = 20;

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 400, Description = "Heartbeats for each day. Days take turns, and the quickest quarter of each ends at the time that is told: other programs slow all of them down." };
        var command = new Command("today", "The cost of one heartbeat's or one change's update of today, by the changes of the day and by how many others there are.") { rounds };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(rounds), cancel));
        return command;
    }

    static async Task RunAsync(int rounds, CancellationToken cancel)
    {
        List<GrowingDay> days = [];
        try
        {
            foreach (var (changes, others) in ((int, int)[])[(10, 0), (60, 0), (240, 0), (1000, 0), (60, 1000), (60, 5000)])
                days.Add(await GrowingDay.StartAsync(changes, others, cancel));
            for (var i = 0; i < rounds; i++)
                foreach (var day in days)
                    await day.GrowAsync(changes: i % BeatsAChange == 0, measured: i >= rounds / 10, cancel);
        }
        finally
        {
            foreach (var day in days)
                await day.DisposeAsync();
        }
        Console.WriteLine("| changes today | other wearers | us of processor after a heartbeat | against the first row | KiB | us after a change | against the first row | KiB |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var day in days)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {day.Changes} | {day.Others} | {day.Beats.Micros:F0} | {day.Beats.Micros / days[0].Beats.Micros:F2} | {day.Beats.Kibibytes:F0} | {day.Moves.Micros:F0} | {day.Moves.Micros / days[0].Moves.Micros:F2} | {day.Moves.Kibibytes:F0} |"));
    }
}
