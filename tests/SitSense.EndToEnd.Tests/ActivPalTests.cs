using System.Text.Json;
using SitSense.Testing;

namespace SitSense.EndToEnd.Tests;

/// <summary>The field's gold standard goes in by a command and comes out by all ways.</summary>
public sealed class ActivPalTests
{
    [Fact]
    public async Task An_activPAL_file_that_is_imported_beside_a_running_worker_is_what_the_page_and_the_report_say()
    {
        var file = Path.Combine(Needs.Recordings("activpal"), "pal_01_events.csv.gz");
        using var folder = new TempFolder();
        await using var worker = await Worker.StartAsync(folder.Path, "run");
        for (var times = 0; times < 2; times++)
        {
            await using var import = Started.Service(folder.Path, "import", "activpal", file, "--wearer", "pal-1", "--zone", "Europe/London");
            await import.EndAsync();
        }
        await worker.UntilAsync(async () => (await worker.GetAsync("wearers")).EnumerateArray().Any(one => one.GetProperty("wearer").GetString() == "pal-1")
            && (await worker.DayAsync("pal-1", "2018-11-25")).GetProperty("knownSeconds").GetDouble() > 80000, "the days are worked out");

        await using var stored = Started.Service(folder.Path, "report", "--wearer", "pal-1", "--from", "2018-11-24", "--to", "2018-11-26", "--json");
        await using var alone = Started.Service(folder.Path, "report", "--activpal", file, "--zone", "Europe/London", "--json");
        var fromStore = Days(await stored.EndAsync());
        var fromFile = Days(await alone.EndAsync());
        var fromApi = (await worker.GetAsync("wearers/pal-1/days?from=2018-11-24&to=2018-11-26")).EnumerateArray().ToArray();

        Assert.Equal(3, fromFile.Length);
        for (var i = 0; i < 3; i++)
            foreach (var figure in fromFile[i].EnumerateObject().Where(figure => figure.Name is not ("wearer" or "zone")))
            {
                Assert.Equal(figure.Value.ToString(), fromApi[i].GetProperty(figure.Name).ToString());
                Assert.Equal(figure.Value.ToString(), fromStore[i].GetProperty(figure.Name).ToString());
            }
        Assert.Equal(86400, fromFile[1].GetProperty("knownSeconds").GetDouble());
        Assert.InRange(fromFile[1].GetProperty("sedentaryHours").GetDouble(), 12, 24);
    }

    static JsonElement[] Days(string json) => JsonDocument.Parse(json).RootElement.EnumerateArray().ToArray();
}
