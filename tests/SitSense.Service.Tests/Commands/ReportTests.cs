using System.Text.Json;
namespace SitSense.Service.Tests.Commands;

public sealed class ReportTests : IDisposable
{
    readonly CommandRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task People_get_a_table_with_hours_and_minutes()
    {
        await ImportAsync();
        Assert.Equal("""
            w, Europe/Berlin
            date              sat    up known bouts breaks rises longest usual 30min+ heeded
            Thu 2026-11-19*  0:30  0:00   2 %     1      0     0    0:30  0:30   0:30
            Fri 2026-11-20  12:30  0:40  55 %     3      2     2    8:00  8:00  12:30    1/2

            Hours and minutes. Usual: half of the sitting is in bouts up to this long.
            30min+: sitting in bouts of at least 30 minutes. Heeded: of so many reminders.
            * too little of the day is known.

            """.ReplaceLineEndings(), await run.OutputOfAsync("report"));
    }

    [Fact]
    public async Task The_table_fits_a_terminal_of_80_columns()
    {
        await ImportAsync();
        Assert.All((await run.OutputOfAsync("report")).Split(Environment.NewLine), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public async Task Programs_get_csv_with_the_names_of_the_json()
    {
        await ImportAsync();
        var lines = (await run.OutputOfAsync("report", "--csv")).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("wearer,date,zone,slice,daySeconds,knownSeconds,sittingSeconds,uprightSeconds,sedentaryHours,", lines[0]);
        Assert.StartsWith("w,2026-11-20,Europe/Berlin,day,86400,47400,45000,2400,12.5,3,2,2,28800,", lines[2]);
        Assert.EndsWith(",true,2,1,2,43200,2,43200,2026-11-20T00:00:00+01:00,2026-11-20T16:30:00+01:00,0.5,27000", lines[2]);
        Assert.Contains(",,", lines[1]);
        Assert.Equal(lines[0].Count(letter => letter == ','), lines[2].Count(letter => letter == ','));
    }

    [Fact]
    public async Task A_file_alone_gives_what_the_store_gives()
    {
        await ImportAsync();
        var store = await run.OutputOfAsync("report", "--json");
        Assert.Equal(store, await run.OutputOfAsync("report", "--changes", Changes(), "--zone", "Europe/Berlin", "--wearer", "w", "--json"));
    }

    [Fact]
    public async Task A_file_s_days_are_those_of_the_zone_asked_for() =>
        Assert.Equal(["2026-11-20", "2026-11-21"], (await run.DaysAsync("--changes", Changes(), "--zone", "Asia/Tokyo")).Select(day => day.GetProperty("date").GetString()));

    [Fact]
    public async Task Dates_asked_for_are_all_given_known_or_not()
    {
        await ImportAsync();
        var days = await run.DaysAsync("--wearer", "w", "--from", "2026-11-20", "--to", "2026-11-22");
        Assert.Equal([("2026-11-20", true), ("2026-11-21", false), ("2026-11-22", false)],
            days.Select(day => (day.GetProperty("date").GetString()!, day.GetProperty("knownSeconds").GetDouble() > 0)));
        Assert.Single(await run.DaysAsync("--to", "2026-11-19"));
        Assert.Single(await run.DaysAsync("--from", "2026-11-20"));
    }

    [Fact]
    public async Task A_store_without_days_says_so()
    {
        Assert.Equal($"No days.{Environment.NewLine}", await run.OutputOfAsync("report"));
        Assert.Empty(await run.DaysAsync());
        foreach (var kind in (string[][])[[], ["--profile"], ["--summary", "week"]])
            Assert.StartsWith("wearer,", Assert.Single((await run.OutputOfAsync(["report", "--csv", .. kind])).TrimEnd().Split(Environment.NewLine)));
        Assert.Equal(1, await run.RunAsync("report", "--csv", "--wearer", "nobody"));
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task A_wearer_whom_nobody_knows_ends_with_1_and_the_known_ones()
    {
        await ImportAsync();
        Assert.Equal(1, await run.RunAsync("report", "--wearer", "nobody"));
        Assert.Contains("There is no wearer 'nobody'", run.Error);
        Assert.Contains("known are w", run.Error);
    }

    [Fact]
    public async Task Work_hours_that_are_not_set_are_asked_for()
    {
        await ImportAsync();
        Assert.Empty(await run.DaysAsync("--slice", "work"));
        Assert.Contains("w has no work hours", run.Error);
    }

    [Theory]
    [InlineData("10:00-13:00", "2026-11-20", 10800, 9600)]
    [InlineData("Fri 10:00-13:00; Sat 09:00-10:00", "2026-11-20", 10800, 9600)]
    [InlineData("22:00-04:00", "2026-11-19", 21600, 16200)]
    [InlineData("22:00-23:45", "2026-11-19", 6300, 900)]
    [InlineData("2026-11-20T11:00:00Z/2026-11-20T16:00:00Z", "2026-11-20", 18000, 4200)]
    [InlineData("waking", "2026-11-20", 16200, 4200)]
    public async Task Any_slice_may_be_asked_for_of_the_store_and_of_a_file(string slice, string date, double seconds, double known)
    {
        await ImportAsync();
        var ofStore = Assert.Single(await run.DaysAsync("--slice", slice), day => day.GetProperty("date").GetString() == date);
        Assert.Equal((slice, seconds), (ofStore.GetProperty("slice").GetString(), ofStore.GetProperty("daySeconds").GetDouble()));
        Assert.Equal(known, ofStore.GetProperty("knownSeconds").GetDouble());
        var ofFile = await run.DaysAsync("--slice", slice, "--changes", Changes(), "--zone", "Europe/Berlin", "--wearer", "w");
        Assert.Contains(ofFile, day => day.GetRawText() == ofStore.GetRawText());
    }

    [Fact]
    public async Task Hours_past_midnight_are_also_those_of_the_date_before_the_first()
    {
        await run.OutputOfAsync("import", "changes", run.File("night.csv", "at,posture", "2026-11-20T01:00:00Z,sitting", "2026-11-20T02:00:00Z,upright"), "--wearer", "w");
        foreach (var source in (string[][])[[], ["--changes", Path.Combine(run.Folder, "night.csv"), "--wearer", "w", "--zone", "Europe/Berlin"]])
            Assert.Equal([("2026-11-19", 3600.0)], (await run.DaysAsync(["--slice", "22:00-06:00", .. source])).Select(day => (day.GetProperty("date").GetString()!, day.GetProperty("sittingSeconds").GetDouble())));
    }

    [Fact]
    public async Task The_hours_of_days_are_those_of_the_local_clock()
    {
        await ImportAsync();
        var rows = (await run.OutputOfAsync("report", "--profile", "--csv", "--from", "2026-11-20", "--to", "2026-11-20")).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("wearer,date,zone,slice,hour,sittingSeconds,knownSeconds", rows[0]);
        Assert.Equal(["w,2026-11-20,Europe/Berlin,day,4,2400,3600", "w,2026-11-20,Europe/Berlin,day,12,1200,2400", "w,2026-11-20,Europe/Berlin,day,13,0,0"], [rows[5], rows[13], rows[14]]);
        Assert.Contains(" 4       0:40    1:00  ########################### 67 %", await run.OutputOfAsync("report", "--profile"));
    }

    [Fact]
    public async Task A_summary_says_how_many_days_count_and_what_differs_from_the_time_before()
    {
        // Two weeks of ten hours known each day: eight of them sat in the first week, five to six in the second.
        var days = Enumerable.Range(0, 14).Select(day => (At: new DateTime(2026, 11, 2, 8, 0, 0).AddDays(day), Sat: day < 7 ? 8 : 5 + day % 2));
        var file = run.File("weeks.jsonl", [.. days.SelectMany(day => new[] { (day.At, "sitting"), (day.At.AddHours(day.Sat), "upright"), (day.At.AddHours(10.1), "off") })
            .Select((one, seq) => $$"""{"v":1,"boot":1,"seq":{{seq}},"at":"{{one.Item1:s}}Z","posture":"{{one.Item2}}","device":"chair"}""")]);
        await run.OutputOfAsync("import", "changes", file, "--wearer", "w", "--zone", "Europe/Berlin");
        var weeks = JsonDocument.Parse(await run.OutputOfAsync("report", "--summary", "week", "--json")).RootElement.EnumerateArray().ToList();
        Assert.Equal(["2026-11-02", "2026-11-09"], weeks.Select(week => week.GetProperty("from").GetString()));
        Assert.All(weeks, week => Assert.True(week.GetProperty("validDays").GetInt32() == 7 && week.GetProperty("enough").GetBoolean() && week.GetProperty("reliable").GetBoolean()));
        var change = weeks[1].GetProperty("figures").EnumerateArray().Single(figure => figure.GetProperty("figure").GetString() == "sittingSeconds");
        Assert.Equal((-8742.857143, false), (change.GetProperty("change").GetDouble(), change.GetProperty("withinNoise").GetBoolean()));
        Assert.All(weeks[0].GetProperty("figures").EnumerateArray(), figure => Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (figure.GetProperty("change").ValueKind, figure.GetProperty("withinNoise").ValueKind)));
        Assert.Contains("w,day,2026-11-02,2026-11-08,7,7,2,true,true,sittingSeconds,7,28800,28800,28800,,,,", (await run.OutputOfAsync("report", "--summary", "week", "--csv")).Split(Environment.NewLine));
        Assert.Equal(JsonSerializer.Serialize(weeks), JsonSerializer.Serialize(JsonDocument.Parse(
            await run.OutputOfAsync("report", "--summary", "week", "--json", "--changes", file, "--zone", "Europe/Berlin", "--wearer", "w")).RootElement));

        Assert.Contains("""
            w, 2026-11-09 to 2026-11-15: 7 of 7 days complete, 2 of a weekend
            figure                  days  mean  95 %          change  95 %
            sittingSeconds          7     5:34  5:00 to 5:57  -2:26   -3:00 to -2:03
            """.ReplaceLineEndings(), await run.OutputOfAsync("report", "--summary", "period", "--from", "2026-11-09", "--to", "2026-11-15"));
        Assert.Contains("1 of 2 days complete, 1 of a weekend; too few for a mean", await run.OutputOfAsync("report", "--summary", "period", "--from", "2026-11-15", "--to", "2026-11-16", "--Sitting:ValidDays=2"));
    }

    [Theory]
    [InlineData("report", "--json", "--csv")]
    [InlineData("report", "--zone", "Europe/Berlin")]
    [InlineData("report", "--slice", "week")]
    [InlineData("report", "--from", "20.11.2026")]
    [InlineData("report", "--from", "2026-11-02", "--to", "2026-11-01")]
    [InlineData("report", "--from", "0001-01-01")]
    [InlineData("report", "--from", "2026-11-01", "--to", "9999-12-31", "--summary", "period")]
    [InlineData("report", "--from", "1899-12-31")]
    [InlineData("report", "--to", "9001-01-01", "--summary", "week")]
    [InlineData("report", "--slice", "9999-12-31T22:00:00Z/9999-12-31T23:00:00Z")]
    [InlineData("report", "--changes", "a", "--wearer", "  ")]
    [InlineData("report", "--changes", "a", "--activpal", "b")]
    [InlineData("report", "--changes", "a", "--slice", "work")]
    [InlineData("report", "--slice", "2026-11-20T08:00:00Z/2026-11-20T08:00:00Z")]
    [InlineData("report", "--slice", "2026-11-20T08:00:00Z/2026-11-20T09:00:00Z", "--from", "2026-11-20")]
    [InlineData("report", "--summary", "month")]
    [InlineData("report", "--summary", "week", "--profile")]
    public async Task Wrong_use_ends_with_2_and_one_line(params string[] arguments)
    {
        Assert.Equal(2, await run.RunAsync(arguments));
        Assert.Single(run.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("1900-01-01")]
    [InlineData("9000-12-31")]
    public async Task The_first_and_the_last_date_that_are_taken_have_figures_and_summaries(string date)
    {
        await ImportAsync();
        string[] dates = ["--from", date, "--to", date];
        Assert.Equal(0, Assert.Single(await run.DaysAsync(dates)).GetProperty("knownSeconds").GetDouble());
        foreach (var asked in (string[][])[["--slice", "waking"], ["--slice", "22:00-06:00"], ["--profile"], ["--summary", "week"], ["--summary", "period"], ["--html"]])
            Assert.NotEmpty(await run.OutputOfAsync(["report", .. dates, .. asked]));
    }

    async Task ImportAsync() => await run.OutputOfAsync("import", "changes", Changes(), "--wearer", "w", "--zone", "Europe/Berlin");

    /// <summary>Half an hour before a Berlin midnight, four hours after it, and a day's work with two reminders.</summary>
    string Changes() => run.File("changes.jsonl", [.. new[]
    {
        ("2026-11-19T22:30:00Z", "posture", "sitting"), ("2026-11-20T03:00:00Z", "posture", "upright"), ("2026-11-20T03:20:00Z", "posture", "sitting"),
        ("2026-11-20T03:50:00Z", "kind", "due"), ("2026-11-20T11:20:00Z", "posture", "upright"), ("2026-11-20T11:25:00Z", "kind", "heeded"),
        ("2026-11-20T11:40:00Z", "posture", "unknown"), ("2026-11-20T15:00:00Z", "posture", "sitting"), ("2026-11-20T15:25:00Z", "kind", "due"), ("2026-11-20T15:30:00Z", "posture", "off"),
    }.Select((one, index) => $$"""{"v":1,"boot":1,"seq":{{index}},"at":"{{one.Item1}}","{{one.Item2}}":"{{one.Item3}}","device":"chair"}""")]);
}
