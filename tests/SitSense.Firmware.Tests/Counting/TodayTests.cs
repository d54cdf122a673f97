using SitSense.Firmware.Counting;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Tests.Journal;

namespace SitSense.Firmware.Tests.Counting;

public sealed class TodayTests : IDisposable
{
    const long Minute = 60_000, Hour = 60 * Minute, Day = 24 * Hour, Morning = 20_000 * Day + 8 * Hour;

    readonly JournalBench bench = new();

    public void Dispose() => bench.Dispose();

    Today Start()
    {
        var today = new Today(bench.Flash(), bench.Faults);
        today.Begin();
        return today;
    }

    /// <summary>Sits for so long from power-on, with the time known from the first second.</summary>
    Today Sit(long utcMs, long ms)
    {
        var today = Start();
        today.Posture(PostureKind.Sitting, 0);
        for (long now = 0; now <= ms; now += 1000)
            today.Tick(now, utcMs + now, 0);
        return today;
    }

    static long SittingOf(Today today, long now)
    {
        today.Read(now, out _, out var sitting, out _);
        return sitting;
    }

    [Fact]
    public void A_power_cut_takes_ten_minutes_of_the_day_at_most()
    {
        Sit(Morning, 95 * Minute);
        var today = Sit(Morning + 2 * Hour, 5 * Minute);
        Assert.InRange(SittingOf(today, 5 * Minute), 90 * Minute, 100 * Minute);
    }

    [Fact]
    public void An_ordered_restart_takes_nothing_of_it()
    {
        Sit(Morning, 95 * Minute).Keep(95 * Minute);
        Assert.Equal(100 * Minute, SittingOf(Sit(Morning + 2 * Hour, 5 * Minute), 5 * Minute));
    }

    [Fact]
    public void Another_day_begins_at_nothing()
    {
        Sit(Morning, 95 * Minute);
        Assert.Equal(5 * Minute, SittingOf(Sit(Morning + Day, 5 * Minute), 5 * Minute));
    }

    [Fact]
    public void Without_the_time_there_is_no_today_but_a_bout()
    {
        var today = Start();
        today.Posture(PostureKind.Sitting, 1000);
        today.Tick(Minute, -1, 0);
        today.Read(Minute, out var bout, out var sitting, out _);
        Assert.Equal((59_000, -1), (bout, sitting));
    }

    [Fact]
    public void Ten_hours_of_sitting_are_sixty_writes_and_standing_is_none()
    {
        var today = Sit(Morning, 10 * Hour);
        var written = bench.Chip.BytesWritten;
        Assert.InRange(written, 59 * 33, 60 * 33);
        today.Posture(PostureKind.Upright, 10 * Hour);
        for (var now = 10 * Hour; now < 13 * Hour; now += 1000)
            today.Tick(now, Morning + now, 0);
        Assert.InRange(bench.Chip.BytesWritten - written, 0, 33);
    }

    [Fact]
    public void Damaged_it_begins_at_nothing_and_a_flash_that_refuses_is_a_fault_and_no_more()
    {
        Sit(Morning, 25 * Minute);
        var image = bench.Image();
        foreach (var (_, bytes) in image)
            bytes[12] ^= 1;
        bench.Restore(image);
        bench.Chip.Capacity = 0;
        var today = Sit(Morning + Hour, 15 * Minute);
        Assert.Equal(15 * Minute, SittingOf(today, 15 * Minute));
        Assert.Contains("today: ", bench.Faults.Text());
    }
}
