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

    [Fact]
    public async Task Filled_in_it_starts_anew_once_when_the_last_word_has_left()
    {
        var starts = CountStarts();
        await bench.PostAsync(SetupBench.Good());
        var before = starts();
        Twin.Run(TimeSpan.FromSeconds(1.5));
        Assert.NotNull(bench.Page);
        Twin.Run(TimeSpan.FromMinutes(1));
        Assert.Equal(before + 1, starts());
        Assert.False(AccessPoint.IsOpen);
    }

    [Fact]
    public void On_a_full_flash_it_closes_without_a_restart_and_says_why()
    {
        var starts = CountStarts();
        Twin.Board.Flash.Capacity = 0;
        var before = starts();
        Twin.Run(TimeSpan.FromHours(6));
        Assert.Equal(before, starts());
        Assert.Null(bench.Page);
        Assert.Contains("the door cannot be marked", Twin.Wrong);
    }

    [Fact]
    public void A_network_call_that_never_returns_does_not_keep_it_open()
    {
        var starts = CountStarts();
        AccessPoint.Hangs = true;
        var before = starts();
        Twin.Run(TimeSpan.FromMinutes(60));
        Assert.True(AccessPoint.IsOpen);
        Twin.Run(TimeSpan.FromMinutes(2));
        Assert.False(AccessPoint.IsOpen);
        Twin.Run(TimeSpan.FromHours(2));
        Assert.Equal(before + 1, starts());
    }

    [Fact]
    public async Task What_was_typed_outlives_a_network_that_breaks()
    {
        bench.PowerOn();
        var form = SetupBench.Good();
        form["offset"] = "noon";
        await bench.PostAsync(form);
        AccessPoint.Break();
        Twin.Run(TimeSpan.FromSeconds(5));
        var (_, body) = await bench.GetAsync();
        Assert.Contains("value=\"noon\"", body);
        Assert.Contains("value=\"desk-7\"", body);
    }

    [Fact]
    public async Task Ten_seconds_on_the_button_make_room_on_a_full_flash()
    {
        await bench.PowerOn().PostAsync(SetupBench.Good());
        Twin.Run(TimeSpan.FromSeconds(30));
        bench.FillFlash();
        Twin.Press(TimeSpan.FromSeconds(11));
        Twin.Run(TimeSpan.FromSeconds(30));
        Assert.True(AccessPoint.IsOpen);
        Assert.Equal("", bench.Flash("setup*"));
    }

    [Fact]
    public void Ten_seconds_that_cannot_be_kept_buzz_a_failure_and_restart_nothing()
    {
        Twin.Board.Network.Store("home", "secret77");
        var starts = CountStarts();
        Twin.Board.Flash.Capacity = 0;
        var before = starts();
        Twin.Press(TimeSpan.FromSeconds(11));
        Twin.Run(TimeSpan.FromSeconds(30));
        Assert.Equal(before, starts());
        Assert.Equal("home", Twin.Board.Network.StoredName);
        Assert.Equal(4, Twin.Buzzes.Count);
        Assert.Contains("the button's wish cannot be kept", Twin.Wrong);
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

    /// <summary>Switches it on, and tells from then on how often it started.</summary>
    Func<int> CountStarts()
    {
        var starts = 0;
        Twin.PowerOn(() =>
        {
            starts++;
            return new Sitter(Twin.Board.Clock, TimeSpan.Zero);
        });
        Twin.Run(TimeSpan.FromSeconds(5));
        return () => starts;
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
