using SitSense.Firmware.Board;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Tests.Twin;

public sealed class VirtualClockTests : IDisposable
{
    static readonly DateTime start = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);

    readonly TempFolder folder = new();
    readonly VirtualBoard board;

    public VirtualClockTests() => board = new VirtualBoard(folder.Path, start);

    public void Dispose()
    {
        board.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Threads_take_turns_in_the_order_in_which_they_wake_and_a_run_repeats_exactly()
    {
        var first = Run();
        var second = Run();

        Assert.Equal(["a0", "b0", "c0", "b2", "a3", "b4", "c5", "a6", "b6", "b8", "a9"], first.Take(11));
        Assert.Equal(first, second);

        List<string> Run()
        {
            using var flash = new TempFolder();
            using var world = new VirtualBoard(flash.Path, start);
            var log = new List<string>();
            world.PowerOn(() =>
            {
                var clock = new Clock();
                clock.Start(() => Tick(clock, "b", 2));
                clock.Start(() => Tick(clock, "c", 5));
                Tick(clock, "a", 3);
            });
            world.Run(TimeSpan.FromMilliseconds(50));
            return log;

            void Tick(Clock clock, string name, int ms)
            {
                while (true)
                {
                    log.Add(name + clock.Now);
                    clock.Sleep(ms);
                }
            }
        }
    }

    [Fact]
    public void Time_stands_still_until_it_is_moved_and_stops_where_it_was_sent()
    {
        var ticks = 0;
        board.PowerOn(() =>
        {
            var clock = new Clock();
            while (true)
            {
                clock.Sleep(1000);
                ticks++;
            }
        });

        Assert.Equal(0, ticks);
        board.Run(TimeSpan.FromHours(1));
        Assert.Equal(3600, ticks);
        Assert.Equal(start.AddHours(1), board.Clock.UtcNow);
    }

    [Fact]
    public void Waking_ends_an_idle_early_and_is_remembered_when_nobody_idles()
    {
        var woken = new List<long>();
        board.PowerOn(() =>
        {
            var clock = new Clock();
            clock.Start(() =>
            {
                clock.Sleep(10);
                clock.Wake();
                clock.Sleep(10);
            });
            clock.Idle(1000);
            woken.Add(clock.Now);
            clock.Wake();
            clock.Idle(1000);
            woken.Add(clock.Now);
            clock.Idle(1000);
            woken.Add(clock.Now);
            clock.Sleep(int.MaxValue);
        });
        board.Run(TimeSpan.FromSeconds(5));

        Assert.Equal([10, 10, 1010], woken);
    }

    [Fact]
    public void A_power_cut_ends_every_thread_even_one_that_catches_everything()
    {
        var beats = 0;
        void Beat()
        {
            var clock = new Clock();
            while (true)
            {
                try
                {
                    beats++;
                    throw new InvalidOperationException("a fault");
                }
                catch (Exception)
                {
                    // survived, as the firmware does
                }
                clock.Sleep(10);
            }
        }
        board.PowerOn(() =>
        {
            new Clock().Start(Beat);
            Beat();
        });
        board.Run(TimeSpan.FromSeconds(1));
        var before = beats;

        board.PowerOff();
        board.Run(TimeSpan.FromSeconds(1));

        Assert.Equal(before, beats);
        Assert.Equal(start.AddSeconds(2), board.Clock.UtcNow);
    }

    [Fact]
    public void Uptime_begins_anew_with_the_power_while_utc_goes_on_and_the_wall_clock_is_lost()
    {
        var seen = new List<(long Now, bool IsSet)>();
        void Firmware()
        {
            var clock = new Clock();
            board.SetWall(board.Clock.UtcNow);
            clock.Sleep(5);
            seen.Add((clock.Now, clock.IsSet));
            clock.Sleep(int.MaxValue);
        }
        board.PowerOn(Firmware);
        board.Run(TimeSpan.FromMinutes(1));
        board.PowerOff();
        Assert.False(board.WallIsSet);
        board.Run(TimeSpan.FromMinutes(1));
        board.PowerOn(Firmware);
        board.Run(TimeSpan.FromMinutes(1));

        Assert.Equal([(5, true), (5, true)], seen);
        Assert.Equal(start.AddMinutes(3), board.Clock.UtcNow);
    }

    [Fact]
    public void A_reboot_starts_the_firmware_anew_on_the_same_flash()
    {
        var starts = 0;
        board.PowerOn(() =>
        {
            var clock = new Clock();
            var flash = new Flash();
            flash.Append(@"I:\starts", [1], 1);
            starts = flash.Length(@"I:\starts");
            clock.Sleep(1000);
            nanoFramework.Runtime.Native.Power.RebootDevice();
        });
        board.Run(TimeSpan.FromSeconds(10));

        Assert.Equal(8, starts);
    }

    [Fact]
    public void A_deep_sleep_ends_by_its_timer_with_a_new_start_that_knows_its_cause()
    {
        var causes = new List<nanoFramework.Hardware.Esp32.Sleep.WakeupCause>();
        board.PowerOn(() =>
        {
            causes.Add(nanoFramework.Hardware.Esp32.Sleep.GetWakeupCause());
            nanoFramework.Hardware.Esp32.Sleep.EnableWakeupByTimer(TimeSpan.FromMinutes(10));
            nanoFramework.Hardware.Esp32.Sleep.StartDeepSleep();
        });
        board.Run(TimeSpan.FromMinutes(25));

        Assert.Equal([default, nanoFramework.Hardware.Esp32.Sleep.WakeupCause.Timer, nanoFramework.Hardware.Esp32.Sleep.WakeupCause.Timer], causes);
    }

    [Fact]
    public void Virtual_time_waits_for_an_answer_of_the_real_world()
    {
        var ticks = 0;
        board.PowerOn(() =>
        {
            var clock = new Clock();
            while (true)
            {
                clock.Sleep(1000);
                ticks++;
            }
        });
        using (board.Clock.HoldStill())
        {
            Assert.Throws<TimeoutException>(() => board.Clock.RunUntil(60_000, atMost: TimeSpan.FromMilliseconds(50)));
            Assert.Equal(0, ticks);
        }
        board.Clock.RunUntil(60_000, TimeSpan.FromMinutes(2));
        Assert.Equal(60, ticks);
    }

    [Fact]
    public void Virtual_utc_never_passes_the_real_now()
    {
        using var flash = new TempFolder();
        using var world = new VirtualBoard(flash.Path, DateTime.UtcNow.AddHours(-1));
        world.Clock.NeverPassesRealNow = true;
        var latest = DateTime.MinValue;
        var caughtUp = new ManualResetEventSlim();
        world.PowerOn(() =>
        {
            var clock = new Clock();
            while (true)
            {
                clock.Sleep(100);
                latest = world.Clock.UtcNow;
                Assert.True(latest <= DateTime.UtcNow);
                if (latest > DateTime.UtcNow.AddSeconds(-1))
                    caughtUp.Set();
            }
        });
        world.RunFreely();

        Assert.True(caughtUp.Wait(30_000, TestContext.Current.CancellationToken));
        world.PowerOff();
        Assert.Null(world.Crash);
    }
}
