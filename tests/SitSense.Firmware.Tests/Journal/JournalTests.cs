using SitSense.Firmware.Journal;
using Record = SitSense.Firmware.Journal.Record;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Reminding;
using static SitSense.Firmware.Tests.Journal.JournalBench;

namespace SitSense.Firmware.Tests.Journal;

public sealed class JournalTests : IDisposable
{
    /// <summary>The wall time at ms 0 of each boot here.</summary>
    const long Begin = 1_795_000_000_000;

    readonly JournalBench bench = new();

    public void Dispose() => bench.Dispose();

    static void Fill(EventJournal journal, int events)
    {
        for (var i = 0; i < events; i++)
            journal.Add(i % 2 == 0 ? PostureKind.Sitting : PostureKind.Upright, i * 1000);
    }

    [Fact]
    public void Events_come_back_in_order_with_one_seq_for_both_kinds()
    {
        var journal = bench.Boot();
        journal.SetTime(500, Begin + 500);
        journal.Add(PostureKind.Sitting, 1000);
        journal.Add(ReminderKind.Due, 2000, 1000);
        journal.Add(PostureKind.Upright, 3000);
        Assert.Equal(
            [(journal.Boot, 1u, RecordKind.Posture, Begin + 1000), (journal.Boot, 2u, RecordKind.Reminder, Begin + 2000), (journal.Boot, 3u, RecordKind.Posture, Begin + 3000)],
            Waiting(journal));
        journal.Newest(out var seq, out var posture);
        Assert.Equal((3u, PostureKind.Upright), (seq, posture));
    }

    [Fact]
    public void A_device_without_stored_state_begins_at_a_random_boot_and_counts_on_from_there()
    {
        var first = bench.Boot().Boot;
        Assert.InRange(first, 1u << 20, (uint)int.MaxValue);
        Assert.Equal(first + 1, bench.Boot().Boot);
        Assert.Equal(first + 2, bench.Boot().Boot);
    }

    [Fact]
    public void What_was_not_forgotten_waits_over_a_restart_and_the_rest_does_not()
    {
        var journal = bench.Boot();
        journal.SetTime(0, Begin);
        Fill(journal, 5);
        Forget(journal, 5);
        Fill(journal, 3);
        var boot = journal.Boot;
        journal = bench.Boot();
        Assert.Equal([(boot, 6u), (boot, 7u), (boot, 8u)], Waiting(journal).Select(e => (e.Boot, e.Seq)));
        Assert.Equal(3, journal.Pending);
        Assert.Equal(Begin + 2000, Waiting(journal)[2].Utc);
    }

    [Fact]
    public void Time_learnt_late_dates_what_happened_before()
    {
        var journal = bench.Boot();
        journal.Add(PostureKind.Sitting, 1000);
        Assert.Equal(-1, Waiting(journal)[0].Utc);
        journal.SetTime(60_000, Begin + 60_000);
        Assert.Equal(Begin + 1000, Waiting(journal)[0].Utc);
        Assert.Equal(Begin + 1000, Waiting(bench.Boot())[0].Utc);
    }

    [Fact]
    public void Events_that_nobody_can_ever_date_are_counted_as_lost_once()
    {
        Fill(bench.Boot(), 3);
        var journal = bench.Boot();
        journal.SetTime(0, Begin);
        journal.Add(PostureKind.Sitting, 5);
        Assert.Equal((3, 1), (journal.Lost, journal.Pending));
        journal = bench.Boot();
        Assert.Equal((3, 1), (journal.Lost, journal.Pending));
        Assert.Equal(1u, Assert.Single(Waiting(journal)).Seq);
    }

    [Fact]
    public void Days_offline_fill_many_segments_and_all_is_there()
    {
        var journal = bench.Boot();
        journal.SetTime(0, Begin);
        Fill(journal, 1500);
        Assert.Equal(Enumerable.Range(1, 1500), Waiting(journal).Select(e => (int)e.Seq));
        journal = bench.Boot();
        Assert.Equal(1500, journal.Pending);
        Assert.Equal(Enumerable.Range(1, 1500), Waiting(journal).Select(e => (int)e.Seq));
        Assert.All(Waiting(journal), e => Assert.Equal(Begin + (e.Seq - 1) * 1000, e.Utc));
        Forget(journal, 1500);
        Assert.Equal((0, 0), (journal.Pending, journal.Lost));
        Assert.InRange(bench.Image().Count, 1, 2);
    }

    [Fact]
    public void A_full_journal_drops_the_oldest_and_says_how_many()
    {
        var journal = bench.Boot();
        journal.SetTime(0, Begin);
        Fill(journal, 5000);
        var waiting = Waiting(journal);
        Assert.Equal(5000, journal.Lost + waiting.Count);
        Assert.Equal(waiting.Count, journal.Pending);
        Assert.InRange(waiting.Count, (Segments.Most - 1) * (Segments.RecordsEach - 2), Segments.Most * Segments.RecordsEach);
        Assert.Equal(Enumerable.Range(5001 - waiting.Count, waiting.Count), waiting.Select(e => (int)e.Seq));
        Assert.InRange(bench.Image().Values.Sum(file => file.Length), 0, Segments.Most * Segments.RecordsEach * Record.Bytes);
        var again = bench.Boot();
        Assert.Equal((journal.Lost, journal.Pending), (again.Lost, again.Pending));
    }

    [Fact]
    public void A_year_online_keeps_the_flash_small_and_writes_little()
    {
        var journal = bench.Boot();
        journal.SetTime(0, Begin);
        for (var change = 0; change < 50 * 365; change++)
        {
            journal.Add(PostureKind.Sitting, change);
            Forget(journal, 1);
        }
        Assert.InRange(bench.Image().Values.Sum(file => file.Length), 0, 2 * Segments.RecordsEach * Record.Bytes);
        // A record for the change, one for its acknowledgement, and two in each new segment.
        Assert.InRange(bench.Chip.BytesWritten / (50d * 365), 64, 66);
    }

    [Fact]
    public void A_flash_that_refuses_loses_nothing_while_the_power_lasts()
    {
        var journal = bench.Boot();
        journal.SetTime(0, Begin);
        Fill(journal, 3);
        var capacity = bench.Chip.Capacity;
        bench.Chip.Capacity = 0;
        Fill(journal, 10);
        Assert.Contains("journal", bench.Faults.Text());
        Assert.Equal(Enumerable.Range(1, 13), Waiting(journal).Select(e => (int)e.Seq));
        Forget(journal, 5);
        bench.Chip.Capacity = capacity;
        journal.Retry();
        Assert.Null(bench.Faults.Text());
        Assert.Equal(Enumerable.Range(6, 8), Waiting(journal).Select(e => (int)e.Seq));
        Assert.Equal(8, journal.Pending);
        Forget(journal, 1);
        Assert.Contains(13u, Waiting(bench.Boot()).Select(e => e.Seq));
    }

    [Fact]
    public void What_cannot_be_read_for_a_while_is_not_overtaken_by_what_waits_in_memory()
    {
        using var bench = new JournalBench();
        var journal = bench.Boot();
        for (var i = 0; i < 5; i++)
            journal.Add(PostureKind.Sitting, i);
        bench.Chip.Capacity = 0;
        journal.Add(PostureKind.Upright, 5);
        bench.Chip.Unreadable = true;
        Assert.False(journal.Next(0, new Record()));
        bench.Chip.Unreadable = false;
        Assert.Equal([1u, 2, 3, 4, 5, 6], JournalBench.Waiting(journal).Select(one => one.Seq));
    }

    [Fact]
    public void On_a_full_flash_the_oldest_events_make_room_for_the_number_of_a_boot()
    {
        var journal = bench.Boot();
        journal.SetTime(0, Begin);
        Fill(journal, 500);
        bench.Chip.Capacity = bench.Image().Values.Sum(file => file.Length);
        var full = bench.Boot();
        Assert.Equal(journal.Boot + 1, full.Boot);
        Assert.InRange(full.Lost, 1, Segments.RecordsEach);
        Assert.Equal(500, full.Lost + full.Pending);
        Assert.Equal(Enumerable.Range((int)full.Lost + 1, full.Pending), Waiting(full).Select(e => (int)e.Seq));
        var next = bench.Boot();
        Assert.Equal((full.Boot + 1, full.Lost, full.Pending), (next.Boot, next.Lost, next.Pending));
    }

    [Fact]
    public void Boots_whose_number_the_flash_does_not_take_have_different_ones_after_the_last()
    {
        var journal = bench.Boot();
        journal.SetTime(0, Begin);
        Fill(journal, 3);
        var capacity = bench.Chip.Capacity;
        bench.Chip.Capacity = 0;
        var boots = Enumerable.Range(1, 20).Select(seed => bench.Boot(seed)).ToList();
        Assert.Equal(20, boots.Select(boot => boot.Boot).Distinct().Count());
        Assert.All(boots, boot => Assert.True(boot.Boot > journal.Boot && boot is { Pending: 3, Lost: 0 }));
        boots[^1].SetTime(0, Begin);
        Fill(boots[^1], 2);
        bench.Chip.Capacity = capacity;
        boots[^1].Retry();
        Assert.Equal([1u, 2, 3, 1, 2], Waiting(boots[^1]).Select(e => e.Seq));
        Assert.True(bench.Boot().Boot > boots[^1].Boot);
    }

    [Fact]
    public void Rotten_bytes_anywhere_cost_their_records_and_no_more()
    {
        var journal = bench.Boot();
        journal.SetTime(0, Begin);
        Fill(journal, 20);
        var whole = bench.Image();
        var name = whole.Keys.Single();
        for (var at = Record.Bytes * 3; at < whole[name].Length; at += 7)
        {
            var rotten = (byte[])whole[name].Clone();
            rotten[at] ^= 0x55;
            bench.Restore(new() { [name] = rotten });
            Assert.Equal(Enumerable.Range(1, 20).Where(seq => seq != at / Record.Bytes - 2), Waiting(bench.Boot()).Select(e => (int)e.Seq));
        }
    }

    [Fact]
    public void Files_of_garbage_are_removed_and_the_journal_begins()
    {
        bench.Restore(new() { ["journal0.bin"] = new byte[4096], ["journal3.bin"] = [1, 2, 3], ["journal5.bin"] = [] });
        var journal = bench.Boot();
        Fill(journal, 2);
        Assert.Equal(2, Waiting(journal).Count);
        Assert.Single(bench.Image());
    }
}
