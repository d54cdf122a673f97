using SitSense.Firmware.Board;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Sensing;
using SitSense.Twin;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>What starts a device anew by itself, and what it says of it afterwards.</summary>
public sealed class WatchdogTests
{
    [Fact]
    public async Task A_device_says_why_it_was_started()
    {
        await using var desk = await Desk.StartAsync();
        desk.PowerOn(() => Script.Alternating(1, TimeSpan.FromHours(1)));
        desk.Run(TimeSpan.FromMinutes(2));
        desk.Listener.Publish("sitsense/desk-1/command", """{"do":"restart"}""", retain: false);
        desk.Run(TimeSpan.FromMinutes(3));
        desk.Twin.PowerOff();
        desk.PowerOn(() => Script.Alternating(1, TimeSpan.FromHours(1)));
        desk.Run(TimeSpan.FromMinutes(2));

        Assert.Equal(["power-on", "ordered", "power-on"], desk.Beats("restart").Aggregate(new List<string?>(), Changed));
    }

    [Fact]
    public async Task A_main_loop_that_stands_still_is_started_anew_and_loses_nothing()
    {
        await using var desk = await Desk.StartAsync();
        var lives = 0;
        desk.PowerOn(() => new Stuck(++lives == 1 ? TimeSpan.FromMinutes(5) : TimeSpan.MaxValue));
        desk.Run(TimeSpan.FromMinutes(4));
        desk.Twin.Board.Network.Broker = false;
        desk.Run(TimeSpan.FromMinutes(5));
        desk.Twin.Board.Network.Broker = true;
        desk.Run(TimeSpan.FromMinutes(5));

        Assert.Equal(2, lives);
        Assert.Equal("watchdog: main", desk.Beats("restart")[^1]);
        Assert.Equal(0, desk.Twin.Pending);
        // One change a minute, of the first life up to the fifth.
        Assert.Equal([1, 2, 3, 4], desk.Changes().Where(change => change.Boot == desk.Changes()[0].Boot).Select(change => change.Seq));
    }

    [Fact]
    public async Task A_main_loop_that_throws_at_every_turn_is_not_vouched_for_and_started_anew()
    {
        await using var desk = await Desk.StartAsync();
        var lives = 0;
        desk.PowerOn(() => new Failing(++lives == 1 ? TimeSpan.FromMinutes(5) : TimeSpan.MaxValue, TimeSpan.MaxValue));
        desk.Run(TimeSpan.FromMinutes(10));

        Assert.Equal(2, lives);
        Assert.Equal("watchdog: main", desk.Beats("restart")[^1]);
        Assert.InRange(desk.Listener.All("sitsense/desk-1/heartbeat").Where(beat => (string)beat["restart"]! == "power-on").Max(beat => (long)beat["uptimeMs"]!), 240_000, 311_000);
    }

    [Fact]
    public async Task An_exception_that_passes_is_told_and_survived()
    {
        await using var desk = await Desk.StartAsync();
        var lives = 0;
        desk.PowerOn(() =>
        {
            lives++;
            return new Failing(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5.02));
        });
        desk.Run(TimeSpan.FromMinutes(20));

        Assert.Equal(1, lives);
        Assert.Contains(desk.Beats("faults"), faults => faults?.Contains("went on after: it cannot be read") == true);
        Assert.Null(desk.Beats("faults")[^1]);
    }

    [Fact]
    public void A_link_that_stands_still_is_started_anew_and_ever_more_rarely_where_that_does_not_help()
    {
        using var folder = new TempFolder();
        using var twin = Offline(folder);
        twin.Board.Network.Wifi = false;
        twin.Board.Network.JoinHangs = true;
        var starts = new List<DateTime>();
        twin.PowerOn(() =>
        {
            starts.Add(twin.Board.Clock.UtcNow);
            return Script.Alternating(1, TimeSpan.FromHours(1));
        });
        twin.Run(TimeSpan.FromMinutes(90));

        var lives = starts.Zip(starts.Skip(1), (a, b) => (b - a).TotalMinutes).ToList();
        Assert.InRange(lives[0], 10, 12);
        Assert.Equal(3, lives.Count);
        Assert.All(lives.Zip(lives.Skip(1)), pair => Assert.InRange(pair.Second / pair.First, 1.8, 2.1));
    }

    [Fact]
    public void Days_without_a_broker_are_no_reason_to_start_anew()
    {
        using var folder = new TempFolder();
        using var twin = Offline(folder);
        twin.Board.Network.Broker = false;
        var starts = 0;
        twin.PowerOn(() =>
        {
            starts++;
            return Script.Alternating(1, TimeSpan.FromHours(1));
        });
        twin.Run(TimeSpan.FromDays(1));

        Assert.Equal(1, starts);
    }

    [Fact]
    public void A_start_that_never_ends_is_cut_short()
    {
        using var folder = new TempFolder();
        using var twin = Offline(folder);
        var starts = 0;
        twin.PowerOn(() =>
        {
            // The first sample is taken before the main loop begins.
            return new Stuck(++starts == 1 ? TimeSpan.Zero : TimeSpan.MaxValue);
        });
        twin.Run(TimeSpan.FromMinutes(5));

        Assert.Equal(2, starts);
    }

    [Fact]
    public async Task Before_its_tick_counter_ends_the_board_says_goodbye_and_is_started_anew_when_nobody_sits()
    {
        await using var desk = await Desk.StartAsync();
        var rise = Watchdog.MostMs + 1_800_000;
        desk.Twin.Board.UptimeAtPowerOn = Watchdog.MostMs - 600_000;
        var starts = 0;
        desk.PowerOn(() =>
        {
            if (++starts == 2)
                desk.Twin.Board.UptimeAtPowerOn = 0;
            return new Script((TimeSpan.Zero, PostureKind.Sitting), (TimeSpan.FromMilliseconds(rise), PostureKind.Upright));
        });
        desk.Run(TimeSpan.FromMinutes(39));
        Assert.Equal(1, starts);
        desk.Run(TimeSpan.FromMinutes(5));

        Assert.Equal(2, starts);
        Assert.Equal("planned", desk.Beats("restart")[^1]);
        Assert.Equal(["online", "offline", "online"], desk.Listener.Texts("sitsense/desk-1/status"));
    }

    [Fact]
    public void Who_sits_for_another_day_does_not_keep_the_board_from_being_started_anew_in_time()
    {
        using var folder = new TempFolder();
        using var twin = Offline(folder);
        twin.Board.UptimeAtPowerOn = Watchdog.MostMs + Watchdog.GraceMs - 3_600_000;
        var starts = 0;
        twin.PowerOn(() =>
        {
            if (++starts == 2)
                twin.Board.UptimeAtPowerOn = 0;
            return new Script((TimeSpan.Zero, PostureKind.Sitting));
        });
        twin.Run(TimeSpan.FromMinutes(59));
        Assert.Equal(1, starts);
        twin.Run(TimeSpan.FromMinutes(3));

        Assert.Equal(2, starts);
    }

    [Fact]
    public void A_reset_that_nobody_announced_is_told_from_a_loss_of_power()
    {
        using var folder = new TempFolder();
        using var board = new VirtualBoard(folder.Path);
        using var here = board.Enter();
        Assert.Equal("power-on", Reason());
        board.SetWall(DateTime.UtcNow);
        Assert.Equal("reset", Reason());

        static string Reason() => new Restarts(new Clock(), new Flash(), new Faults()).Reason;
    }

    [Theory]
    [InlineData("")]
    [InlineData("rubbish that nobody wrote")]
    public void A_damaged_note_is_no_reason(string content)
    {
        using var folder = new TempFolder();
        File.WriteAllText(Path.Combine(folder.Path, "restart0"), content);
        using var board = new VirtualBoard(folder.Path);
        using var here = board.Enter();
        Assert.Equal("power-on", new Restarts(new Clock(), new Flash(), new Faults()).Reason);
    }

    static List<string?> Changed(List<string?> sofar, string? next)
    {
        if (sofar.Count == 0 || sofar[^1] != next)
            sofar.Add(next);
        return sofar;
    }

    static TwinDevice Offline(TempFolder folder) => new(new TwinOptions
    {
        FlashFolder = folder.Path,
        BrokerHost = "127.0.0.1",
        BrokerPort = 1,
        Speed = 0,
        StartUtc = Desk.Start,
        NeverPassesRealNow = false,
        Zone = TimeZoneInfo.Utc,
    });

    /// <summary>Another posture each minute, until a sample does not come back.</summary>
    sealed class Stuck(TimeSpan after) : PostureSource
    {
        readonly Clock clock = new();
        PostureKind current;
        long since;

        public override int PeriodMs => 1000;

        public override PostureKind Current => current;

        public override long Since => since;

        public override bool Poll(long ms)
        {
            while (ms >= after.TotalMilliseconds)
                clock.Sleep(1000);
            var wanted = ms / 60_000 == 0 ? PostureKind.Unknown : ms / 60_000 % 2 == 1 ? PostureKind.Sitting : PostureKind.Upright;
            if (wanted == current)
                return false;
            (current, since) = (wanted, ms);
            return true;
        }
    }

    /// <summary>A source whose samples throw for a while.</summary>
    sealed class Failing(TimeSpan from, TimeSpan until) : PostureSource
    {
        public override int PeriodMs => 1000;

        public override PostureKind Current => PostureKind.Unknown;

        public override long Since => 0;

        public override bool Poll(long ms) =>
            ms >= from.TotalMilliseconds && ms < until.TotalMilliseconds ? throw new InvalidOperationException("it cannot be read") : false;
    }
}
