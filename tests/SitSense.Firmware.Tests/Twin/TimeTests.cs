using SitSense.Firmware.Posture;
using SitSense.Twin;
using SitSense.Twin.Bodies;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>What a device makes of a clock that drifts, jumps, goes quiet or wraps.</summary>
public sealed class TimeTests
{
    /// <summary>Four times what ESP-IDF allows a crystal.</summary>
    const double Ppm = 40;

    /// <summary>A drift that the journal does not think worth a record, s.</summary>
    const double Slack = 0.5;

    [Theory]
    [InlineData(Ppm)]
    [InlineData(-Ppm)]
    public async Task Every_change_of_four_days_is_stamped_within_a_second(double ppm)
    {
        await using var desk = await Desk.StartAsync(Rarely);
        Assert.InRange(await Worst(desk, ppm), 0, Slack + Ppm * 1e-6 * 3600 + 0.1);
    }

    [Fact]
    public async Task A_time_client_that_goes_quiet_is_asked_again_each_day()
    {
        await using var desk = await Desk.StartAsync(Rarely);
        desk.Twin.Board.Network.SntpGoesQuiet = true;
        Assert.InRange(await Worst(desk, Ppm), 1, Slack + Ppm * 1e-6 * 86_400 + 0.1);
    }

    [Fact]
    public async Task What_happened_in_three_days_without_a_network_is_off_by_their_drift_at_most()
    {
        await using var desk = await Desk.StartAsync();
        desk.Twin.Board.WallClock.CrystalPpm = Ppm;
        desk.PowerOn(() => Script.Alternating(72, TimeSpan.FromHours(1)));
        desk.Run(TimeSpan.FromMinutes(10));
        desk.Twin.Board.Network.Wifi = false;
        desk.Run(TimeSpan.FromDays(3));
        desk.Twin.Board.Network.Wifi = true;
        desk.Run(TimeSpan.FromHours(1));

        Assert.InRange(Errors(desk).Max(), 5, Slack + Ppm * 1e-6 * 3 * 86_400 + 0.1);
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public async Task A_clock_that_jumps_dates_what_waits_by_the_new_time_and_stops_nothing(int seconds)
    {
        await using var desk = await Desk.StartAsync();
        desk.Twin.Board.Network.SntpError = TimeSpan.FromSeconds(seconds);
        desk.PowerOn(() => Script.Alternating(20, TimeSpan.FromMinutes(5)));
        desk.Run(TimeSpan.FromMinutes(8.5));
        desk.Twin.Board.Network.Broker = false;
        desk.Run(TimeSpan.FromMinutes(20));
        // The next answer of the time server, within the hour, is right.
        desk.Twin.Board.Network.SntpError = TimeSpan.Zero;
        desk.Run(TimeSpan.FromMinutes(40));
        desk.Twin.Board.Network.Broker = true;
        desk.Run(TimeSpan.FromMinutes(60));

        var changes = desk.Changes();
        Assert.Equal(Enumerable.Range(1, 20), changes.Select(change => (int)change.Seq));
        var errors = changes.Select((change, i) => (change.At!.Value - Due(i, TimeSpan.FromMinutes(5))).TotalSeconds).ToList();
        Assert.All(errors.Take(2), error => Assert.InRange(error, seconds - 1, seconds + 1));
        Assert.All(errors.Skip(2), error => Assert.InRange(error, -1, 1));
        Assert.Null(desk.Twin.Board.Crash);
    }

    [Fact]
    public async Task A_time_server_that_says_1970_is_not_believed()
    {
        await using var desk = await Desk.StartAsync();
        desk.Twin.Board.Network.SntpError = DateTime.UnixEpoch - Desk.Start;
        desk.PowerOn(() => Script.Alternating(3, TimeSpan.FromMinutes(5)));
        desk.Run(TimeSpan.FromMinutes(20));

        Assert.Equal(3, desk.Changes().Count);
        Assert.All(desk.Changes(), change => Assert.Null(change.At));
    }

    [Theory]
    [InlineData(1L << 31)]
    [InlineData(1L << 32)]
    public async Task The_wrap_of_a_32_bit_tick_after_24_or_49_days_is_not_felt(long wrap)
    {
        await using var desk = await Desk.StartAsync();
        desk.Twin.Board.UptimeAtPowerOn = wrap - 20 * 60_000;
        desk.PowerOn(() => new Script(
            (TimeSpan.FromMilliseconds(wrap) - TimeSpan.FromMinutes(19), PostureKind.Upright),
            (TimeSpan.FromMilliseconds(wrap) - TimeSpan.FromMinutes(15), PostureKind.Sitting),
            (TimeSpan.FromMilliseconds(wrap) + TimeSpan.FromMinutes(40), PostureKind.Upright)));
        desk.Run(TimeSpan.FromMinutes(50));
        var buzzes = desk.Twin.Buzzes.Select(buzz => (buzz.At - Desk.Start).TotalMinutes).ToList();
        desk.Run(TimeSpan.FromMinutes(30));

        Assert.Equal([1, 5, 60], desk.Changes().Select(change => Math.Round((change.At!.Value - Desk.Start).TotalMinutes)));
        Assert.InRange(buzzes.Min(), 35, 35.2);
        Assert.InRange(desk.Beats("posture").Count, 78, 90);
        Assert.Null(desk.Twin.Board.Crash);
    }

    [Fact]
    public void A_body_is_called_the_same_across_the_wrap()
    {
        Assert.Equal(Called(0), Called((1L << 32) - 10 * 60_000));

        static List<(PostureKind, long)> Called(long uptime)
        {
            using var flash = new TempFolder();
            var at = Desk.Start;
            Spell For(double minutes, Activity what) => new(at, at = at.AddMinutes(minutes), what, true, false);
            using var twin = new TwinDevice(new TwinOptions
            {
                Wearer = new Wearer(4, [For(2, Activity.Walk), For(5, Activity.Sit), For(1.5, Activity.Walk), For(4, Activity.Sit), For(4, Activity.Walk)]),
                Seed = 4,
                FlashFolder = flash.Path,
                Speed = 0,
                StartUtc = Desk.Start,
                NeverPassesRealNow = false,
                Zone = TimeZoneInfo.Utc,
            });
            twin.Board.UptimeAtPowerOn = uptime;
            var said = new List<(PostureKind, long)>();
            twin.PostureChanged += (posture, since, _) => said.Add((posture, since - uptime));
            twin.PowerOn();
            twin.Run(TimeSpan.FromMinutes(16));
            return said;
        }
    }

    static TwinOptions Rarely(TwinOptions options) => options with { HeartbeatSeconds = 600 };

    /// <summary>The largest error of a stamp, in s, of a change an hour for four days.</summary>
    static Task<double> Worst(Desk desk, double ppm)
    {
        desk.Twin.Board.WallClock.CrystalPpm = ppm;
        desk.PowerOn(() => Script.Alternating(4 * 24, TimeSpan.FromHours(1)));
        desk.Run(TimeSpan.FromDays(4));
        var errors = Errors(desk);
        Assert.InRange(errors.Count, 4 * 24 - 1, 4 * 24);
        return Task.FromResult(errors.Max());
    }

    /// <summary>How wrong the stamps are, s. The script goes by the board's uptime, so a fast crystal makes its changes come early.</summary>
    static List<double> Errors(Desk desk)
    {
        var speed = 1 + desk.Twin.Board.WallClock.CrystalPpm / 1e6;
        return desk.Changes().Select((change, i) => Math.Abs((change.At!.Value - Desk.Start).TotalSeconds - (Due(i, TimeSpan.FromHours(1)) - Desk.Start).TotalSeconds / speed)).ToList();
    }

    static DateTime Due(int change, TimeSpan each) => Desk.Start + Script.First + change * each;
}
