using SitSense.Firmware.Board;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Sensing;
using SitSense.Twin;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Tests.Setup;

/// <summary>When the page is there, and when it is not.</summary>
public sealed class SetupWindowTests : IDisposable
{
    readonly SetupBench bench = new();

    public void Dispose() => bench.Dispose();

    TwinDevice Twin => bench.Twin;

    VirtualAccessPoint AccessPoint => Twin.Board.Network.AccessPoint;

    [Fact]
    public void With_a_wifi_in_the_file_it_stays_closed()
    {
        bench.Deploy("""{"device":"desk-1","wifi":{"ssid":"home","password":"secret77"}}""");
        bench.PowerOn();
        Assert.False(AccessPoint.IsOpen);
    }

    [Fact]
    public void With_a_wifi_that_nanoff_stored_it_stays_closed()
    {
        Twin.Board.Network.Store("home", "secret77");
        bench.PowerOn();
        Assert.False(AccessPoint.IsOpen);
    }

    [Fact]
    public void A_file_deployed_while_it_is_open_closes_it_at_the_next_start()
    {
        bench.PowerOn();
        Assert.True(AccessPoint.IsOpen);
        Twin.PowerOff();
        bench.Deploy("""{"device":"desk-1","wifi":{"ssid":"home","password":"secret77"}}""");
        bench.PowerOn();
        Assert.False(AccessPoint.IsOpen);
    }

    [Fact]
    public void It_closes_after_a_quarter_of_an_hour_and_opens_again_at_the_next_power_on_only()
    {
        Twin.PowerOn(() => new Sitter(Twin.Board.Clock, TimeSpan.Zero));
        Twin.Run(TimeSpan.FromMinutes(14.9));
        Assert.NotNull(bench.Page);
        Twin.Run(TimeSpan.FromMinutes(0.2));
        Assert.False(AccessPoint.IsOpen);
        Twin.Run(TimeSpan.FromHours(3));
        Assert.False(AccessPoint.IsOpen);
        Twin.PowerOff();
        bench.PowerOn();
        Assert.True(AccessPoint.IsOpen);
    }

    [Fact]
    public void A_sitting_that_is_being_counted_is_not_cut_short_by_the_restart_that_closes_it()
    {
        Twin.PowerOn(() => new Sitter(Twin.Board.Clock, TimeSpan.FromMinutes(20)));
        Twin.Run(TimeSpan.FromMinutes(19.9));
        Assert.Null(bench.Page);
        Assert.True(AccessPoint.IsOpen);
        Twin.Run(TimeSpan.FromMinutes(0.3));
        Assert.False(AccessPoint.IsOpen);
    }

    [Fact]
    public async Task Whoever_uses_the_page_has_an_hour_at_most()
    {
        bench.PowerOn();
        for (var minutes = 10; minutes < 60; minutes += 10)
        {
            Twin.Run(TimeSpan.FromMinutes(10));
            Assert.Equal(System.Net.HttpStatusCode.OK, (await bench.GetAsync()).Status);
        }
        Twin.Run(TimeSpan.FromMinutes(11));
        Assert.False(AccessPoint.IsOpen);
    }

    [Fact]
    public async Task While_it_is_open_the_device_reminds()
    {
        Twin.PowerOn(() => new Sitter(Twin.Board.Clock, TimeSpan.FromHours(1)));
        for (var visits = 0; visits < 2; visits++)
        {
            Twin.Run(TimeSpan.FromMinutes(14));
            await bench.GetAsync();
        }
        Assert.Empty(Twin.Buzzes);
        Twin.Run(TimeSpan.FromMinutes(3));
        Assert.NotEmpty(Twin.Buzzes);
        Assert.NotNull(bench.Page);
    }

    [Fact]
    public void A_board_without_an_access_point_says_so_and_does_its_work()
    {
        AccessPoint.Exists = false;
        Twin.PowerOn(() => new Sitter(Twin.Board.Clock, TimeSpan.FromHours(1)));
        Twin.Run(TimeSpan.FromMinutes(31));
        Assert.NotEmpty(Twin.Buzzes);
        Assert.Null(Twin.Board.Crash);
        Assert.Null(Twin.Board.LastRestart);
    }

    [Fact]
    public async Task Ten_seconds_on_the_button_forget_the_set_up_and_open_the_page()
    {
        await bench.PowerOn().PostAsync(SetupBench.Good());
        Twin.Run(TimeSpan.FromSeconds(30));
        Assert.False(AccessPoint.IsOpen);
        Twin.Press(TimeSpan.FromSeconds(11));
        Twin.Run(TimeSpan.FromSeconds(30));
        Assert.True(AccessPoint.IsOpen);
        Assert.Equal("", bench.Flash("setup*"));
        Assert.Equal("", Twin.Board.Network.StoredName);
        Assert.DoesNotContain("desk-7", (await bench.GetAsync()).Body);
        Assert.DoesNotContain("kept, leave empty", (await bench.GetAsync()).Body);
    }

    [Fact]
    public async Task After_a_reset_the_makers_file_fills_the_page_and_holds_when_nobody_comes()
    {
        bench.Deploy("""{"device":"desk-1","sensor":"seat","wifi":{"ssid":"home","password":"secret77"}}""");
        bench.PowerOn();
        Twin.Press(TimeSpan.FromSeconds(11));
        Twin.Run(TimeSpan.FromSeconds(30));
        Assert.True(AccessPoint.IsOpen);
        var (_, body) = await bench.GetAsync();
        Assert.Contains("value=\"home\"", body);
        Assert.DoesNotContain("secret77", body);
        Twin.Run(TimeSpan.FromMinutes(20));
        Assert.False(AccessPoint.IsOpen);
    }

    [Fact]
    public async Task What_was_saved_outlives_a_power_cut_at_the_very_moment_it_is_told()
    {
        bench.Deploy("""{"device":"desk-1","wifi":{"ssid":"home","password":"secret77"}}""");
        bench.PowerOn();
        Twin.Press(TimeSpan.FromSeconds(11));
        Twin.Run(TimeSpan.FromSeconds(30));
        await bench.PostAsync(SetupBench.Good());
        Twin.PowerOff();
        bench.PowerOn();
        Twin.Run(TimeSpan.FromSeconds(10));
        Assert.False(AccessPoint.IsOpen);
        Assert.Equal("Zuhause & Büro", Twin.Board.Network.StoredName);
    }

    [Theory]
    [InlineData(0.2, false)]
    [InlineData(3.5, false)]
    [InlineData(9.5, false)]
    [InlineData(10.5, true)]
    public void Only_ten_seconds_reset(double seconds, bool resets)
    {
        Twin.Board.Network.Store("home", "secret77");
        bench.PowerOn();
        Twin.Press(TimeSpan.FromSeconds(seconds));
        Twin.Run(TimeSpan.FromSeconds(25));
        Assert.Equal(resets, AccessPoint.IsOpen);
    }

    [Fact]
    public void The_light_flickers_from_three_seconds_on_and_stays_lit_from_ten()
    {
        Twin.Board.Network.Store("home", "secret77");
        bench.PowerOn();
        var pressed = Twin.Board.Clock.UtcNow;
        Twin.Press(TimeSpan.FromSeconds(10.9));
        Twin.Run(TimeSpan.FromSeconds(10.9));
        var blinks = Twin.Board.Pins.Buzzes(Pins.Light).Select(blink => (From: (blink.At - pressed).TotalSeconds, blink.Length)).ToArray();
        Assert.InRange(blinks.Count(blink => blink.From is > 3 and < 10), 30, 50);
        var last = blinks[^1];
        Assert.InRange(last.From, 9.9, 10.4);
        Assert.InRange(last.Length.TotalSeconds, 0.4, 1.1);
    }

    [Fact]
    public void The_light_asks_to_be_set_up()
    {
        bench.PowerOn();
        Twin.Run(TimeSpan.FromMinutes(1));
        Assert.Equal(60, Twin.Board.Pins.Buzzes(Pins.Light).Count(blink => blink.At > Twin.Board.Clock.UtcNow.AddMinutes(-1)), 4.0);
    }

    /// <summary>Somebody who sits from the board's first second on, and rises after a while.</summary>
    sealed class Sitter(VirtualClock clock, TimeSpan sits) : PostureSource
    {
        PostureKind current;
        long since;

        public override int PeriodMs => 1000;

        public override PostureKind Current => current;

        public override long Since => since;

        public override bool Poll(long ms)
        {
            var posture = clock.Now < sits.TotalMilliseconds ? PostureKind.Sitting : PostureKind.Upright;
            if (posture == current)
                return false;
            current = posture;
            since = ms;
            return true;
        }
    }
}
