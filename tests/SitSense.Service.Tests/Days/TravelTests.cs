using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using SitSense.Service.Tests.Commands;
using SitSense.Service.Tests.Running;
using SitSense.Service.Web;
using SitSense.Sitting;
using static SitSense.Service.Tests.Running.TestWorker;

namespace SitSense.Service.Tests.Days;

public class TravelTests
{
    /// <summary>An hour of sitting each six hours for three days, from the midnight of Berlin's 19th on.</summary>
    static string[] Changes() => [.. Enumerable.Range(0, 12).SelectMany(i => new[] { (i * 6, "sitting"), (i * 6 + 1, "upright") })
        .Select((one, seq) => $$"""{"v":1,"boot":1,"seq":{{seq}},"at":"{{Instant.FromUtc(2026, 11, 18, 23, 0) + Duration.FromHours(one.Item1)}}","posture":"{{one.Item2}}","device":"clip"}""")];

    [Fact]
    public async Task Dates_before_a_journey_keep_their_zone_and_those_after_it_get_another()
    {
        using var run = new CommandRun();
        await run.OutputOfAsync("import", "changes", run.File("c.jsonl", Changes()), "--wearer", "w", "--zone", "Europe/Berlin");
        var before = await run.DaysAsync();
        await run.OutputOfAsync("wearer", "w", "--zone", "America/New_York", "--from", "2026-11-20");
        var days = await run.DaysAsync();
        Assert.Equal(["2026-11-19 Europe/Berlin 108000", "2026-11-20 America/New_York 86400", "2026-11-21 America/New_York 86400"],
            days.Select(day => $"{day.GetProperty("date")} {day.GetProperty("zone")} {day.GetProperty("daySeconds")}"));
        Assert.Equal(Sum(before, "sittingSeconds"), Sum(days, "sittingSeconds"));
        Assert.Equal(Sum(before, "knownSeconds"), Sum(days, "knownSeconds"));

        await run.OutputOfAsync("wearer", "w", "--zone", "none", "--from", "2026-11-20");
        Assert.Equal(before.Select(day => day.GetRawText()), (await run.DaysAsync()).Select(day => day.GetRawText()));

        static double Sum(JsonElement[] days, string figure) => days.Select(day => day.GetProperty(figure)).Sum(value => value.ValueKind == JsonValueKind.Null ? 0 : value.GetDouble());
    }

    [Fact]
    public async Task A_zone_without_a_date_is_that_of_all_dates()
    {
        using var run = new CommandRun();
        await run.OutputOfAsync("wearer", "w", "--zone", "Asia/Tokyo", "--from", "2026-11-20");
        Assert.Contains("""
            "zone":"Europe/Berlin","work":null,"lunch":null,"waking":"07:00-01:00","moves":{"2026-11-20":"Asia/Tokyo"}
            """.Trim(), await run.OutputOfAsync("wearer", "w", "--waking", "07:00-01:00", "--json"));
        Assert.Contains("\"moves\":{}", await run.OutputOfAsync("wearer", "w", "--zone", "Asia/Seoul", "--json"));
        Assert.Equal(2, await run.RunAsync("wearer", "w", "--from", "2026-11-20"));
    }

    [Theory]
    [InlineData("2026-11-19T22:59:59Z", "2026-11-19", "Europe/Berlin", "2026-11-20T05:00:00.000Z")]
    [InlineData("2026-11-20T04:59:59Z", "2026-11-19", "Europe/Berlin", "2026-11-20T05:00:00.000Z")]     // the clocks of Berlin show the 20th
    [InlineData("2026-11-20T05:00:00Z", "2026-11-20", "America/New_York", "2026-11-21T05:00:00.000Z")]
    public void Today_is_the_date_that_the_figures_count_now(string now, string today, string zone, string ends)
    {
        var journey = new Itinerary(Zone("Europe/Berlin"), (new LocalDate(2026, 11, 20), Zone("America/New_York")));
        var json = WearerJson.Of(new(new("w", null, null, null), []), journey, InstantPattern.General.Parse(now).Value);
        Assert.Equal((today, zone, ends), (json.Today, json.Zone, json.TodayEnds));

        static DateTimeZone Zone(string name) => DateTimeZoneProviders.Tzdb[name];
    }

    [Fact]
    public async Task The_api_takes_moves_and_waking_hours_and_gives_slices_hours_and_summaries()
    {
        await using var worker = await StartAsync();
        using var device = await worker.ConnectAsync("desk-1");
        using var http = new HttpClient { BaseAddress = new(worker.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        await device.PublishAsync(Change("desk-1", 1, Instant.FromUtc(2026, 11, 20, 8, 0)));
        await device.PublishAsync(Change("desk-1", 2, Instant.FromUtc(2026, 11, 20, 9, 0), SitSense.Sitting.Posture.Upright));
        (await http.PutAsJsonAsync("/api/v1/wearers/desk-1", new { zone = "Europe/Berlin", moves = new Dictionary<string, string> { ["2026-11-20"] = "Asia/Tokyo" }, waking = new[] { "07:00", "18:00" } })).EnsureSuccessStatusCode();
        await UntilAsync(async () => (await DaysAsync("days?from=2026-11-20&to=2026-11-20"))[0].GetProperty("zone").GetString() == "Asia/Tokyo", "the day is Tokyo's");

        // Eight o'clock UTC is five in the afternoon in Tokyo.
        Assert.Equal((39600, 3600), Of(await DaysAsync("days?from=2026-11-20&to=2026-11-20&slice=waking")));
        Assert.Equal((7200, 1800), Of(await DaysAsync("days?from=2026-11-20&to=2026-11-20&slice=Mon-Fri%2017:30-19:30")));
        Assert.Equal((2700, 2700), Of(await DaysAsync("days?slice=2026-11-20T08:15:00Z/2026-11-20T09:00:00Z")));
        Assert.Equal(3600, (await DaysAsync("hours?from=2026-11-20&to=2026-11-20"))[0].GetProperty("hours")[17].GetProperty("sittingSeconds").GetDouble());
        var week = Assert.Single(await DaysAsync("summary?from=2026-11-20&to=2026-11-20&by=week"));
        Assert.Equal(("2026-11-16", "2026-11-22", false), (week.GetProperty("from").GetString(), week.GetProperty("to").GetString(), week.GetProperty("enough").GetBoolean()));
        foreach (var wrong in (string[])["summary?from=2026-11-20&to=2026-11-20&by=month", "days?from=2026-11-20&to=2026-11-20&slice=noon", "summary?from=2026-11-20&to=2026-11-20&by=week&slice=2026-11-20T08:15:00Z/2026-11-20T09:00:00Z"])
            Assert.Equal(400, (int)(await http.GetAsync($"/api/v1/wearers/desk-1/{wrong}")).StatusCode);

        async Task<JsonElement[]> DaysAsync(string what) => [.. (await http.GetFromJsonAsync<JsonElement>($"/api/v1/wearers/desk-1/{what}")).EnumerateArray()];

        static (double, double) Of(JsonElement[] days) => (days[0].GetProperty("daySeconds").GetDouble(), days[0].GetProperty("sittingSeconds").GetDouble());
    }
}
