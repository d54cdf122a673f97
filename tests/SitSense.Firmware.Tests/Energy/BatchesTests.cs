using SitSense.Firmware.Link;

namespace SitSense.Firmware.Tests.Energy;

/// <summary>When the radio of a device on a battery is on.</summary>
public sealed class BatchesTests
{
    const int Wished = 60_000;

    readonly Batches batches = new(7);

    [Fact]
    public void The_first_is_due_at_once_and_the_next_a_quarter_of_an_hour_after_it()
    {
        Assert.True(batches.Begin(1_000));
        Assert.True(batches.IsOpen(1_000));
        Assert.False(batches.Begin(1_000));
        batches.End(4_000, true, Wished);

        Assert.False(batches.IsOpen(4_001));
        Assert.InRange(batches.DueAt - 4_000, Batches.EachMs * 15 / 16, Batches.EachMs * 17 / 16);
        Assert.False(batches.Begin(batches.DueAt - 1));
        Assert.True(batches.Begin(batches.DueAt));
    }

    [Fact]
    public void A_heartbeat_that_is_wished_for_more_rarely_makes_batches_rarer()
    {
        batches.Begin(0);
        batches.End(0, true, 3_600_000);

        Assert.InRange(batches.DueAt, 3_600_000 * 15 / 16, 3_600_000L * 17 / 16);
    }

    [Fact]
    public void As_long_as_none_arrives_they_come_ever_more_rarely_and_never_end()
    {
        var waits = new List<long>();
        for (long now = 0; waits.Count < 10; now = batches.DueAt)
        {
            Assert.True(batches.Begin(now));
            batches.End(now + 30_000, false, Wished);
            waits.Add((batches.DueAt - now - 30_000 + Batches.EachMs / 2) / Batches.EachMs);
        }

        Assert.InRange(waits[0], 1, 1);
        Assert.InRange(waits[1], 2, 2);
        Assert.InRange(waits[2], 4, 4);
        batches.Begin(batches.DueAt);
        batches.End(1_000, false, Wished);
        Assert.True(batches.HasFailed(1_000));
        Assert.False(batches.HasFailed(100_000));
        Assert.All(waits.Skip(5), wait => Assert.InRange(wait, 15, 17));
        batches.Begin(batches.DueAt);
        batches.End(0, true, Wished);
        Assert.False(batches.HasFailed(1));
    }

    [Fact]
    public void The_radio_is_on_for_ten_minutes_at_most_while_a_program_is_fetched()
    {
        batches.Begin(5);
        for (var now = 5L; now < 20 * Batches.MostMs; now += 1000)
            if (batches.IsOpen(now))
                batches.Hold(now);

        Assert.True(batches.IsOpen(5 + 10 * Batches.MostMs));
        Assert.False(batches.IsOpen(5 + 11 * Batches.MostMs));
    }

    [Fact]
    public void None_comes_before_its_time_soon_after_another_or_while_none_arrives()
    {
        Assert.False(batches.MayHurry(60_000));
        batches.Begin(400_000);
        batches.End(402_000, true, Wished);
        Assert.False(batches.MayHurry(500_000));
        Assert.True(batches.MayHurry(800_000));
        batches.Begin(batches.DueAt);
        batches.End(2_000_000, false, Wished);
        Assert.False(batches.MayHurry(9_000_000));
    }

    [Fact]
    public void What_was_waited_for_goes_on_after_a_restart()
    {
        batches.GoOn(300_000, 3);
        Assert.False(batches.Begin(0));
        Assert.True(batches.Begin(300_000));
        batches.End(301_000, false, Wished);
        Assert.InRange(batches.DueAt - 301_000, 100 * 60_000, 140 * 60_000);
    }

    [Fact]
    public void Otherwise_the_radio_is_never_on_for_more_than_a_minute()
    {
        batches.Begin(5);

        Assert.True(batches.IsOpen(5 + Batches.MostMs - 1));
        Assert.False(batches.IsOpen(5 + Batches.MostMs));
        Assert.False(batches.Begin(5 + Batches.MostMs));
    }

    [Fact]
    public void What_is_wanted_during_one_comes_right_after_it()
    {
        batches.Begin(0);
        batches.Want(1_000);
        batches.End(2_000, true, Wished);

        Assert.True(batches.Begin(2_000));
    }
}
