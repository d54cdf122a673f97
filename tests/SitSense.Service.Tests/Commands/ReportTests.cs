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
        Assert.EndsWith(",true,2,1", lines[2]);
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
        Assert.Equal("", await run.OutputOfAsync("report", "--csv"));
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
    [InlineData("report", "--json", "--csv")]
    [InlineData("report", "--zone", "Europe/Berlin")]
    [InlineData("report", "--slice", "week")]
    [InlineData("report", "--from", "20.11.2026")]
    [InlineData("report", "--from", "2026-11-02", "--to", "2026-11-01")]
    [InlineData("report", "--changes", "a", "--activpal", "b")]
    [InlineData("report", "--changes", "a", "--slice", "work")]
    public async Task Wrong_use_ends_with_2_and_one_line(params string[] arguments)
    {
        Assert.Equal(2, await run.RunAsync(arguments));
        Assert.Single(run.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
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
