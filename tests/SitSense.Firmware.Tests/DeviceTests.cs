using SitSense.Firmware.Board;
using SitSense.Firmware.Journal;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Sensing;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Tests;

/// <summary>The whole device on a virtual board in virtual time, without a network.</summary>
public sealed class DeviceTests : IDisposable
{
    static readonly DateTime Start = new(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc);

    readonly string folder = Directory.CreateTempSubdirectory("sitsense-device-").FullName;
    readonly VirtualBoard board;
    readonly Script script = new();

    public DeviceTests()
    {
        board = new VirtualBoard(folder, Start);
        board.Clock.Speed = 0;
        Deploy("""{"device":"desk-1"}""");
    }

    public void Dispose()
    {
        board.Dispose();
        Directory.Delete(folder, true);
    }

    void Deploy(string json) => File.WriteAllText(Path.Combine(folder, "sitsense.json"), json);

    void On(bool withSensor = false) => board.PowerOn(() =>
    {
        var device = new Device(new Clock(), new Flash(), new Caretaker(), withSensor ? null : script);
        device.PostureChanged += (posture, since, _) => script.Told.Add((posture, since));
        device.Run();
    });

    void Minutes(double minutes) => board.Run(TimeSpan.FromMinutes(minutes));

    List<(uint Boot, uint Seq, RecordKind Kind, long Utc)> Journal()
    {
        using var reader = new VirtualBoard(folder);
        using var here = reader.Enter();
        var journal = new EventJournal(new Flash(), new Faults());
        journal.Open(0);
        return SitSense.Firmware.Tests.Journal.JournalBench.Waiting(journal);
    }

    /// <summary>A source that says what the test says, from the first poll after it.</summary>
    sealed class Script : PostureSource
    {
        PostureKind current;
        long since;

        public PostureKind Wanted;
        public long Tapped;

        public override long TappedAt => Tapped;

        public List<(PostureKind, long)> Told = [];

        public override int PeriodMs => 100;

        public override PostureKind Current => current;

        public override long Since => since;

        public override bool Poll(long ms)
        {
            if (Wanted == current)
                return false;
            current = Wanted;
            since = ms;
            return true;
        }
    }

    [Fact]
    public void Half_an_hour_of_sitting_buzzes_and_is_journalled()
    {
        script.Wanted = PostureKind.Sitting;
        On();
        Minutes(29.9);
        Assert.Empty(board.Pins.Buzzes(Pins.Buzzer));
        Minutes(1);
        Assert.Equal(2, board.Pins.Buzzes(Pins.Buzzer).Count);
        Assert.Equal([(PostureKind.Sitting, 0L)], script.Told);
    }

    [Fact]
    public void What_was_seen_without_a_broker_is_dated_after_the_power_was_off()
    {
        script.Wanted = PostureKind.Sitting;
        On();
        Minutes(1);
        board.SetWall(Start.AddMinutes(1));
        Minutes(30);
        board.PowerOff();
        var waiting = Journal();
        Assert.Equal([RecordKind.Posture, RecordKind.Reminder], waiting.Select(e => e.Kind));
        Assert.InRange(waiting[0].Utc - new DateTimeOffset(Start).ToUnixTimeMilliseconds(), -1000, 1000);
        Assert.InRange(waiting[1].Utc - new DateTimeOffset(Start.AddMinutes(30)).ToUnixTimeMilliseconds(), -1000, 1000);
    }

    [Fact]
    public void A_press_puts_the_reminder_off()
    {
        script.Wanted = PostureKind.Sitting;
        On();
        Minutes(30.5);
        var due = board.Pins.Buzzes(Pins.Buzzer).Count;
        board.Pins.Press(Pins.Button, TimeSpan.FromMilliseconds(200));
        Minutes(9);
        // The press is answered by one tick; the repetition that was due after 5 minutes does not come.
        Assert.Equal(due + 1, board.Pins.Buzzes(Pins.Buzzer).Count);
        Minutes(2);
        Assert.Equal(due + 1 + 3, board.Pins.Buzzes(Pins.Buzzer).Count);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(2)]
    public void A_release_whose_interrupt_was_lost_is_a_short_press_and_sets_nothing_up_anew(double seconds)
    {
        script.Wanted = PostureKind.Sitting;
        On();
        Minutes(30.5);
        var due = board.Pins.Buzzes(Pins.Buzzer).Count;
        board.Pins.Press(Pins.Button, TimeSpan.FromSeconds(seconds));
        Minutes(0.1 / 60);
        board.Pins.InterruptsAreLost = true;
        Minutes(9);
        // Answered by one tick, like any press.
        Assert.Equal(due + 1, board.Pins.Buzzes(Pins.Buzzer).Count);
        Assert.Null(board.LastRestart);
    }

    [Fact]
    public void With_strength_0_only_the_light_reminds()
    {
        Deploy("""{"device":"desk-1","strength":0}""");
        script.Wanted = PostureKind.Sitting;
        On();
        Minutes(29);
        var blinks = board.Pins.Buzzes(Pins.Light).Count;
        Minutes(3);
        Assert.Empty(board.Pins.Buzzes(Pins.Buzzer));
        Assert.InRange(board.Pins.Buzzes(Pins.Light).Count - blinks, 300, 800);
    }

    [Fact]
    public void In_silence_the_light_calls_until_the_wearer_rises_and_not_after_a_snooze()
    {
        Deploy("""{"device":"desk-1","strength":0}""");
        script.Wanted = PostureKind.Sitting;
        On();
        Minutes(31);
        Assert.InRange(BlinksOfAMinute(), 230, 250);
        board.Pins.Press(Pins.Button, TimeSpan.FromMilliseconds(200));
        Minutes(1);
        Assert.InRange(BlinksOfAMinute(), 0, 60);
        Minutes(9);
        Assert.InRange(BlinksOfAMinute(), 230, 250);
        script.Wanted = PostureKind.Upright;
        Minutes(0.1);
        Assert.InRange(BlinksOfAMinute(), 0, 60);
    }

    int BlinksOfAMinute()
    {
        var before = board.Pins.Buzzes(Pins.Light).Count;
        Minutes(1);
        return board.Pins.Buzzes(Pins.Light).Count - before;
    }

    [Theory]
    [InlineData("double", 250, 200, 250)]
    [InlineData("single", 400)]
    [InlineData("long", 1200)]
    [InlineData("heartbeat", 120, 150, 250, 600, 120, 150, 250)]
    [InlineData("rising", 100, 250, 200, 250, 400)]
    public void A_reminder_buzzes_in_the_pattern_that_was_chosen(string pattern, params int[] ms)
    {
        Deploy($$"""{"device":"desk-1","pattern":"{{pattern}}"}""");
        script.Wanted = PostureKind.Sitting;
        On();
        Minutes(31);
        var buzzes = board.Pins.Buzzes(Pins.Buzzer);
        Assert.Equal(ms.Where((_, i) => i % 2 == 0), buzzes.Select(buzz => (int)buzz.Length.TotalMilliseconds));
        Assert.Equal(ms.Sum(), (buzzes[^1].At + buzzes[^1].Length - buzzes[0].At).TotalMilliseconds);
        Minutes(5);
        Assert.True(board.Pins.Buzzes(Pins.Buzzer).Skip(buzzes.Count).Sum(buzz => buzz.Length.TotalMilliseconds) > buzzes.Sum(buzz => buzz.Length.TotalMilliseconds));
    }

    [Theory]
    [InlineData("""{"sensor":"seat","strength":100}""", 0.5)]
    [InlineData("""{"sensor":"seat","strength":20}""", 0.1)]
    [InlineData("""{"sensor":"seat","strength":1,"buzzer":"motor"}""", 0.703)]
    [InlineData("""{"sensor":"thigh","strength":50}""", 0.85)]
    [InlineData("""{"sensor":"thigh","strength":100}""", 1)]
    [InlineData("""{"sensor":"thigh","strength":80,"buzzer":"piezo"}""", 0.4)]
    public void A_piezo_is_loudest_at_half_the_wave_and_a_motor_needs_enough_to_turn(string settings, double duty)
    {
        Deploy(settings);
        script.Wanted = PostureKind.Sitting;
        On();
        Minutes(31);
        Assert.All(board.Pins.Buzzes(Pins.Buzzer), buzz => Assert.Equal(duty, buzz.Strength, 3));
    }

    [Fact]
    public void What_the_own_motor_shakes_is_no_tap_and_what_comes_after_it_is_one()
    {
        script.Wanted = PostureKind.Sitting;
        On();
        Minutes(30.5);
        var due = board.Pins.Buzzes(Pins.Buzzer);
        var end = (long)(due[^1].At + due[^1].Length - Start).TotalMilliseconds;
        script.Tapped = end - 200;
        Minutes(0.1);
        script.Tapped = end + 100;
        Minutes(0.1);
        Assert.Equal(due.Count, board.Pins.Buzzes(Pins.Buzzer).Count);
        script.Tapped = end + 700;
        Minutes(9);
        Assert.Equal(due.Count + 1, board.Pins.Buzzes(Pins.Buzzer).Count);
    }

    [Fact]
    public void Without_its_sensor_a_device_goes_on_and_says_so_with_its_light()
    {
        On(withSensor: true);
        Minutes(1);
        Assert.Null(board.Crash);
        Assert.NotEmpty(board.Pins.Buzzes(Pins.Light));
        Assert.Empty(script.Told);
    }

    [Fact]
    public void Every_boot_has_the_next_number()
    {
        for (var i = 0; i < 3; i++)
        {
            script.Wanted = i % 2 == 0 ? PostureKind.Sitting : PostureKind.Upright;
            On();
            board.SetWall(Start);
            Minutes(1);
            board.PowerOff();
        }
        var boots = Journal().Select(e => e.Boot).ToArray();
        Assert.Equal([boots[0], boots[0] + 1, boots[0] + 2], boots);
    }
}
