using SitSense.Firmware.Journal;
using Record = SitSense.Firmware.Journal.Record;
using SitSense.Firmware.Posture;
using SitSense.Twin.Hardware;
using static SitSense.Firmware.Tests.Journal.JournalBench;

namespace SitSense.Firmware.Tests.Journal;

/// <summary>The power goes after every single byte that a stretch of the journal's life writes.</summary>
public sealed class PowerCutTests : IDisposable
{
    const long Begin = 1_795_000_000_000;

    readonly JournalBench bench = new();

    public void Dispose() => bench.Dispose();

    /// <summary>What was promised at the moment of the cut.</summary>
    sealed class Promises
    {
        public uint Boot;
        public int Added, Adding, Forgotten, Forgetting;
    }

    void Live(Promises made, int add, int forget, int addMore)
    {
        var journal = bench.Boot();
        made.Boot = journal.Boot;
        journal.SetTime(0, Begin);
        Add(journal, made, add);
        for (; forget > 0; forget--)
        {
            made.Forgetting++;
            Forget(journal, 1);
            if (journal.Pending == 0)
                made.Forgotten = made.Forgetting;
        }
        Add(journal, made, addMore);
    }

    static void Add(EventJournal journal, Promises made, int events)
    {
        for (; events > 0; events--)
        {
            made.Adding++;
            journal.Add(PostureKind.Sitting, made.Adding);
            made.Added = made.Adding;
        }
    }

    void CutEverywhere(Dictionary<string, byte[]> image, int add, int forget, int addMore)
    {
        bench.Restore(image);
        var before = bench.Chip.BytesWritten + bench.Chip.Operations;
        Live(new Promises(), add, forget, addMore);
        var most = bench.Chip.BytesWritten + bench.Chip.Operations - before;
        var cuts = 0;
        for (var after = 1L; after <= most; after++)
        {
            bench.Restore(image);
            bench.Chip.CutAfter = after;
            var made = new Promises();
            try
            {
                Live(made, add, forget, addMore);
            }
            catch (PowerLost)
            {
                cuts++;
            }
            bench.Chip.CutAfter = null;
            Check(made, after);
        }
        Assert.InRange(cuts, Record.Bytes * (add + addMore), int.MaxValue);
    }

    void Check(Promises made, long cut)
    {
        var journal = bench.Boot();
        var mine = Waiting(journal).Where(e => e.Boot == made.Boot).ToList();
        var seqs = mine.Select(e => (int)e.Seq).ToList();
        Assert.True(seqs.SequenceEqual(Enumerable.Range(seqs.FirstOrDefault(made.Added + 1), seqs.Count)), $"cut after {cut}: not in order");
        Assert.True(journal.Lost == 0, $"cut after {cut}: {journal.Lost} lost");
        Assert.True(made.Boot == 0 || journal.Boot == made.Boot + 1, $"cut after {cut}: boot {journal.Boot} after {made.Boot}");
        Assert.Equal(Waiting(journal).Count, journal.Pending);
        var first = seqs.Count == 0 ? made.Added + 1 : seqs[0];
        var last = seqs.Count == 0 ? made.Added : seqs[^1];
        Assert.True(first <= made.Forgetting + 1, $"cut after {cut}: {first} is the first although only {made.Forgetting} were forgotten");
        Assert.True(first > made.Forgotten, $"cut after {cut}: {first} came back");
        Assert.True(last >= made.Added && last <= made.Adding, $"cut after {cut}: the last is {last}, journalled were {made.Added}");
        Assert.All(mine, e => Assert.Equal(Begin + e.Seq, e.Utc));
        // Whatever the cut left, the journal goes on, and the next boot finds it all.
        journal.SetTime(0, Begin);
        journal.Add(PostureKind.Upright, 1);
        var waiting = Waiting(journal);
        Assert.Equal(waiting, Waiting(bench.Boot()));
    }

    [Fact]
    public void From_the_first_boot_of_a_device() => CutEverywhere([], 3, 3, 2);

    [Fact]
    public void In_the_middle_of_a_life()
    {
        Forget(Filled(20), 20);
        CutEverywhere(bench.Image(), 3, 2, 2);
    }

    [Fact]
    public void Where_a_segment_begins() 
    {
        Filled(Segments.RecordsEach - 8);
        CutEverywhere(bench.Image(), 8, 0, 1);
    }

    [Fact]
    public void Where_a_segment_is_forgotten_and_deleted()
    {
        var journal = Filled(Segments.RecordsEach + 5);
        Forget(journal, Segments.RecordsEach + 3);
        CutEverywhere(bench.Image(), 2, 4, 1);
    }

    EventJournal Filled(int events)
    {
        var journal = bench.Boot();
        journal.SetTime(0, Begin);
        for (var i = 0; i < events; i++)
            journal.Add(PostureKind.Sitting, i);
        return journal;
    }
}
