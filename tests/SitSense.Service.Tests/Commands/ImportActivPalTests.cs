using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SitSense.Testing;

namespace SitSense.Service.Tests.Commands;

public sealed class ImportActivPalTests : IDisposable
{
    readonly CommandRun run = new();

    public void Dispose() => run.Dispose();

    /// <summary>Ten past nine to ten: sitting, a minute up in two steps, lying, not worn, and a ride in a car.</summary>
    static readonly (string Start, double Seconds, string Code)[] Morning =
    [
        ("2026-11-20T09:10:00", 1200, "0"), ("2026-11-20T09:30:00", 58.4, "1"), ("2026-11-20T09:30:58.4", 1.6, "2"),
        ("2026-11-20T09:31:00", 540, "3.1"), ("2026-11-20T09:40:00", 600, "4"), ("2026-11-20T09:50:00", 600, "5"),
    ];

    [Fact]
    public async Task The_three_forms_of_a_file_plain_or_gzip_give_the_same_day()
    {
        var forms = new[] { Plain(), Events(), EventsEx(), run.Gzip(Plain()), run.Gzip(EventsEx()) };
        var days = new List<string>();
        foreach (var form in forms)
            days.Add(JsonSerializer.Serialize(Assert.Single(await run.DaysAsync("--activpal", form, "--zone", "Europe/Berlin", "--wearer", "w"))));
        Assert.Single(days.Distinct());
        var day = JsonDocument.Parse(days[0]).RootElement;
        Assert.Equal((1200 + 540 + 600, 60, 3, 1), (day.GetProperty("sittingSeconds").GetInt32(), day.GetProperty("uprightSeconds").GetInt32(),
            day.GetProperty("bouts").GetInt32(), day.GetProperty("rises").GetInt32()));
    }

    [Fact]
    public async Task Importing_again_changes_nothing_even_when_the_file_was_packed_meanwhile()
    {
        var file = Plain();
        Assert.Contains("7 stored, 0 there already", await run.OutputOfAsync("import", "activpal", file, "--wearer", "w", "--zone", "Europe/Berlin"));
        var before = await run.OutputOfAsync("report", "--json");
        Assert.Contains("0 stored, 7 there already", await run.OutputOfAsync("import", "activpal", run.Gzip(file), "--wearer", "w", "--zone", "Europe/Berlin"));
        Assert.Equal(before, await run.OutputOfAsync("report", "--json"));
    }

    [Fact]
    public async Task Importing_again_by_another_zone_s_clock_is_refused_and_for_another_wearer_is_told()
    {
        var file = Plain();
        await run.OutputOfAsync("import", "activpal", file, "--wearer", "w", "--zone", "Europe/Berlin");
        var before = await run.OutputOfAsync("report", "--json");
        Assert.Equal(1, await run.RunAsync("import", "activpal", file, "--wearer", "w", "--zone", "America/New_York"));
        Assert.Matches("is there already as import-[0-9a-f]{16}, by the clock of another zone than America/New_York", run.Error);
        Assert.Equal(1, await run.RunAsync("import", "activpal", file, "--wearer", "v", "--zone", "America/New_York"));
        Assert.Equal(before, await run.OutputOfAsync("report", "--json"));
        await run.OutputOfAsync("import", "activpal", file, "--wearer", "v", "--zone", "Europe/Berlin");
        Assert.Matches("import-[0-9a-f]{16} was w's, and for the time of the file is now v's", run.Error);
        Assert.Equal(before.Replace("\"w\"", "\"v\""), await run.OutputOfAsync("report", "--json", "--wearer", "v"));
    }

    [Fact]
    public async Task Rows_are_changes_of_boot_0_by_number_with_a_closing_unknown()
    {
        var output = await run.OutputOfAsync("import", "activpal", Plain(), "--wearer", "w", "--zone", "Europe/Berlin", "--json");
        var device = JsonDocument.Parse(output).RootElement.GetProperty("devices")[0].GetString()!;
        Assert.Matches("^import-[0-9a-f]{16}$", device);
        Assert.Equal(["0|1|2026-11-20T08:10:00.000Z|sitting", "0|2|2026-11-20T08:30:00.000Z|upright", "0|3|2026-11-20T08:30:58.400Z|upright",
            "0|4|2026-11-20T08:31:00.000Z|sitting", "0|5|2026-11-20T08:40:00.000Z|off", "0|6|2026-11-20T08:50:00.000Z|sitting",
            "0|7|2026-11-20T09:00:00.000Z|unknown"], Rows());
    }

    [Fact]
    public async Task A_wearer_who_has_no_zone_gets_the_file_s_and_one_who_has_keeps_it()
    {
        await run.OutputOfAsync("import", "activpal", Plain(), "--wearer", "w", "--zone", "Asia/Tokyo");
        Assert.Equal("Asia/Tokyo", (await run.DaysAsync())[0].GetProperty("zone").GetString());
        await run.OutputOfAsync("import", "activpal", Events(), "--wearer", "w", "--zone", "Europe/Berlin");
        Assert.Equal("Asia/Tokyo", (await run.DaysAsync())[0].GetProperty("zone").GetString());
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_named_and_unknown_and_stops_no_other()
    {
        var file = run.File("bad.csv", "start,duration_s,code", "2026-11-20T09:00:00,600,0", "yesterday,600,1", "2026-11-20T09:20:00,600,0", "2026-11-20T09:30:00,600,9",
            "2026-11-20T09:40:00,long,1", "2026-11-20T09:50:00,600,1");
        Assert.Contains("7 stored, 0 there already, 0 refused, 3 lines wrong", await run.OutputOfAsync("import", "activpal", file, "--wearer", "w", "--zone", "Europe/Berlin"));
        Assert.Equal([$"{file}, line 3: 'yesterday' is no start", $"{file}, line 5: '9' is no activity code", $"{file}, line 6: 'long' is no length in seconds"],
            run.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        var day = Assert.Single(await run.DaysAsync());
        Assert.Equal((1200, 600), (day.GetProperty("sittingSeconds").GetInt32(), day.GetProperty("uprightSeconds").GetInt32()));
    }

    [Fact]
    public async Task Many_wrong_rows_are_counted_and_the_first_ten_told()
    {
        var file = run.File("bad.csv", ["start,duration_s,code", "2026-11-20T09:00:00,600,0", .. Enumerable.Repeat("x,1,1", 50)]);
        Assert.Contains("50 lines wrong", await run.OutputOfAsync("import", "activpal", file, "--wearer", "w"));
        Assert.Equal(11, run.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("a,b,c", "is no activPAL events file")]
    [InlineData("", "is no activPAL events file")]
    [InlineData("start,duration_s,code", "holds no event")]
    [InlineData("start,duration_s,code\nx,1,1", "holds no event")]
    [InlineData("start\0duration", "is no text")]
    public async Task A_file_that_is_none_ends_with_1_and_one_line_and_leaves_no_store(string content, string problem)
    {
        Assert.Equal(1, await run.RunAsync("import", "activpal", run.File("none.csv", content), "--wearer", "w"));
        Assert.Contains(problem, Assert.Single(run.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)));
        Assert.False(Directory.Exists(run.Store));
    }

    [Fact]
    public async Task A_missing_or_cut_off_file_ends_with_1_and_imports_nothing()
    {
        Assert.Equal(1, await run.RunAsync("import", "activpal", Path.Combine(run.Folder, "none"), "--wearer", "w"));
        Assert.Contains("There is no file", run.Error);
        var packed = run.Gzip(Plain());
        File.WriteAllBytes(packed, File.ReadAllBytes(packed)[..^9]);
        Assert.Equal(1, await run.RunAsync("import", "activpal", packed, "--wearer", "w"));
        Assert.Contains("cut off or damaged", run.Error);
        Assert.False(Directory.Exists(run.Store));
    }

    [Fact]
    public async Task Without_a_wearer_or_with_an_unknown_zone_it_is_wrong_use()
    {
        Assert.Equal(2, await run.RunAsync("import", "activpal", Plain()));
        Assert.Equal(2, await run.RunAsync("import", "activpal", Plain(), "--wearer", "w", "--zone", "Mars/Olympus"));
        Assert.Contains("Mars/Olympus", run.Error);
        Assert.Equal(2, await run.RunAsync("import", "activpal", Plain(), "--wearer", "a/b"));
    }

    [Fact]
    public async Task A_time_that_the_clock_shows_twice_is_its_first_unless_that_goes_back()
    {
        var file = run.File("autumn.csv", "start,duration_s,code", "2026-10-25T01:59:00,1860,0", "2026-10-25T02:30:00,1800,1", "2026-10-25T02:10:00,3000,0", "2026-10-25T03:00:00,60,1");
        await run.OutputOfAsync("import", "activpal", file, "--wearer", "w", "--zone", "Europe/Berlin");
        Assert.Equal(["2026-10-24T23:59:00.000Z", "2026-10-25T00:30:00.000Z", "2026-10-25T01:10:00.000Z", "2026-10-25T02:00:00.000Z", "2026-10-25T02:01:00.000Z"],
            Rows().Select(row => row.Split('|')[2]));
    }

    [Fact]
    public async Task Lines_before_the_header_and_columns_that_nobody_needs_are_passed_over()
    {
        var file = run.File("pal.csv", "**header**", "Serial,AP840032", "**data**", "\"Time\",\"DataCount (samples)\",\"Interval (s)\",\"ActivityCode (0=sedentary, 1= standing, 2=stepping)\",\"Steps\"",
            "#2026-11-20 09:00:00#,0,600,0,0", "#2026-11-20 09:10:00#,6000,600,2.1,0");
        var day = Assert.Single(await run.DaysAsync("--activpal", file, "--zone", "Europe/Berlin"));
        Assert.Equal((600, 600), (day.GetProperty("sittingSeconds").GetInt32(), day.GetProperty("uprightSeconds").GetInt32()));
    }

    [Fact]
    public async Task A_real_recording_agrees_with_activpalProcessing_and_is_the_same_from_file_and_store()
    {
        var file = Path.Combine(Needs.Recordings("activpal"), "pal_01_events.csv.gz");
        var days = await run.DaysAsync("--activpal", file, "--zone", "Europe/London", "--wearer", "w");
        Assert.Equal([("2018-11-24", 28, 279.14), ("2018-11-25", 18, 1393.002), ("2018-11-26", 0, 247.07)],
            days.Select(day => (day.GetProperty("date").GetString()!, day.GetProperty("rises").GetInt32(), Math.Round(day.GetProperty("sittingSeconds").GetDouble() / 60, 3))));
        Assert.Equal([("2018-11-24", 28, 279.1), ("2018-11-25", 18, 1393.0), ("2018-11-26", 0, 247.067)], PalSeconds.Of(file).Select(day => (day.Date, day.Breaks, Math.Round(day.SedentaryMinutes, 3))));
        Assert.Equal(14, PalSeconds.Of(file, onlyCode0: true)[1].Breaks);
        Assert.Equal([false, true, false], days.Select(day => day.GetProperty("knownSeconds").GetDouble() == 86400));

        Assert.Contains("14220 stored", await run.OutputOfAsync("import", "activpal", file, "--wearer", "w", "--zone", "Europe/London"));
        Assert.Equal(JsonSerializer.Serialize(days), JsonSerializer.Serialize(await run.DaysAsync("--wearer", "w")));
    }

    [Fact]
    public async Task Every_recording_has_the_rises_of_activpalProcessing_and_its_minutes_within_a_third()
    {
        foreach (var file in Directory.GetFiles(Needs.Recordings("activpal"), "*events.csv*"))
            Agree(PalSeconds.Of(file), await run.DaysAsync("--activpal", file, "--zone", "Etc/UTC"), file);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 0.001)]
    [InlineData(4, 0.001)]
    [InlineData(5, 0.00864)]     // seven digits of a day
    [InlineData(6, 0.864)]       // five
    [InlineData(7, 1)]
    public async Task Imagined_days_agree_with_activpalProcessing_too_however_their_starts_are_rounded(int seed, double digit)
    {
        var random = new Random(seed);
        var lines = new List<string> { "start,duration_s,code" };
        var now = new DateTime(2026, 11, 18, 7, 0, 0).AddMilliseconds(random.Next(1000));
        void Event(double seconds, string code)
        {
            seconds = Math.Round(seconds, 1);
            var off = digit switch { 0 => 0, 0.001 => 0.001 * random.Next(-1, 1), _ => Math.Round(now.TimeOfDay.TotalSeconds / digit) * digit - now.TimeOfDay.TotalSeconds };
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{now.AddSeconds(off):yyyy-MM-ddTHH:mm:ss.fff},{seconds},{code}"));
            now = now.AddSeconds(seconds);
        }
        // No posture is shorter than ten seconds, as in the monitor's own files, and many are just that long; steps are rows of their own.
        double Length(double mean) => random.Next(4) == 0 ? 10 : 10 - Math.Log(1 - random.NextDouble()) * mean;
        for (var end = now.AddDays(3); now < end;)
        {
            Event(Length(1500), random.Next(8) switch { 0 => "3.1", 1 => "5", _ => "0" });
            if (random.Next(4) == 0)
            {
                for (var steps = 10; steps > 0; steps--)
                    Event(1, "2");
                continue;
            }
            Event(Length(200), "1");
            for (var steps = random.Next(20); steps > 0; steps--)
                Event(0.5 + random.NextDouble() * 2, "2");
        }
        var file = run.File("imagined.csv", [.. lines]);
        Agree(PalSeconds.Of(file), await run.DaysAsync("--activpal", file, "--zone", "Etc/UTC"), $"seed {seed}");
    }

    [Fact]
    public async Task Ten_seconds_whose_starts_were_rounded_to_a_little_less_count()
    {
        var file = run.File("rounded.csv", "start,duration_s,code", "2026-11-20T09:00:00.000,1800,0", "2026-11-20T09:30:00.000,600,1", "2026-11-20T09:40:00.000,600.1,0",
            "2026-11-20T09:50:00.100,10.0,1", "2026-11-20T09:50:10.099,600.1,0", "2026-11-20T10:00:10.200,60,1", "2026-11-20T10:01:10.200,10,0", "2026-11-20T10:01:20.199,60,1", "2026-11-20T10:02:20.200,600,0");
        Assert.Equal(4, Assert.Single(await run.DaysAsync("--activpal", file, "--zone", "Etc/UTC")).GetProperty("rises").GetInt32());
    }

    [Fact]
    public async Task A_row_of_rubbish_without_a_length_costs_no_rise()
    {
        var file = run.File("rubbish.csv", "start,duration_s,code", "2026-11-20T09:00:00.000,600,0", "0,0,0", "2026-11-20T09:10:00.001,600,1", "2026-11-20T09:20:00.000,600,0");
        Assert.Equal(1, Assert.Single(await run.DaysAsync("--activpal", file, "--zone", "Etc/UTC")).GetProperty("rises").GetInt32());
    }

    [Fact]
    public async Task A_row_out_of_turn_is_named_and_passed_over_and_a_file_of_them_is_refused()
    {
        var rows = Morning.Select(row => $"{row.Start},{Number(row.Seconds)},{row.Code}").ToArray();
        var file = run.File("one.csv", ["start,duration_s,code", .. rows[..4], "2026-11-20T09:20:00,600,1", .. rows[4..]]);
        var day = Assert.Single(await run.DaysAsync("--activpal", file, "--zone", "Europe/Berlin"));
        Assert.Contains($"{file}, line 6: '2026-11-20T09:20:00' is before the start of the row above it", run.Error);
        Assert.Equal((1200 + 540 + 600, 60), (day.GetProperty("sittingSeconds").GetInt32(), day.GetProperty("uprightSeconds").GetInt32()));

        var reversed = run.File("reversed.csv", ["start,duration_s,code", .. rows.Reverse()]);
        foreach (var command in (string[][])[["report", "--activpal", reversed], ["import", "activpal", reversed, "--wearer", "w"]])
        {
            Assert.Equal(1, await run.RunAsync(command));
            Assert.Contains("is not in the order of time: 5 of its 6 rows", run.Error);
        }
        Assert.Equal("[]", JsonSerializer.Serialize(await run.DaysAsync()));
    }

    [Theory]
    [InlineData("2026-03-28", "2026-03-29T03:30:00+02:00")]
    [InlineData("2026-10-24", "2026-10-25T01:30:00+01:00")]
    public async Task A_clock_that_nobody_moved_in_the_night_of_the_change_loses_and_gains_no_time(string evening, string rose)
    {
        // By the monitor's own clock up at half past two, in spring before there was such a time, in autumn the second time.
        var start = DateTime.Parse(evening, CultureInfo.InvariantCulture);
        string At(double hours) => start.AddHours(hours).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        var file = run.File("night.csv", "start,duration_s,code", $"{At(22)},14400,3.1", $"{At(26)},1800,0", $"{At(26.5)},600,1", $"{At(26.5 + 1.0 / 6)},19200,3.1", $"{At(32)},3600,1");
        var days = await run.DaysAsync("--activpal", file, "--zone", "Europe/Berlin");
        Assert.Equal(14400 + 1800 + 19200, days.Sum(day => day.GetProperty("sittingSeconds").GetDouble()));
        Assert.Equal(4200, days.Sum(day => day.GetProperty("uprightSeconds").GetDouble()));
        await run.OutputOfAsync("import", "activpal", file, "--wearer", "w", "--zone", "Europe/Berlin");
        Assert.Equal(DateTimeOffset.Parse(rose, CultureInfo.InvariantCulture).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), Rows()[2].Split('|')[2]);
    }

    static void Agree(List<PalSeconds.Day> theirs, JsonElement[] ours, string what)
    {
        Assert.True(theirs.Select(day => (day.Date, day.Breaks)).SequenceEqual(ours.Select(day => (day.GetProperty("date").GetString()!, day.GetProperty("rises").GetInt32()))), what);
        foreach (var (their, our) in theirs.Zip(ours))
            Assert.True(Math.Abs(their.SedentaryMinutes - our.GetProperty("sittingSeconds").GetDouble() / 60) <= 0.3, $"{what}: {their}");
    }

    string Plain() => run.File("plain.csv", ["start,duration_s,code,cum_steps", .. Morning.Select(row => $"{row.Start},{Number(row.Seconds)},{row.Code},0")]);

    string Events() => run.File("Events.csv", ["\"Time\",\"DataCount (samples)\",\"Interval (s)\",\"ActivityCode (0=sedentary, 1=standing, 2=stepping)\",\"CumulativeStepCount\"",
        .. Morning.Select(row => $"{Serial(row.Start)},0,{Number(row.Seconds)},{row.Code},0")]);

    string EventsEx() => run.File("EventsEx.csv", ["sep=;", "Time;Time(approx);Data Count;Event Type;Duration (s);Waking Day;Cumulative Step Count",
        .. Morning.Select(row => $"{Serial(row.Start).Replace('.', ',')};{row.Start[..19].Replace('T', ' ')};0;{row.Code};{Number(row.Seconds).Replace('.', ',')};1;0;")]);

    static string Serial(string start) =>
        (DateTime.Parse(start, CultureInfo.InvariantCulture) - new DateTime(1899, 12, 30)).TotalDays.ToString("F10", CultureInfo.InvariantCulture);

    static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    string[] Rows()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(run.Store, "sitsense.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT boot || '|' || seq || '|' || at || '|' || posture FROM posture ORDER BY boot, seq";
        using var rows = command.ExecuteReader();
        var list = new List<string>();
        while (rows.Read())
            list.Add(rows.GetString(0));
        return [.. list];
    }
}
