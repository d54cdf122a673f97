using SitSense.Firmware.Board;
using SitSense.Firmware.Journal;
using Record = SitSense.Firmware.Journal.Record;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Tests.Journal;

/// <summary>A flash in a folder of its own, and the journals of one boot after the other on it.</summary>
sealed class JournalBench : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("sitsense-journal-").FullName;
    readonly VirtualBoard board;

    public JournalBench() => board = new VirtualBoard(folder);

    public VirtualFlash Chip => board.Flash;

    public Faults Faults { get; } = new();

    public Flash Flash()
    {
        using var here = board.Enter();
        return new Flash();
    }

    /// <summary>The next boot.</summary>
    public EventJournal Boot(int seed = 1)
    {
        var journal = new EventJournal(Flash(), Faults);
        journal.Open(seed);
        return journal;
    }

    /// <summary>Ids and times of all that waits, oldest first.</summary>
    public static List<(uint Boot, uint Seq, RecordKind Kind, long Utc)> Waiting(EventJournal journal)
    {
        var all = new List<(uint, uint, RecordKind, long)>();
        var record = new Record();
        for (long after = 0; journal.Next(after, record); after = record.Order)
            all.Add((record.Boot, record.Seq, record.Kind, journal.UtcOf(record.Boot, record.Time)));
        return all;
    }

    /// <summary>Forgets the oldest events.</summary>
    public static void Forget(EventJournal journal, int events)
    {
        var record = new Record();
        for (; events > 0 && journal.Next(0, record); events--)
            journal.Forget(record.Order);
    }

    public Dictionary<string, byte[]> Image() =>
        Directory.EnumerateFiles(folder).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);

    public void Restore(Dictionary<string, byte[]> image)
    {
        foreach (var path in Directory.EnumerateFiles(folder))
            File.Delete(path);
        foreach (var (name, bytes) in image)
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
    }

    public void Dispose()
    {
        board.Dispose();
        Directory.Delete(folder, true);
    }
}
