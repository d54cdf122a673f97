using NodaTime;
using SitSense.Service.Commands;
using SitSense.Service.Tests.Storage;
using SitSense.Sitting;
using static SitSense.Service.Tests.Storage.TempStore;

namespace SitSense.Service.Tests.Commands;

public class RecomputeTests
{
    const int Day = 86_400;

    static async Task<(int Exit, string Output, string Error)> RunAsync(TempStore store, CancellationToken stop, TextWriter? error, params string[] arguments)
    {
        var output = new StringWriter();
        var exit = await CommandLine.RunAsync([.. arguments, $"--Store:Folder={store.Folder}", "--Wearer:Zone=Europe/Berlin"], output, error ??= new StringWriter(), stop);
        return (exit, output.ToString(), error.ToString()!);
    }

    /// <summary>An hour of sitting on each of two hundred days of two wearers, until the November day of all tests.</summary>
    static async Task<TempStore> HalfAYearAsync()
    {
        var store = new TempStore();
        await store.StoreAsync([.. ((string[])["a", "b"]).SelectMany(device => Enumerable.Range(0, 200).SelectMany(day => (double)(day - 199) * Day is var start
            ? new[] { Change(device, 1, 2 * day, start, Posture.Sitting), Change(device, 1, 2 * day + 1, start + 3600, Posture.Upright) } : []))]);
        return store;
    }

    static async Task<int> DaysAsync(TempStore store, string wearer) =>
        (await store.Store.DaysAsync(wearer, LocalDate.MinIsoValue, LocalDate.MaxIsoValue, "day", default)).Count(day => day.Figures.SittingSeconds == 3600);

    [Fact]
    public async Task Everything_is_worked_out_anew_with_a_line_for_each_tenth()
    {
        await using var store = await HalfAYearAsync();
        var (exit, output, error) = await RunAsync(store, default, null, "recompute");
        Assert.Equal((0, "2 wearers' days are worked out anew."), (exit, output.Trim()));
        var lines = error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("recompute: 0 %, 0 of 400 days", lines[0]);
        Assert.Equal("recompute: 100 %, 400 of 400 days", lines[^1]);
        Assert.InRange(lines.Length, 6, 11);
        Assert.Equal((200, 200), (await DaysAsync(store, "a"), await DaysAsync(store, "b")));
    }

    [Fact]
    public async Task What_stood_wrong_in_the_store_is_right_afterwards_and_nobody_else_is_touched()
    {
        await using var store = await HalfAYearAsync();
        await RunAsync(store, default, null, "recompute");
        foreach (var wearer in (string[])["a", "b"])
        {
            var wrong = (await store.Store.DaysAsync(wearer, new(2026, 11, 20), new(2026, 11, 20), "day", default)).Single();
            await store.Store.SaveDaysAsync([wrong with { Figures = wrong.Figures with { SittingSeconds = 1 } }], [], default);
        }
        Assert.Equal(0, (await RunAsync(store, default, null, "recompute", "--wearer", "b")).Exit);
        Assert.Equal((199, 200), (await DaysAsync(store, "a"), await DaysAsync(store, "b")));
        Assert.Equal(1, (await RunAsync(store, default, null, "recompute", "--wearer", "nobody")).Exit);
    }

    [Fact]
    public async Task What_a_signal_leaves_undone_the_next_command_does()
    {
        await using var store = await HalfAYearAsync();
        using var stop = new CancellationTokenSource();
        var (exit, output, error) = await RunAsync(store, stop.Token, new StopsAt("93 of 400", stop), "recompute");
        Assert.Equal((0, ""), (exit, output));
        Assert.Contains("Stopped after 93 of 400 days", error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)[^1]);
        Assert.Equal((0, 0), (await DaysAsync(store, "a"), await DaysAsync(store, "b")));
        await RunAsync(store, default, null, "report");
        Assert.Equal((200, 200), (await DaysAsync(store, "a"), await DaysAsync(store, "b")));
    }

    [Fact]
    public void In_a_terminal_there_is_one_bar()
    {
        var output = new StringWriter();
        using (var progress = new Progress(output, isTerminal: true, "recompute", "days", 400))
            foreach (var done in (long[])[0, 1, 2, 200, 401])
                progress.Report(done);
        Assert.Equal("\rrecompute [------------------------------]   0 %, 0 of 400 days"
            + "\rrecompute [###############---------------]  50 %, 200 of 400 days"
            + "\rrecompute [##############################] 100 %, 400 of 400 days" + Environment.NewLine, output.ToString());
    }

    /// <summary>Presses Ctrl-C when it reads something.</summary>
    sealed class StopsAt(string text, CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? line)
        {
            base.WriteLine(line);
            if (line?.Contains(text) == true)
                stop.Cancel();
        }
    }
}
