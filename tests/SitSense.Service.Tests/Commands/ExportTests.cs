using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SitSense.Service.Commands;
using SitSense.Service.Tests.Storage;
using SitSense.Sitting;
using static SitSense.Service.Tests.Storage.TempStore;

namespace SitSense.Service.Tests.Commands;

public sealed class ExportTests
{
    static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(10);

    /// <summary>What figures are made of, and what else a store keeps of what devices said; not when it arrived.</summary>
    static readonly string[] Kept =
    [
        "SELECT d.name, boot, seq, said, at, stamp, record.posture, reminder, sitting_ms FROM record JOIN device d ON d.id=device ORDER BY 1, 2, 3",
        "SELECT d.name, boot, seq, first, first_posture, last, last_posture FROM heartbeat JOIN device d ON d.id=device ORDER BY 1, 2, 3",
        "SELECT d.name, boot, first, last FROM boot JOIN device d ON d.id=device ORDER BY 1, 2",
        "SELECT d.name, at, boot, figures FROM measure m JOIN device d ON d.id=device ORDER BY 1, 2",
    ];

    static async Task<string> RunAsync(TempStore store, params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        Assert.True(await CommandLine.RunAsync([.. arguments, $"--Store:Folder={store.Folder}", "--Wearer:Zone=Europe/Berlin"], output, error, default) == 0, error.ToString());
        return output.ToString();
    }

    static string[] Lines(string output) => output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Two hours of sitting over a Berlin midnight, with a minute up and a comma in the wearer's name.</summary>
    static async Task<TempStore> NightAsync()
    {
        var store = new TempStore();
        await RunAsync(store, "assign", "chair", "anna, desk 7");
        await store.StoreAsync(Change("chair", 1, 1, 50_400, Posture.Sitting), Change("chair", 1, 2, 54_000.5, Posture.Upright),
            Change("chair", 1, 3, 54_060.5, Posture.Sitting), Change("chair", 1, 4, 57_600, Posture.Off));
        return store;
    }

    [Fact]
    public void All_that_devices_said_comes_back_whole_from_an_export() => Check.One(Runs, Prop.ForAll(StoreProperties.Streams.ToArbitrary(), async Task<bool> (stream) =>
    {
        await using var one = new TempStore();
        await using var other = new TempStore();
        await one.StoreAsync([.. stream, Measured("d", 0.5, ("shifts", 4), ("shiftsError", 0.1 + 0.2)), Measured("e", 0.5, ("leanMean", -1e-9))]);
        var file = Path.Combine(other.Folder, "messages.jsonl");
        await File.WriteAllTextAsync(file, await RunAsync(one, "export", "messages"));
        await RunAsync(other, "import", "changes", file);
        return Kept.All(rows => one.Rows(rows).SequenceEqual(other.Rows(rows)))
            && (string[])["days", "bouts"] is var figures && await RunAsync(one, "export", figures[0]) == await RunAsync(other, "export", figures[0])
            && await RunAsync(one, "export", figures[1]) == await RunAsync(other, "export", figures[1]);
    }));

    [Fact]
    public async Task Changes_alone_come_back_as_changes_in_either_form()
    {
        await using var one = await NightAsync();
        foreach (var form in (string[][])[["export", "changes"], ["export", "changes", "--json"]])
        {
            await using var other = new TempStore();
            var file = Path.Combine(other.Folder, "changes");
            await File.WriteAllTextAsync(file, await RunAsync(one, form));
            await RunAsync(other, "import", "changes", file, "--wearer", "anna, desk 7");
            Assert.Equal(one.Rows(Kept[0]), other.Rows(Kept[0]));
            Assert.Equal(await RunAsync(one, "export", "days"), await RunAsync(other, "export", "days"));
        }
    }

    [Fact]
    public async Task A_change_tells_how_long_it_was_vouched_to_hold_and_the_zone_of_its_date()
    {
        await using var store = new TempStore();
        await RunAsync(store, "wearer", "chair", "--zone", "America/New_York", "--from", "2026-11-21");
        await store.StoreAsync(
            Change("chair", 1, 1, 0, Posture.Sitting), Reminder("chair", 1, 2, 1800, "due"),        // through the reminder to the next number
            Change("chair", 1, 3, 3600.5, Posture.Upright), Beat("chair", 1, 3, 3660.5, Posture.Upright),      // a number is missing: to its heartbeat
            Beat("chair", 1, 4, 3700, Posture.Sitting), Beat("chair", 1, 4, 3800, Posture.Sitting),
            Change("chair", 1, 5, 3900, Posture.Sitting), Change("chair", 1, 6, 3800, Posture.Upright),        // moved to its predecessor, which so has no length
            Change("chair", 2, 1, 86_400, Posture.Sitting));        // nobody said that it still holds
        Assert.Equal(["at,posture,device,boot,seq,seconds,zone",
            "2026-11-20T08:00:00.000Z,sitting,chair,1,1,3600.5,Europe/Berlin",
            "2026-11-20T09:00:00.500Z,upright,chair,1,3,60,Europe/Berlin",
            "2026-11-20T09:05:00.000Z,sitting,chair,1,5,0,Europe/Berlin",
            "2026-11-20T09:03:20.000Z,upright,chair,1,6,,Europe/Berlin",
            "2026-11-21T08:00:00.000Z,sitting,chair,2,1,,America/New_York"], Lines(await RunAsync(store, "export", "changes")));
        var json = Lines(await RunAsync(store, "export", "changes", "--json")).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(["3600.5", "60", "0", "null", "null"], json.Select(change => change.GetProperty("seconds").GetRawText()));
        Assert.Equal("America/New_York", json[^1].GetProperty("zone").GetString());
    }

    [Fact]
    public void What_changes_were_vouched_to_hold_adds_up_to_what_each_boot_vouched() => Check.One(Runs, Prop.ForAll((from stream in StoreProperties.Streams from came in Gen.SubListOf(stream) select came).ToArbitrary(), async Task<bool> (came) =>
    {
        await using var store = new TempStore();
        await store.StoreAsync([.. came]);
        var history = await store.Store.HistoryAsync("d", Span(-1, 100), default);
        var vouched = history.Records.GroupBy(record => record.Boot).Sum(boot => Vouching.Vouch("d", [.. boot],
            [.. history.Heartbeats.Where(beat => boot.Any(record => record.Seq == beat.Seq) && beat.Boot == boot.Key)]).Stretches.Sum(stretch => (stretch.To - stretch.From).TotalSeconds));
        return Math.Abs(vouched - Lines(await RunAsync(store, "export", "changes"))[1..].Sum(line => double.TryParse(line.Split(',')[5], CultureInfo.InvariantCulture, out var seconds) ? seconds : 0)) < 1e-9;
    }));

    [Fact]
    public async Task What_vouches_for_a_change_counts_also_when_another_has_the_device_by_then()
    {
        await using var store = await NightAsync();
        await RunAsync(store, "assign", "chair", "ben", "--from", "2026-11-20T23:00:30Z");
        Assert.Equal("2026-11-20T23:00:00.500Z,upright,chair,1,2,60,Europe/Berlin", Lines(await RunAsync(store, "export", "changes", "--wearer", "anna, desk 7"))[^1]);
        Assert.Equal(3, Lines(await RunAsync(store, "export", "changes", "--wearer", "ben")).Length);
    }

    [Fact]
    public async Task Bouts_have_their_utc_start_their_seconds_and_their_zone()
    {
        await using var store = await NightAsync();
        Assert.Equal(["wearer,date,zone,start,seconds,cut,device",
            "\"anna, desk 7\",2026-11-20,Europe/Berlin,2026-11-20T22:00:00.000Z,3600,true,chair",
            "\"anna, desk 7\",2026-11-21,Europe/Berlin,2026-11-20T23:00:00.000Z,0.5,true,chair",
            "\"anna, desk 7\",2026-11-21,Europe/Berlin,2026-11-20T23:01:00.500Z,3539.5,true,chair"], Lines(await RunAsync(store, "export", "bouts")));
        Assert.Equal("""{"wearer":"anna, desk 7","date":"2026-11-20","zone":"Europe/Berlin","start":"2026-11-20T22:00:00.000Z","seconds":3600,"cut":true,"device":"chair"}""",
            Lines(await RunAsync(store, "export", "bouts", "--json"))[0]);
    }

    [Fact]
    public async Task Days_have_the_figures_of_the_report_and_their_utc_start()
    {
        await using var store = await NightAsync();
        var csv = Lines(await RunAsync(store, "export", "days"));
        Assert.Equal(Lines(await RunAsync(store, "report", "--csv")), csv.Select(line => line[..line.LastIndexOf(',')]));
        Assert.Equal(["start", "2026-11-19T23:00:00.000Z", "2026-11-20T23:00:00.000Z"], csv.Select(line => line[(line.LastIndexOf(',') + 1)..]));
        var json = Lines(await RunAsync(store, "export", "days", "--json")).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal([(3600, "2026-11-19T23:00:00.000Z"), (3540, "2026-11-20T23:00:00.000Z")],
            json.Select(day => ((int)day.GetProperty("sittingSeconds").GetDouble(), day.GetProperty("start").GetString()!)));
    }

    [Fact]
    public async Task Csv_has_its_header_also_where_there_is_nothing_and_json_no_line()
    {
        await using var empty = new TempStore();
        await using var night = await NightAsync();
        foreach (var what in (string[])["changes", "bouts", "days"])
        {
            Assert.Equal(Lines(await RunAsync(night, "export", what))[0], Assert.Single(Lines(await RunAsync(empty, "export", what))));
            Assert.Empty(await RunAsync(empty, "export", what, "--json"));
        }
    }

    [Fact]
    public async Task Of_one_wearer_only_their_time_is_exported()
    {
        await using var store = await NightAsync();
        await store.StoreAsync(Change("other", 1, 1, 0, Posture.Sitting), Measured("other", 1, ("shifts", 1)), Measured("chair", 1, ("shifts", 2)));
        Assert.Equal(5, Lines(await RunAsync(store, "export", "messages", "--wearer", "anna, desk 7")).Length);
        Assert.Equal(["other", "other"], Lines(await RunAsync(store, "export", "messages", "--wearer", "other")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("device").GetString()));
        var error = new StringWriter();
        Assert.Equal(1, await CommandLine.RunAsync(["export", "--wearer", "nobody", $"--Store:Folder={store.Folder}"], new StringWriter(), error, default));
        Assert.Contains("'nobody'", error.ToString());
    }
}
