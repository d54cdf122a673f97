using System.Text.Json;
using NodaTime;
using SitSense.Service.Commands;
using SitSense.Service.Storage;
using SitSense.Service.Tests.Storage;
using SitSense.Sitting;

namespace SitSense.Service.Tests.Commands;

public class CommandTests
{
    static async Task<(int Exit, string Output, string Error)> RunAsync(TempStore store, params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = await CommandLine.RunAsync([.. arguments, $"--Store:Folder={store.Folder}", "--Wearer:Zone=Europe/Berlin"], output, error, default);
        return (exit, output.ToString(), error.ToString());
    }

    static async Task<TempStore> AnHourOfSittingAsync()
    {
        var store = new TempStore();
        await store.StoreAsync(TempStore.Change("desk-1", 1, 1, 0, Posture.Sitting), TempStore.Change("desk-1", 1, 2, 3600, Posture.Upright));
        return store;
    }

    static async Task<DayFigures?> DayAsync(TempStore store, string wearer, string slice = "day") =>
        (await store.Store.DaysAsync(wearer, new LocalDate(2026, 11, 20), new LocalDate(2026, 11, 20), slice, default)).SingleOrDefault()?.Figures;

    [Fact]
    public async Task A_wearer_is_set_and_keeps_what_is_not_given()
    {
        await using var store = new TempStore();
        Assert.Equal(0, (await RunAsync(store, "wearer", "anna", "--zone", "Asia/Kolkata", "--work", "Mon-Thu 09:00-17:00; Fri,Sat 9:00-13:00", "--lunch", "12:00-13:00")).Exit);
        var (exit, output, _) = await RunAsync(store, "wearer", "anna", "--lunch", "none", "--json");
        Assert.Equal(0, exit);
        Assert.Equal("""{"wearer":"anna","zone":"Asia/Kolkata","work":"Mon,Tue,Wed,Thu 09:00-17:00; Fri,Sat 09:00-13:00","lunch":null,"waking":null,"moves":{}}""", output.Trim());
        Assert.Null((await store.Store.WearersAsync(default)).Single().Settings.Lunch);
    }

    [Theory]
    [InlineData("--zone: 'Mars'", "wearer", "anna", "--zone", "Mars")]
    [InlineData("--work: 'Mon'", "wearer", "anna", "--work", "Mon")]
    [InlineData("--work: 'Fri-Mon 9:00-17:00'", "wearer", "anna", "--work", "Fri-Mon 9:00-17:00")]
    [InlineData("--lunch: '13:00-12:00'", "wearer", "anna", "--lunch", "13:00-12:00")]
    [InlineData("device", "assign", "Desk", "anna")]
    [InlineData("from", "assign", "desk-1", "anna", "--from", "yesterday")]
    [InlineData("'everything'", "export", "everything")]
    [InlineData("argument", "erase")]
    [InlineData("--from: '0001-01-01' is no date like 2026-11-01, of the years 1900 to 9000", "report", "--from", "0001-01-01", "--to", "9999-12-31", "--wearer", "w")]
    [InlineData("--from: '9999-12-31' is no date like 2026-11-01, of the years 1900 to 9000", "wearer", "anna", "--zone", "Europe/Berlin", "--from", "9999-12-31")]
    [InlineData("to: '9999-12-31T23:00:00Z' is no time like 2026-11-01T08:00:00Z, of the years 1900 to 9000", "assign", "desk-1", "anna", "--to", "9999-12-31T23:00:00Z")]
    [InlineData("not only blanks", "wearer", "  ", "--zone", "Europe/Berlin")]
    [InlineData("not only blanks", "assign", "desk-1", "\u00a0 ")]
    [InlineData("not only blanks", "erase", " ")]
    [InlineData("not only blanks", "export", "--wearer", "  ")]
    [InlineData("not only blanks", "recompute", "--wearer", "  ")]
    [InlineData("not only blanks", "import", "changes", "a", "--wearer", "  ")]
    [InlineData("not only blanks", "report", "--wearer", "  ")]
    [InlineData("nor control characters", "report", "--wearer", "an\tna")]
    public async Task Wrong_use_is_told_and_ends_with_2(string named, params string[] arguments)
    {
        await using var store = new TempStore();
        var (exit, output, error) = await RunAsync(store, arguments);
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains(named, error);
    }

    [Fact]
    public async Task A_recompute_works_the_days_out_where_no_worker_runs()
    {
        await using var store = await AnHourOfSittingAsync();
        Assert.Equal(0, (await RunAsync(store, "recompute")).Exit);
        Assert.Equal(3600, (await DayAsync(store, "desk-1"))?.SittingSeconds);
    }

    [Fact]
    public async Task What_is_assigned_goes_over_to_its_wearer()
    {
        await using var store = await AnHourOfSittingAsync();
        await RunAsync(store, "recompute");
        await RunAsync(store, "wearer", "anna", "--work", "Fri 09:30-12:00", "--lunch", "09:45-10:00");
        var (exit, output, _) = await RunAsync(store, "assign", "desk-1", "anna", "--from", "2026-11-20T09:20:00+01:00", "--json");
        Assert.Equal((0, """[{"device":"desk-1","wearer":"anna","from":"2026-11-20T08:20:00.000Z","to":null}]"""), (exit, output.Trim()));
        await RunAsync(store, "recompute");
        Assert.Equal((1200.0, 2400.0), ((await DayAsync(store, "desk-1"))?.SittingSeconds, (await DayAsync(store, "anna"))?.SittingSeconds));
        Assert.Equal(15 * 60.0, (await DayAsync(store, "anna", "work"))?.SittingSeconds);
    }

    [Fact]
    public async Task What_changes_hands_wholly_leaves_nothing_behind()
    {
        await using var store = await AnHourOfSittingAsync();
        await RunAsync(store, "recompute");
        await RunAsync(store, "assign", "desk-1", "anna");
        await RunAsync(store, "export", "days");
        Assert.Equal(0, (await DayAsync(store, "desk-1"))?.KnownSeconds ?? 0);
        Assert.Equal(3600, (await DayAsync(store, "anna"))?.SittingSeconds);
    }

    [Fact]
    public async Task Another_zone_moves_the_sitting_to_another_date()
    {
        await using var store = await AnHourOfSittingAsync();
        await RunAsync(store, "recompute");
        await RunAsync(store, "wearer", "desk-1", "--zone", "Pacific/Kiritimati");
        await RunAsync(store, "recompute");
        var days = await store.Store.DaysAsync("desk-1", new LocalDate(2026, 11, 19), new LocalDate(2026, 11, 22), "day", default);
        Assert.Equal(3600, days.Sum(day => day.Figures.SittingSeconds));
        Assert.Equal([new LocalDate(2026, 11, 20)], days.Where(day => day.Figures.SittingSeconds > 0).Select(day => day.Figures.Date));
        await RunAsync(store, "wearer", "desk-1", "--zone", "America/Los_Angeles");
        await RunAsync(store, "recompute");
        days = await store.Store.DaysAsync("desk-1", new LocalDate(2026, 11, 19), new LocalDate(2026, 11, 22), "day", default);
        Assert.Equal(3600, days.Sum(day => day.Figures.SittingSeconds ?? 0));
    }

    [Fact]
    public async Task An_erased_wearer_is_gone_and_unknown_afterwards()
    {
        await using var store = await AnHourOfSittingAsync();
        await RunAsync(store, "assign", "desk-1", "anna");
        Assert.Equal(0, (await RunAsync(store, "erase", "anna")).Exit);
        var (exit, _, error) = await RunAsync(store, "erase", "anna");
        Assert.Equal(1, exit);
        Assert.Contains("'anna'", Assert.Single(error.Trim().Split('\n')));
        Assert.Equal("at,posture,device,boot,seq,seconds,zone", (await RunAsync(store, "export")).Output.Trim());
    }

    [Fact]
    public async Task Erasing_who_had_a_device_next_takes_the_last_stretch_of_the_one_before()
    {
        await using var store = await AnHourOfSittingAsync();
        await RunAsync(store, "assign", "desk-1", "anna", "--to", "2026-11-20T08:30:00Z");
        await RunAsync(store, "assign", "desk-1", "ben", "--from", "2026-11-20T08:30:00Z");
        await RunAsync(store, "recompute");
        Assert.Equal(1800, (await DayAsync(store, "anna"))?.KnownSeconds);
        await RunAsync(store, "erase", "ben");
        await RunAsync(store, "export", "days");
        Assert.Equal(0, (await DayAsync(store, "anna"))?.KnownSeconds ?? 0);
    }

    [Fact]
    public async Task What_is_known_is_listed_and_exported()
    {
        await using var store = await AnHourOfSittingAsync();
        Assert.Contains("desk-1", (await RunAsync(store, "devices")).Output);
        Assert.StartsWith("""[{"wearer":"desk-1","zone":"Europe/Berlin","devices":["desk-1"],"today":"20""", (await RunAsync(store, "wearers", "--json")).Output.Trim());
        Assert.Equal(["at,posture,device,boot,seq,seconds,zone", "2026-11-20T08:00:00.000Z,sitting,desk-1,1,1,3600,Europe/Berlin", "2026-11-20T09:00:00.000Z,upright,desk-1,1,2,,Europe/Berlin"],
            (await RunAsync(store, "export")).Output.Trim().Split('\n', StringSplitOptions.TrimEntries));
        var days = (await RunAsync(store, "export", "days", "--json")).Output.Trim();
        Assert.Equal(1, JsonDocument.Parse(days).RootElement.GetProperty("sedentaryHours").GetDouble());
        Assert.StartsWith("wearer,date,zone,slice,daySeconds", (await RunAsync(store, "export", "days")).Output);
    }

    [Fact]
    public async Task A_backup_is_a_store()
    {
        await using var store = await AnHourOfSittingAsync();
        var file = Path.Combine(store.Folder, "copy", "sitsense.db");
        Assert.Equal(0, (await RunAsync(store, "backup", file)).Exit);
        Assert.Equal(1, (await RunAsync(store, "backup", file)).Exit);
        await using var copy = SitSense.Service.Storage.Sqlite.SqliteStore.Open(Path.GetDirectoryName(file)!, TimeProvider.System);
        Assert.Equal("desk-1", (await copy.DevicesAsync(default)).Single().Device);
    }
}
