using System.Text.Json.Nodes;
using SitSense.Firmware.Board;
using SitSense.Firmware.Link;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Sensing;
using SitSense.Twin;
using SitSense.Twin.Bodies;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>A device on a battery at a real broker: it sleeps between batches, and what it says and does is as ever.</summary>
public sealed class OnBatteryTests : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_batch_sends_all_in_order_with_one_heartbeat_and_leaves_asleep()
    {
        await using var desk = await OnBattery();
        desk.PowerOn(() => Script.Alternating(40, TimeSpan.FromMinutes(1)));
        desk.Run(TimeSpan.FromMinutes(14));
        // The first batch came with the start, before anything had happened.
        Assert.Empty(desk.Changes());
        desk.Run(TimeSpan.FromMinutes(60));

        Assert.Equal(Enumerable.Range(1, 40), desk.Changes().Select(change => (int)change.Seq));
        Assert.All(desk.Changes(), change => Assert.Equal(Desk.Start + Script.First + (change.Seq - 1) * TimeSpan.FromMinutes(1), change.At!.Value, TimeSpan.FromSeconds(0.1)));
        var words = desk.Listener.Texts("sitsense/desk-1/status");
        Assert.InRange(words.Count, 10, 12);
        Assert.Equal(Enumerable.Range(0, words.Count).Select(i => i % 2 == 0 ? "online" : "asleep"), words);
        Assert.Equal(words.Count / 2, desk.Beats("seq").Count);
        Assert.Equal("40", desk.Beats("seq")[^1]);
        Assert.Equal(0, desk.Twin.Board.Network.Connections);
        Assert.InRange(desk.Twin.Board.Network.RadioMs, 5 * 2_000, 6 * 5_000);
        Assert.InRange(desk.Twin.Board.Sleeper.LightMs, 73.4 * 60_000, 74 * 60_000);
    }

    [Fact]
    public async Task A_reminder_buzzes_on_time_while_it_sleeps_and_is_told_at_the_next_batch()
    {
        await using var desk = await OnBattery();
        desk.PowerOn(() => new Script((TimeSpan.FromMinutes(1), PostureKind.Sitting)) { Period = 60_000 });
        desk.Run(TimeSpan.FromMinutes(50));

        Assert.Equal(Desk.Start.AddMinutes(31), desk.Twin.Buzzes[0].At, TimeSpan.FromSeconds(0.1));
        Assert.Equal([31, 36, 41, 46], desk.Twin.Buzzes.Select(buzz => (int)(buzz.At - Desk.Start).TotalMinutes).Distinct());
        var due = desk.Listener.All("sitsense/desk-1/reminder")[0];
        Assert.Equal("due", (string?)due["kind"]);
        Assert.Equal(Desk.Start.AddMinutes(31), ((DateTime)due["at"]!).ToUniversalTime(), TimeSpan.FromSeconds(0.1));
    }

    [Fact]
    public async Task What_is_set_or_ordered_while_it_sleeps_reaches_it_at_the_next_batch()
    {
        await using var desk = await OnBattery();
        desk.PowerOn(() => Script.Alternating(2, TimeSpan.FromMinutes(1)));
        desk.Run(TimeSpan.FromMinutes(5));
        desk.Listener.Publish("sitsense/desk-1/settings", """{"thresholdMinutes":45}""", retain: true);
        desk.Listener.Publish("sitsense/desk-1/command", """{"do":"pause"}""", retain: false);
        desk.Run(TimeSpan.FromMinutes(2));
        Assert.Empty(desk.Listener.All("sitsense/desk-1/answer"));
        desk.Run(TimeSpan.FromMinutes(12));

        Assert.Equal(45, (int)desk.Listener.All("sitsense/desk-1/settings/reported")[^1]["thresholdMinutes"]!);
        Assert.Equal("""{"v":1,"do":"pause","ok":true}""", Assert.Single(desk.Listener.All("sitsense/desk-1/answer")).ToJsonString());
        Assert.False(desk.Twin.Board.Network.IsRadioOn);
    }

    [Fact]
    public async Task A_broker_that_is_away_costs_a_bounded_time_of_radio_and_everything_comes_later()
    {
        await using var desk = await OnBattery();
        desk.PowerOn(() => Script.Alternating(30, TimeSpan.FromHours(1)));
        desk.Run(TimeSpan.FromMinutes(5));
        desk.Twin.Board.Network.Broker = false;
        var (radio, attempts) = (desk.Twin.Board.Network.RadioMs, desk.Twin.Board.Network.Attempts);
        desk.Run(TimeSpan.FromDays(1));
        Assert.InRange(desk.Twin.Board.Network.Attempts - attempts, 8, 12);
        Assert.InRange(desk.Twin.Board.Network.RadioMs - radio, 0, 12 * 5_000);
        Assert.InRange(desk.Twin.Pending, 23, 200);
        desk.Twin.Board.Network.Broker = true;
        desk.Run(TimeSpan.FromHours(12));

        Assert.Equal(30, desk.Changes().Count);
        Assert.Equal(0, desk.Twin.Pending);
        Assert.Equal("0", desk.Beats("lost")[^1]);
    }

    [Fact]
    public async Task A_wifi_that_is_away_costs_a_minute_of_radio_a_batch_at_most()
    {
        await using var desk = await OnBattery();
        desk.Twin.Board.Network.Wifi = false;
        desk.PowerOn(() => Script.Alternating(30, TimeSpan.FromHours(1)));
        desk.Run(TimeSpan.FromDays(1));
        Assert.InRange(desk.Twin.Board.Network.RadioMs, 8 * 20_000, 12 * (long)Batches.MostMs);
        Assert.False(desk.Twin.Board.Network.JoinsByItself);
        desk.Twin.Board.Network.Wifi = true;
        desk.Run(TimeSpan.FromHours(12));

        Assert.Equal(30, desk.Changes().Count);
    }

    [Fact]
    public async Task Nearly_empty_is_announced_once_then_it_stops_cleanly_and_starts_again_when_charged()
    {
        await using var desk = await OnBattery();
        desk.PowerOn(() => Script.Alternating(9, TimeSpan.FromMinutes(20)));
        desk.Run(TimeSpan.FromMinutes(40));
        var before = desk.Beats("faults").Count;
        desk.Twin.CellVolts = 3.58;
        desk.Run(TimeSpan.FromMinutes(14));
        // The batch that was due anyway, and the one that tells it.
        Assert.Equal([null, "battery: nearly empty: charge it"], desk.Beats("faults").Skip(before));

        desk.Twin.CellVolts = 3.45;
        desk.Run(TimeSpan.FromMinutes(12));
        Assert.Contains("stopped until it is charged", desk.Beats("faults")[^1]);
        Assert.Equal("offline", desk.Listener.Texts("sitsense/desk-1/status")[^1]);
        Assert.Equal("unknown", desk.Changes()[^1].Posture);
        Assert.True(desk.Twin.Board.Sleeper.IsAsleep);
        var came = desk.Changes().Count;

        // A cell without load recovers: that is no charge.
        desk.Twin.CellVolts = 3.6;
        desk.Run(TimeSpan.FromHours(12));
        Assert.Equal(came, desk.Changes().Count);
        Assert.InRange(desk.Twin.Board.Sleeper.DeepMs, 11.9 * 3_600_000, 12.2 * 3_600_000);
        desk.Twin.CellVolts = 4.1;
        desk.Run(TimeSpan.FromMinutes(90));

        Assert.Equal("asleep", desk.Listener.Texts("sitsense/desk-1/status")[^1]);
        Assert.True(desk.Changes().Count > came);
        // Each hour's look has begun no boot.
        Assert.Equal(2, desk.Changes().Select(change => change.Boot).Distinct().Count());
        Assert.Equal(1, desk.Changes()[^1].Boot - desk.Changes()[0].Boot);
    }

    [Theory]
    [InlineData(Sensor.Thigh)]
    [InlineData(Sensor.Belt)]
    public async Task Who_takes_it_from_a_drawer_wakes_it_from_deep_sleep_and_is_told_within_the_usual_delay(Sensor sensor)
    {
        var taken = Desk.Start.AddHours(3);
        await using var desk = await OnBattery(options => options with
        {
            Sensor = sensor,
            Wearer = new Wearer(3, [Spell(0, 5, Activity.Walk), Spell(5, 20, Activity.Sit), Spell(20, 22, Activity.Walk), Spell(22, 180, Activity.Off),
                Spell(180, 183, Activity.Walk), Spell(183, 240, Activity.Sit)]),
        });
        var said = new List<(PostureKind Posture, DateTime At, DateTime Decided)>();
        desk.Twin.PostureChanged += (posture, since, decided) => said.Add((posture, Wall(desk, since), Wall(desk, decided)));
        desk.Twin.PowerOn();
        desk.Run(TimeSpan.FromMinutes(100));
        Assert.True(desk.Twin.Board.Sleeper.IsAsleep);
        Assert.Equal(1, desk.Twin.Board.Sleeper.DeepSleeps);
        Assert.Equal("off", desk.Changes()[^1].Posture);
        Assert.Equal("off", desk.Beats("posture")[^1]);
        Assert.Equal("asleep", desk.Listener.Texts("sitsense/desk-1/status")[^1]);
        desk.Run(TimeSpan.FromMinutes(79));
        Assert.Equal(1, desk.Twin.Board.Sleeper.DeepSleeps);
        var before = said.Count;
        desk.Run(TimeSpan.FromMinutes(40));

        Assert.Equal([PostureKind.Upright, PostureKind.Sitting], said.Skip(before).Select(change => change.Posture));
        Assert.InRange(said[before].Decided - taken, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20));
        Assert.InRange(said[before + 1].At - taken.AddMinutes(3), TimeSpan.FromSeconds(-3), TimeSpan.FromSeconds(3));
        desk.Run(TimeSpan.FromMinutes(16));
        var changes = desk.Changes();
        Assert.Equal(changes[0].Boot + 1, changes[^1].Boot);
        Assert.Equal(["upright", "sitting"], changes.Where(change => change.Boot == changes[^1].Boot).Take(2).Select(change => change.Posture));
    }

    [Fact]
    public void An_empty_cell_at_the_charger_is_not_slept_on_over_and_over()
    {
        folder.File("sitsense.json", """{"charger":true}""");
        using var twin = Alone(new Wearer(1, [Spell(0, 300, Activity.Off)]));
        twin.CellVolts = 3.45;
        twin.Board.Pins.Drive(Pins.Charger, true);
        twin.PowerOn();
        twin.Run(TimeSpan.FromMinutes(10));
        Assert.Equal(0, twin.Board.Sleeper.DeepSleeps);
        twin.Board.Pins.Drive(Pins.Charger, false);
        twin.Run(TimeSpan.FromMinutes(10));
        Assert.True(twin.Board.Sleeper.IsAsleep);
        Assert.Equal(1, twin.Board.Sleeper.DeepSleeps);
        twin.Board.Pins.Drive(Pins.Charger, true);
        twin.Run(TimeSpan.FromMinutes(1));
        Assert.False(twin.Board.Sleeper.IsAsleep && twin.Board.Sleeper.DeepSleeps > 1);
    }

    [Fact]
    public void A_line_that_is_stuck_keeps_no_board_awake()
    {
        using var twin = Alone(new Wearer(1, [Spell(0, 300, Activity.Sit)]));
        twin.PowerOn();
        twin.Run(TimeSpan.FromMinutes(10));
        twin.Mpu!.InterruptPin = null;
        twin.Board.Pins.Drive(Pins.MotionInterrupt, true);
        twin.Run(TimeSpan.FromMinutes(5));
        var before = twin.Board.Sleeper.LightMs;
        twin.Run(TimeSpan.FromMinutes(60));
        Assert.InRange(twin.Board.Sleeper.LightMs - before, 50 * 60_000, 60 * 60_000);
        Assert.Contains("INT wire", twin.Wrong);
    }

    [Fact]
    public async Task Another_sensor_is_met_by_a_start()
    {
        await using var desk = await OnBattery();
        desk.Twin.PowerOn();
        desk.Run(TimeSpan.FromMinutes(2));
        desk.Listener.Publish("sitsense/desk-1/settings", """{"sensor":"seat"}""", retain: true);
        desk.Run(TimeSpan.FromMinutes(40));

        Assert.Equal("ordered", desk.Beats("restart")[^1]);
        Assert.Equal("seat", (string?)desk.Listener.All("sitsense/desk-1/settings/reported")[^1]["sensor"]);
    }

    [Theory]
    [InlineData("""{"do":"pause"}""", 0)]
    [InlineData("""{"do":"pause","minutes":240}""", 1)]
    public async Task A_pause_outlasts_deep_sleep_and_no_longer_than_it_is(string pause, int buzzesAfterItsEnd)
    {
        await using var desk = await OnBattery(options => options with
        {
            Wearer = new Wearer(3, [Spell(0, 5, Activity.Walk), Spell(5, 40, Activity.Off), Spell(40, 43, Activity.Walk), Spell(43, 400, Activity.Sit)]),
        });
        desk.Listener.Publish("sitsense/desk-1/command", pause, retain: false);
        desk.Twin.PowerOn();
        desk.Listener.Publish("sitsense/desk-1/command", pause, retain: false);
        desk.Run(TimeSpan.FromMinutes(30));
        desk.Listener.Publish("sitsense/desk-1/command", pause, retain: false);
        desk.Run(TimeSpan.FromMinutes(190));
        Assert.True(desk.Twin.Board.Sleeper.DeepSleeps > 0);
        Assert.Empty(desk.Twin.Buzzes);
        desk.Run(TimeSpan.FromMinutes(120));
        Assert.Equal(buzzesAfterItsEnd > 0, desk.Twin.Buzzes.Count > 0);
    }

    [Fact]
    public async Task A_clip_that_is_moved_again_and_again_without_a_network_keeps_its_patience()
    {
        var spells = new List<Spell>();
        for (var hour = 0.0; hour < 8 * 60; hour += 20)
            spells.AddRange([Spell(hour, hour + 1, Activity.Walk), Spell(hour + 1, hour + 20, Activity.Off)]);
        await using var desk = await OnBattery(options => options with { Wearer = new Wearer(3, [.. spells]) });
        desk.Twin.PowerOn();
        desk.Run(TimeSpan.FromMinutes(30));
        var before = desk.Twin.Board.Network.RadioMs;
        desk.Twin.Board.Network.Wifi = false;
        desk.Run(TimeSpan.FromHours(7.5));
        Assert.InRange(desk.Twin.Board.Sleeper.DeepSleeps, 15, 30);
        Assert.InRange(desk.Twin.Board.Network.RadioMs - before, 0, 8 * (long)Batches.MostMs);
    }

    [Fact]
    public async Task After_a_day_in_a_drawer_by_a_bad_oscillator_nothing_is_dated_ahead()
    {
        await using var desk = await OnBattery(options => options with
        {
            Wearer = new Wearer(3, [Spell(0, 5, Activity.Walk), Spell(5, 665, Activity.Off), Spell(665, 668, Activity.Walk), Spell(668, 720, Activity.Sit)]),
        });
        // One in a hundred, as an ESP32's own may be.
        desk.Twin.Board.WallClock.CrystalPpm = 10_000;
        desk.Twin.PowerOn();
        desk.Run(TimeSpan.FromMinutes(720));

        var sat = desk.Changes().Last(change => change.Posture == "sitting");
        Assert.Equal(Desk.Start.AddMinutes(668), sat.At!.Value, TimeSpan.FromSeconds(40));
        Assert.All(desk.Beats("at").Where(at => at is not null), at => Assert.True(DateTime.Parse(at!).ToUniversalTime() < Desk.Start.AddMinutes(721)));
    }

    [Fact]
    public async Task A_link_that_hangs_is_ended_in_minutes_though_the_board_sleeps()
    {
        await using var desk = await OnBattery();
        desk.Twin.Board.Network.Wifi = false;
        desk.Twin.Board.Network.JoinHangs = true;
        desk.PowerOn(() => new Script((TimeSpan.FromMinutes(1), PostureKind.Sitting)) { Period = 60_000 });
        desk.Run(TimeSpan.FromMinutes(15));
        desk.Twin.Board.Network.JoinHangs = false;
        desk.Twin.Board.Network.Wifi = true;
        desk.Run(TimeSpan.FromMinutes(30));
        Assert.Contains("watchdog: link", desk.Beats("restart"));
    }

    [Fact]
    public async Task What_was_measured_is_told_before_deep_sleep()
    {
        await using var desk = await OnBattery(options => options with
        {
            Wearer = new Wearer(3, [Spell(0, 25, Activity.Walk), Spell(25, 180, Activity.Off)]),
        });
        desk.Twin.PowerOn();
        desk.Run(TimeSpan.FromMinutes(90));
        Assert.True(desk.Twin.Board.Sleeper.DeepSleeps > 0);
        Assert.InRange((double)desk.Listener.All("sitsense/desk-1/measures")[0]["walkingSeconds"]!, 20 * 60, 26 * 60);
    }

    [Fact]
    public void A_press_while_it_sleeps_is_answered_at_once()
    {
        using var twin = Alone(new Wearer(1, [Spell(0, 300, Activity.Sit)]));
        twin.PowerOn(() => new Script((TimeSpan.FromMinutes(1), PostureKind.Sitting)) { Period = 60_000 });
        twin.Run(TimeSpan.FromMinutes(33));
        var buzzes = twin.Buzzes.Count;
        twin.Press(TimeSpan.FromSeconds(0.15));
        twin.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(buzzes + 1, twin.Buzzes.Count);
        twin.Run(TimeSpan.FromMinutes(9));
        Assert.Equal(buzzes + 1, twin.Buzzes.Count);
        twin.Run(TimeSpan.FromMinutes(2));
        Assert.InRange(twin.Buzzes.Count, buzzes + 2, buzzes + 9);
    }

    [Fact]
    public void A_board_that_does_not_sleep_works_all_the_same_and_says_so()
    {
        using var twin = Alone(new Wearer(1, [Spell(0, 300, Activity.Sit)]));
        twin.Board.Sleeper.Refusal = 259;
        twin.PowerOn(() => new Script((TimeSpan.FromMinutes(1), PostureKind.Sitting)));
        twin.Run(TimeSpan.FromMinutes(32));

        Assert.Contains("sleep: the board does not sleep: error 259", twin.Wrong);
        Assert.Equal(Desk.Start.AddMinutes(31), twin.Buzzes[0].At, TimeSpan.FromSeconds(0.3));
        twin.Board.Sleeper.Refusal = null;
        twin.Run(TimeSpan.FromMinutes(2));
        Assert.DoesNotContain("sleep", twin.Wrong ?? "");
    }

    [Fact]
    public void Its_time_goes_on_through_sleep_to_the_millisecond()
    {
        using var twin = Alone(new Wearer(1, [Spell(0, 300, Activity.Sit)]));
        twin.PowerOn(() => new Script((TimeSpan.FromMinutes(1), PostureKind.Sitting)));
        twin.Run(TimeSpan.FromHours(20));

        Assert.InRange(twin.Board.Uptime, 0, 3_600_000);
        Assert.InRange(twin.Board.Sleeper.LightMs, 19.5 * 3_600_000, 20 * 3_600_000);
        var minutes = twin.Buzzes.Select(buzz => (buzz.At - Desk.Start).TotalMinutes).Select(minute => Math.Round(minute, 2)).ToList();
        Assert.Contains(31 + 18 * 60, minutes);
    }

    Task<Desk> OnBattery(Func<TwinOptions, TwinOptions>? with = null) =>
        Desk.StartAsync(options => (with?.Invoke(options) ?? options) with { OnBattery = true });

    TwinDevice Alone(Wearer wearer) => new(new TwinOptions
    {
        OnBattery = true,
        Wearer = wearer,
        FlashFolder = folder.Path,
        Speed = 0,
        StartUtc = Desk.Start,
        NeverPassesRealNow = false,
        Zone = TimeZoneInfo.Utc,
    });

    static DateTime Wall(Desk desk, long ms) => desk.Twin.Board.Clock.StartUtc.AddMilliseconds(desk.Twin.Board.Power!.BornAt + ms);

    static Spell Spell(double from, double to, Activity what) => new(Desk.Start.AddMinutes(from), Desk.Start.AddMinutes(to), what, true, false);
}
