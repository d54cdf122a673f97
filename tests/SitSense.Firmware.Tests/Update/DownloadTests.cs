using System.Buffers.Binary;
using SitSense.Firmware.Board;
using SitSense.Upkeep.Update;

namespace SitSense.Firmware.Tests.Update;

/// <summary>What is taken onto the flash.</summary>
public sealed class DownloadTests
{
    static readonly byte[] program = Enumerable.Range(0, 10_000).Select(i => (byte)(i * i >> 3)).ToArray();

    [Fact]
    public void A_package_comes_in_pieces_of_a_flash_block()
    {
        using var bench = new UpdateBench();
        using var here = bench.Board.Enter();
        var (programs, download) = bench.Fetcher();
        var header = UpdateBench.Signer.Header(7, program);
        Assert.Null(download.Offer(header));
        var asked = new List<string>();
        while (download.Turn(out var failure) is { } state && !download.IsReady)
        {
            Assert.Null(failure);
            asked.Add(state);
            download.Put(UpdateBench.Piece(header, program, state));
        }
        Assert.Equal(
        [
            """{"v":1,"counter":7,"state":"wanted","offset":0,"bytes":4096,"size":10000}""",
            """{"v":1,"counter":7,"state":"wanted","offset":4096,"bytes":4096,"size":10000}""",
            """{"v":1,"counter":7,"state":"wanted","offset":8192,"bytes":1808,"size":10000}""",
        ], asked);
        Assert.Equal(7u, programs.Trial);
        Assert.Equal([.. header, .. program], File.ReadAllBytes(bench.At("package0")));
        Assert.False(File.Exists(bench.At("room")));
    }

    [Fact]
    public void What_nobody_or_somebody_else_signed_touches_no_flash()
    {
        using var bench = new UpdateBench();
        using var other = new Signer();
        var header = UpdateBench.Signer.Header(7, program);
        var raised = header.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(raised.AsSpan(8), 8);
        using var here = bench.Board.Enter();
        var download = bench.Fetcher().Download;
        Assert.Contains("signature", download.Offer(other.Header(7, program)));
        Assert.Contains("signature", download.Offer(raised));
        Assert.Contains("signature", download.Offer([.. header[..64], .. new byte[256]]));
        Assert.Contains("no header", download.Offer(header[..319]));
        Assert.Contains("no header", download.Offer([]));
        Assert.Contains("no header", download.Offer([0, .. header[1..]]));
        Assert.Contains("updateKey", bench.Fetcher("").Download.Offer(header));
        Assert.Equal(0, bench.Board.Flash.Operations);
    }

    [Fact]
    public void Another_content_than_the_signed_one_is_removed()
    {
        using var bench = new UpdateBench();
        var forged = program.ToArray();
        forged[5000] ^= 1;
        Assert.Contains("not what was signed", bench.Fetch(UpdateBench.Signer.Header(7, program), forged));
        Assert.Equal(0u, bench.Known().Trial);
        Assert.False(File.Exists(bench.At("package0")));
        Assert.Null(bench.Fetch(7, program));
    }

    [Fact]
    public void What_the_flash_does_not_take_is_not_so()
    {
        using var bench = new UpdateBench();
        Assert.Null(bench.Fetch(7, program));
        bench.On(() => bench.Fetcher().Programs.Confirm(7));
        bench.On(flash =>
        {
            var programs = bench.Fetcher().Programs;
            flash.Capacity = 0;
            Assert.Throws<IOException>(() => programs.Begin(8, 0));
            Assert.Equal((7u, 0u, 7u), (programs.Healthy, programs.Trial, programs.Newest));
            Assert.Throws<IOException>(programs.Drop);
            Assert.Equal((7u, 1), (programs.Healthy, programs.IdleSlot));
        });
    }

    [Fact]
    public void A_flash_that_could_not_be_read_at_the_start_is_read_before_anything_is_taken()
    {
        using var bench = new UpdateBench();
        Assert.Null(bench.Fetch(7, program));
        bench.On(() => bench.Fetcher().Programs.Confirm(7));
        bench.On(flash =>
        {
            var programs = new Programs(new());
            var download = new Download(new(), new(), programs, PublicKey.Read(UpdateBench.Signer.Key));
            flash.Unreadable = true;
            Assert.Contains("cannot be read", download.Offer(UpdateBench.Signer.Header(8, program)));
            flash.Unreadable = false;
            Assert.Contains("not newer", download.Offer(UpdateBench.Signer.Header(5, program)));
        });
    }

    [Fact]
    public void Who_is_confirmed_is_the_program_that_ran_and_not_the_one_that_waits()
    {
        using var bench = new UpdateBench();
        Assert.Null(bench.Fetch(7, program));
        bench.On(() => bench.Fetcher().Programs.Confirm(7));
        Assert.Null(bench.Fetch(8, program));
        bench.On(() => bench.Fetcher().Programs.Confirm(7));
        Assert.Equal((7u, 8u), (bench.Known().Healthy, bench.Known().Trial));
    }

    [Fact]
    public void The_same_offer_again_writes_nothing_and_asks_again()
    {
        using var bench = new UpdateBench();
        var header = UpdateBench.Signer.Header(7, program);
        bench.On(flash =>
        {
            var (_, download) = bench.Fetcher();
            Assert.Null(download.Offer(header));
            var written = flash.Operations;
            Assert.NotNull(download.Turn(out _));
            Assert.Null(download.Turn(out _));
            Assert.Null(download.Offer(header));
            Assert.NotNull(download.Turn(out _));
            Assert.Equal(written, flash.Operations);
        });
    }

    [Fact]
    public void An_old_package_cannot_be_replayed()
    {
        using var bench = new UpdateBench();
        Assert.Contains("not newer", bench.Fetch(Release.Number, program));
        Assert.Null(bench.Fetch(7, program));
        Assert.Contains("on trial", bench.Fetch(8, program));
        bench.On(() => bench.Fetcher().Programs.Confirm(7));
        Assert.Contains("not newer", bench.Fetch(7, program));
        Assert.Contains("not newer", bench.Fetch(6, program));
        bench.On(() => bench.Fetcher().Programs.Drop());
        Assert.Contains("not newer", bench.Fetch(7, program));
        Assert.Null(bench.Fetch(8, program));
    }

    [Fact]
    public void Pieces_that_were_not_asked_for_are_passed_over()
    {
        using var bench = new UpdateBench();
        using var here = bench.Board.Enter();
        var download = bench.Fetcher().Download;
        var header = UpdateBench.Signer.Header(7, program);
        download.Put(new byte[100]);
        Assert.Null(download.Turn(out _));
        Assert.Null(download.Offer(header));
        var right = UpdateBench.Piece(header, program, download.Turn(out _)!);
        foreach (var wrong in new[] { [], new byte[7], right[..^1], [.. right, 0], [.. right[..4], 0, 16, 0, 0, .. right[8..]], [9, .. right[1..]] })
        {
            download.Put(wrong);
            Assert.Null(download.Turn(out var failure));
            Assert.Null(failure);
        }
        download.Put(right);
        Assert.Contains("\"offset\":4096", download.Turn(out _));
        download.Put(right);
        Assert.Null(download.Turn(out _));
        Assert.Equal(320 + 4096, new FileInfo(bench.At("package0")).Length);
    }

    [Fact]
    public void What_has_come_is_kept_and_the_rest_is_asked_for()
    {
        using var bench = new UpdateBench();
        var header = UpdateBench.Signer.Header(7, program);
        // As if the power had gone within the second piece.
        File.WriteAllBytes(bench.At("package0"), [.. header, .. program[..5000]]);
        bench.On(() =>
        {
            var download = bench.Fetcher().Download;
            Assert.Null(download.Offer(header));
            Assert.Contains("\"offset\":5000,\"bytes\":3192", download.Turn(out _));
        });
        Assert.Null(bench.Fetch(header, program));
    }

    [Fact]
    public void A_part_of_another_package_is_not_gone_on_with()
    {
        using var bench = new UpdateBench();
        File.WriteAllBytes(bench.At("package0"), [.. UpdateBench.Signer.Header(6, program), .. program[..5000]]);
        Assert.Null(bench.Fetch(7, program));
        Assert.Equal(7u, bench.Known().Trial);
    }

    [Fact]
    public void Room_on_the_flash_and_in_memory_is_looked_for_before()
    {
        using var bench = new UpdateBench();
        var huge = new byte[200_000];
        Assert.Contains("memory", bench.Fetch(7, huge));
        bench.Board.Flash.Capacity = 70_000;
        Assert.Contains("no room", bench.Fetch(7, program));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(bench.At("x"))!));
        bench.Board.Flash.Capacity = 80_000;
        Assert.Null(bench.Fetch(7, program));
    }

    [Fact]
    public void Who_offers_and_sends_nothing_is_not_waited_for_for_ever()
    {
        using var bench = new UpdateBench();
        var failures = new List<string>();
        var asked = 0;
        bench.Board.PowerOn(() =>
        {
            var download = bench.Fetcher().Download;
            Assert.Null(download.Offer(UpdateBench.Signer.Header(7, program)));
            var clock = new Clock();
            while (true)
            {
                asked += download.Turn(out var failure) is null ? 0 : 1;
                if (failure is not null)
                    failures.Add(failure);
                clock.Sleep(1000);
            }
        });
        bench.Board.Run(TimeSpan.FromHours(1));
        bench.Board.PowerOff();
        Assert.Contains("offer it again", Assert.Single(failures));
        Assert.Equal(60, asked);
    }

    [Fact]
    public void A_power_cut_at_any_write_leaves_a_board_that_starts_and_can_be_updated()
    {
        var writes = new List<(string Path, int Bytes)>();
        using (var bench = new UpdateBench())
        {
            Assert.Null(bench.Fetch(7, Package.Content));
            bench.Live(TimeSpan.FromMinutes(1));
            bench.Board.Flash.Writing += (path, bytes) => writes.Add((path, bytes));
            bench.Fetch(8, Package.Content);
            bench.Live(TimeSpan.FromMinutes(1));
        }
        var (before, rooms) = (0, 0);
        foreach (var (path, bytes) in writes)
        {
            var isNote = path.Contains("programs", StringComparison.Ordinal);
            // Looking for room is thirty times the same.
            if (!path.EndsWith("room", StringComparison.Ordinal) || rooms++ % 16 == 0)
                foreach (var part in isNote ? new[] { 1, (bytes + 1) / 2, bytes }.Distinct() : [(bytes + 1) / 2])
                    Cut(before + part, path);
            before += bytes;
        }
        string[] files = ["room", "package0", "package1", "programs0", "programs1"];
        Assert.Subset(writes.Select(write => write.Path[3..].Split('.')[0]).ToHashSet(), files.ToHashSet());
    }

    // From here on the power may go: in fetching, before the first start, in the trial, in confirming.
    static void Cut(int after, string path)
    {
        using var bench = new UpdateBench();
        Assert.Null(bench.Fetch(7, Package.Content));
        bench.Live(TimeSpan.FromMinutes(1));
        bench.Board.Flash.CutAfter = after;
        bench.Fetch(8, Package.Content);
        bench.Live(TimeSpan.FromMinutes(1));
        Assert.True(bench.Board.Flash.CutAfter is null, $"{path}: not cut after {after} bytes");
        bench.Live(TimeSpan.FromMinutes(1));
        Assert.True(bench.Board.Crash is null && bench.Deployed == 0, $"{path}, {after}: {bench.Board.Crash}, the deployed program ran {bench.Deployed} times");
        Assert.Contains(bench.Ran[^1], new byte[] { 7, 8 });
        if (bench.Ran[^1] == 7)
        {
            Assert.Null(bench.Fetch(8, Package.Content));
            bench.Live(TimeSpan.FromMinutes(1));
        }
        Assert.Equal(8, bench.Ran[^1]);
    }

    [Fact]
    public void A_power_cut_in_what_is_noted_leaves_the_old_or_the_new()
    {
        for (var after = 1; ; after += 5)
        {
            using var bench = new UpdateBench();
            Assert.Null(bench.Fetch(7, Package.Content));
            bench.Board.Flash.CutAfter = after;
            bench.Live(TimeSpan.FromMinutes(1));
            var cut = bench.Board.Flash.CutAfter is null;
            bench.Board.Flash.CutAfter = null;
            bench.Live(TimeSpan.FromMinutes(1));
            Assert.Equal((0, 7), (bench.Deployed, bench.Ran[^1]));
            if (!cut)
                return;
        }
    }
}
