using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SitSense.Service.Storage;
using SitSense.Service.Storage.Sqlite;
using SitSense.Sitting;
using SitSense.Testing;
using static SitSense.Service.Tests.Storage.TempStore;

namespace SitSense.Service.Tests.Storage;

public sealed class StoreFaultTests : IAsyncDisposable
{
    readonly TempStore _temp = new();

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    [Fact]
    public async Task A_power_cut_after_any_batch_keeps_every_batch_that_was_stored()
    {
        var copies = Directory.CreateDirectory(Path.Combine(_temp.Folder, "copies")).FullName;
        for (var batch = 0; batch < 5; batch++)
        {
            await _temp.StoreAsync([.. Enumerable.Range(batch * 10, 10).Select(n => Change("d", 1, n, n * 60, Posture.Sitting))]);
            var copy = Directory.CreateDirectory(Path.Combine(copies, $"{batch}")).FullName;
            foreach (var file in (string[])["sitsense.db", "sitsense.db-wal"])
                File.Copy(Path.Combine(_temp.Folder, file), Path.Combine(copy, file));
            await using var after = SqliteStore.Open(copy, TimeProvider.System);
            Assert.Equal((batch + 1) * 10, (await after.HistoryAsync("d", Span(-1, 99999), default)).Records.Count);
        }
    }

    [Fact]
    public async Task A_torn_end_of_the_log_loses_only_what_was_not_yet_stored()
    {
        await _temp.StoreAsync(Change("d", 1, 1, 0, Posture.Sitting));
        var stored = new FileInfo(_temp.File + "-wal").Length;
        await _temp.StoreAsync(Change("d", 1, 2, 60, Posture.Upright));
        var full = new FileInfo(_temp.File + "-wal").Length;
        for (var length = stored; length <= full; length += Math.Max(1, (full - stored) / 7))
        {
            var copy = Directory.CreateTempSubdirectory("sitsense-torn-").FullName;
            File.Copy(_temp.File, Path.Combine(copy, "sitsense.db"));
            await File.WriteAllBytesAsync(Path.Combine(copy, "sitsense.db-wal"), File.ReadAllBytes(_temp.File + "-wal")[..(int)length], TestContext.Current.CancellationToken);
            await using (var after = SqliteStore.Open(copy, TimeProvider.System))
            {
                var records = (await after.HistoryAsync("d", Span(-1, 99), default)).Records.Count;
                Assert.Equal(length == full ? 2 : 1, records);
                Assert.Equal(records == 2 ? Span(0, 60) : Span(0, 0), Assert.Single(await after.TouchedAsync(10, default)).Span);
            }
            Directory.Delete(copy, true);
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told_in_one_line()
    {
        var file = Path.Combine(_temp.Folder, "file");
        File.WriteAllText(file, "");
        var error = Assert.Throws<StoreException>(() => SqliteStore.Open(Path.Combine(file, "data"), TimeProvider.System));
        Assert.Contains("Store:Folder", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_told_in_one_line()
    {
        Needs.Have(Directory.Exists("/proc/self"), "needs a file system where even the superuser cannot make a folder (/proc)");
        Assert.Contains("Store:Folder", Assert.Throws<StoreException>(() => SqliteStore.Open("/proc/sitsense", TimeProvider.System)).Message);
    }

    [Theory]
    [InlineData("damaged", "damaged or no SQLite database")]
    [InlineData("another", "another program's database")]
    [InlineData("newer", "newer SitSense")]
    public async Task A_file_that_is_no_store_is_told_in_one_line(string kind, string says)
    {
        var folder = Path.Combine(_temp.Folder, kind);
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "sitsense.db");
        if (kind == "damaged")
            await File.WriteAllBytesAsync(file, [.. Enumerable.Range(0, 9000).Select(n => (byte)(n * 7))], TestContext.Current.CancellationToken);
        else
        {
            if (kind == "newer")
                await SqliteStore.Open(folder, TimeProvider.System).DisposeAsync();
            using var other = new SqliteConnection($"Data Source={file};Pooling=False");
            other.Open();
            StoreFile.Execute(other, kind == "newer" ? "PRAGMA user_version=99" : "CREATE TABLE theirs(x)");
        }
        var error = Assert.Throws<StoreException>(() => SqliteStore.Open(folder, TimeProvider.System));
        Assert.Contains(says, error.Message);
        Assert.Contains(file, error.Message);
    }

    [Fact]
    public async Task A_store_whose_pages_are_damaged_is_told_and_takes_nothing()
    {
        await _temp.StoreAsync([.. Enumerable.Range(0, 500).Select(n => Change("d", 1, n, n, Posture.Sitting))]);
        await _temp.Store.DisposeAsync();
        using (var file = File.OpenWrite(_temp.File))
        {
            file.Position = 4096;
            file.Write(new byte[file.Length - 4096].Select(_ => (byte)0x5A).ToArray());
        }
        Assert.Contains("restore", (await Assert.ThrowsAsync<StoreException>(async () =>
        {
            await using var damaged = SqliteStore.Open(_temp.Folder, TimeProvider.System);
            await damaged.StoreAsync([Change("d", 1, 600, 600, Posture.Upright)], default);
        })).Message);
    }

    [Fact]
    public async Task Two_processes_write_beside_each_other()
    {
        await using var other = SqliteStore.Open(_temp.Folder, TimeProvider.System);
        await Task.WhenAll(
            Task.Run(async () => { for (var n = 0; n < 50; n++) await _temp.StoreAsync(Change("a", 1, n, n, Posture.Sitting)); }),
            Task.Run(async () => { for (var n = 0; n < 50; n++) await other.StoreAsync([Change("b", 1, n, n, Posture.Sitting)], default); }),
            Task.Run(async () => { for (var n = 0; n < 50; n++) await other.AssignAsync(new Assignment("a", $"w{n}", null, null), default); }));
        Assert.Equal(["a|50", "b|50"], _temp.Rows("SELECT name, count(*) FROM record JOIN device ON id = device GROUP BY name ORDER BY name"));
        Assert.Equal(["0"], _temp.Rows("SELECT count(*) - count(DISTINCT revision) FROM record"));
    }

    [Fact]
    public async Task What_another_process_writes_meanwhile_is_seen()
    {
        await using var other = SqliteStore.Open(_temp.Folder, TimeProvider.System);
        await _temp.StoreAsync(Change("d", 1, 1, 0, Posture.Sitting));
        await other.StoreAsync([Change("d", 1, 2, 60, Posture.Upright), Change("d", 1, 3, 120, Posture.Sitting)], default);
        await other.AssignAsync(new Assignment("d", "anna", null, null), default);
        await _temp.Store.SaveDaysAsync([], await _temp.Store.TouchedAsync(10, default), default);
        Assert.Equal([Outcome.Duplicate, Outcome.Stored], await _temp.StoreAsync(Change("d", 1, 3, 120, Posture.Sitting), Change("d", 1, 4, 100, Posture.Upright)));
        Assert.Equal(["1|0", "2|60", "3|120", "4|120"], _temp.Rows($"SELECT seq, (at - {Morning.ToUnixTimeMilliseconds()}) / 1000 FROM record ORDER BY seq"));
        Assert.Equal(("anna", Span(120, 120)), Assert.Single(await _temp.Store.TouchedAsync(10, default)) is var note ? (note.Wearer, note.Span) : default);
    }

    [Fact]
    public async Task A_killed_writer_leaves_what_it_said_was_stored()
    {
        var child = Process.Start(new ProcessStartInfo(Path.ChangeExtension(typeof(KilledWriter).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null))
        {
            RedirectStandardOutput = true,
            Environment = { [KilledWriter.Variable] = Path.Combine(_temp.Folder, "killed") },
        })!;
        var said = 0;
        while (said < 40 && await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            said = int.TryParse(line, out var number) ? number : said;
        child.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        await using var after = SqliteStore.Open(Path.Combine(_temp.Folder, "killed"), TimeProvider.System);
        Assert.True(said >= 40);
        var records = (await after.HistoryAsync("d", Span(-1, 9_999_999), default)).Records;
        Assert.True(records.Count >= said * KilledWriter.BatchSize);
        Assert.Equal(Enumerable.Range(0, records.Count).Select(n => (long)n), records.Select(r => r.Seq));
        Assert.Equal(0, records.Count % KilledWriter.BatchSize);
    }
}
