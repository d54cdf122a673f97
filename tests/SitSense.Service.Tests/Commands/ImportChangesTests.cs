using System.Text.Json;

namespace SitSense.Service.Tests.Commands;

public sealed class ImportChangesTests : IDisposable
{
    readonly CommandRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Csv_of_at_and_posture_is_one_device_of_the_file()
    {
        var file = run.File("changes.csv", "at,posture", "2026-11-20T08:00:00Z,sitting", "2026-11-20T09:30:00+01:00,upright", "2026-11-20 10:00:00,sitting", "2026-11-20T09:30:00.500Z,unknown");
        await run.OutputOfAsync("import", "changes", file, "--wearer", "w", "--zone", "Europe/Berlin");
        var day = Assert.Single(await run.DaysAsync());
        Assert.Equal(("w", 1800 + 1800.5, 1800), (day.GetProperty("wearer").GetString(), day.GetProperty("sittingSeconds").GetDouble(), day.GetProperty("uprightSeconds").GetInt32()));
        Assert.Contains("0 stored, 4 there already", await run.OutputOfAsync("import", "changes", file, "--wearer", "w", "--zone", "Europe/Berlin"));
    }

    [Fact]
    public async Task Rows_without_a_seq_are_numbered_device_by_device()
    {
        var file = run.File("changes.csv", "device,posture,at", "a,sitting,2026-11-20T08:00:00Z", "b,sitting,2026-11-20T08:00:00Z", "a,upright,2026-11-20T08:10:00Z", "b,upright,2026-11-20T08:20:00Z");
        await run.OutputOfAsync("import", "changes", file);
        Assert.Equal([("a", 600), ("b", 1200)], (await run.DaysAsync()).Select(day => (day.GetProperty("wearer").GetString()!, day.GetProperty("sittingSeconds").GetInt32())));
    }

    [Fact]
    public async Task Numbers_of_the_device_are_kept_in_csv_and_json_lines_alike()
    {
        var csv = run.File("a.csv", "at,posture,device,boot,seq", "2026-11-20T08:10:00Z,upright,a,3,18", "2026-11-20T08:00:00Z,sitting,a,3,17");
        Assert.Contains("2 stored", await run.OutputOfAsync("import", "changes", csv));
        var json = run.Gzip(run.File("a.jsonl", """{"v":1,"boot":3,"seq":17,"at":"2026-11-20T08:00:00.000Z","posture":"sitting","device":"a"}""",
            """{"v":1,"boot":3,"seq":18,"at":"2026-11-20T09:10:00.000+01:00","posture":"upright","device":"a","more":{}}""",
            """{"v":1,"boot":3,"seq":19,"at":"2026-11-20T08:20:00Z","kind":"due","sittingMs":1800000,"device":"a"}"""));
        Assert.Contains("1 stored, 2 there already", await run.OutputOfAsync("import", "changes", json));
        var day = Assert.Single(await run.DaysAsync());
        Assert.Equal((600, 600, 1), (day.GetProperty("sittingSeconds").GetInt32(), day.GetProperty("uprightSeconds").GetInt32(), day.GetProperty("reminders").GetInt32()));
    }

    [Fact]
    public async Task The_same_number_with_another_posture_is_refused()
    {
        await run.OutputOfAsync("import", "changes", run.File("a.csv", "at,posture,device,boot,seq", "2026-11-20T08:00:00Z,sitting,a,3,17"));
        Assert.Contains("0 stored, 0 there already, 1 refused", await run.OutputOfAsync("import", "changes",
            run.File("b.csv", "at,posture,device,boot,seq", "2026-11-20T08:00:00Z,upright,a,3,17")));
    }

    [Fact]
    public async Task What_was_exported_and_imported_elsewhere_gives_the_same_days()
    {
        var file = run.File("chair.jsonl", """{"v":1,"boot":3,"seq":17,"at":"2026-11-20T08:00:00.000Z","posture":"sitting","device":"chair"}""",
            """{"v":1,"boot":3,"seq":18,"at":"2026-11-20T08:30:00Z","kind":"due","sittingMs":1800000,"device":"chair"}""",
            """{"topic":"heartbeat","v":1,"boot":3,"seq":18,"at":"2026-11-20T08:41:00.123Z","posture":"sitting","device":"chair"}""");
        await run.OutputOfAsync("import", "changes", file);
        var days = await run.DaysAsync();
        Assert.Equal(2460.123, Assert.Single(days).GetProperty("sittingSeconds").GetDouble());

        using var elsewhere = new CommandRun();
        var messages = elsewhere.File("messages.jsonl", await run.OutputOfAsync("export", "messages"));
        Assert.Contains("3 stored", await elsewhere.OutputOfAsync("import", "changes", messages));
        Assert.Equal(JsonSerializer.Serialize(days), JsonSerializer.Serialize(await elsewhere.DaysAsync()));
        Assert.Equal(JsonSerializer.Serialize(days), JsonSerializer.Serialize(await elsewhere.DaysAsync("--changes", messages, "--zone", "Europe/Berlin")));
    }

    [Theory]
    [InlineData("noon,sitting,,,", "'noon' is no time")]
    [InlineData("2026-11-20T09:00:00Z,lying,,,", "'lying' is no posture")]
    [InlineData("2026-11-20T09:00:00Z,sitting,Desk 1,,", "'Desk 1' is no device id")]
    [InlineData("2026-11-20T09:00:00Z,sitting,,-1,2", "boot and seq are integers")]
    [InlineData("2026-11-20T09:00:00Z,sitting,,1,two", "boot and seq are integers")]
    [InlineData("2126-11-20T09:00:00Z,sitting,,,", "is yet to come")]
    [InlineData("2026-11-20T07:59:59Z,sitting,,,", "is before the line above it")]
    [InlineData("2026-11-20T09:00:00Z", "'' is no posture")]
    public async Task A_wrong_line_of_csv_is_named_and_stops_no_other(string line, string problem)
    {
        var file = run.File("changes.csv", "at,posture,device,boot,seq", "2026-11-20T08:00:00Z,sitting,,,", line, "2026-11-20T10:00:00Z,upright,,,");
        Assert.Contains("2 stored, 0 there already, 0 refused, 1 line wrong", await run.OutputOfAsync("import", "changes", file));
        Assert.StartsWith($"{file}, line 3: ", run.Error);
        Assert.Contains(problem, run.Error);
    }

    [Theory]
    [InlineData("""{"v":2,"boot":1,"seq":2,"at":"2026-11-20T09:00:00Z","posture":"sitting","device":"a"}""", "v is not 1")]
    [InlineData("""{"v":1,"boot":1,"seq":2,"posture":"sitting","device":"a"}""", "is no time")]
    [InlineData("""{"v":1,"boot":1,"seq":2,"at":"2026-11-20T09:00:00Z","kind":"later","device":"a"}""", "no kind of reminder")]
    [InlineData("""{"v":1,"boot":1.5,"seq":2,"at":"2026-11-20T09:00:00Z","posture":"sitting","device":"a"}""", "boot and seq are integers")]
    [InlineData("""{"v":1,"boot":1,""", "no JSON object")]
    [InlineData("[1]", "no JSON object")]
    public async Task A_wrong_line_of_json_is_named_and_stops_no_other(string line, string problem)
    {
        var file = run.File("changes.jsonl", """{"v":1,"boot":1,"seq":1,"at":"2026-11-20T08:00:00Z","posture":"sitting","device":"a"}""", line);
        Assert.Contains("1 stored, 0 there already, 0 refused, 1 line wrong", await run.OutputOfAsync("import", "changes", file));
        Assert.Contains(problem, run.Error);
    }

    [Theory]
    [InlineData("time,position\n1,2", "holds no changes")]
    [InlineData("", "is empty")]
    [InlineData("at,posture\nx,y", "Nothing could be imported")]
    public async Task A_file_that_is_none_ends_with_1(string content, string problem)
    {
        Assert.Equal(1, await run.RunAsync("import", "changes", run.File("none.csv", content)));
        Assert.Contains(problem, Assert.Single(run.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)));
        Assert.False(Directory.Exists(run.Store));
    }

    [Fact]
    public async Task A_device_that_was_heard_before_is_the_wearer_s_for_the_time_of_the_file_only()
    {
        await run.OutputOfAsync("import", "changes", run.File("own.csv", "at,posture,device", "2026-11-18T08:00:00Z,sitting,a", "2026-11-18T09:00:00Z,off,a"));
        await run.OutputOfAsync("import", "changes", run.File("lent.csv", "at,posture,device,boot", "2026-11-19T08:00:00Z,sitting,a,2", "2026-11-19T08:30:00Z,off,a,2"), "--wearer", "w");
        Assert.Equal([("a", "2026-11-18"), ("w", "2026-11-19")], (await run.DaysAsync()).Where(day => day.GetProperty("sittingSeconds").ValueKind == JsonValueKind.Number)
            .Select(day => (day.GetProperty("wearer").GetString()!, day.GetProperty("date").GetString()!)));
    }
}
