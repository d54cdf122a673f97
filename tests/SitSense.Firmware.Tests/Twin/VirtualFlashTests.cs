using FsCheck;
using FsCheck.Fluent;
using SitSense.Firmware.Board;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Tests.Twin;

public sealed class VirtualFlashTests : IDisposable
{
    const string File = @"I:\file.bin";

    readonly TempFolder folder = new();
    readonly VirtualBoard board;

    public VirtualFlashTests() => board = new VirtualBoard(folder.Path);

    public void Dispose()
    {
        board.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_power_cut_within_an_append_keeps_what_was_there_and_a_beginning_of_the_new() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>().Filter(bytes => bytes.Length > 0), ArbMap.Default.ArbFor<NonNegativeInt>(), (bytes, cut) =>
        {
            Delete();
            Powered(flash => flash.Append(File, [1, 2, 3], 3));
            board.Flash.CutAfter = cut.Get % (bytes.Length + 1);
            Powered(flash =>
            {
                flash.Append(File, bytes, bytes.Length);
                Assert.Fail("the power should be gone");
            });
            var there = System.IO.File.ReadAllBytes(Path.Combine(folder.Path, "file.bin"));
            Assert.Equal([1, 2, 3, .. bytes.Take(cut.Get % (bytes.Length + 1))], there);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void After_the_cut_nothing_more_reaches_the_flash()
    {
        board.Flash.CutAfter = 2;
        Powered(flash =>
        {
            try
            {
                flash.Append(File, [1, 2, 3], 3);
            }
            catch (Exception)
            {
                flash.Append(@"I:\other", [1], 1);
            }
        });

        Assert.Equal(2, new FileInfo(Path.Combine(folder.Path, "file.bin")).Length);
        Assert.False(System.IO.File.Exists(Path.Combine(folder.Path, "other")));
    }

    [Fact]
    public void A_full_flash_refuses_and_keeps_what_it_had()
    {
        board.Flash.Capacity = 10;
        Powered(flash =>
        {
            flash.Write(File, new byte[8], 8);
            Assert.Throws<IOException>(() => flash.Append(File, new byte[3], 3));
            flash.Write(File, new byte[10], 10);
            Assert.Equal(10, flash.Length(File));
        });
        Assert.Null(board.Crash);
    }

    [Fact]
    public void Missing_files_and_other_drives_are_errors()
    {
        Powered(flash =>
        {
            Assert.False(flash.Exists(File));
            Assert.Throws<IOException>(() => flash.Length(File));
            Assert.Throws<IOException>(() => flash.Read(File, 0, new byte[1], 1));
            Assert.Throws<IOException>(() => flash.Move(File, @"I:\b"));
            Assert.Throws<IOException>(() => flash.Write("file.bin", new byte[1], 1));
            flash.Delete(File);
        });
        Assert.Null(board.Crash);
    }

    void Powered(Action<Flash> work)
    {
        board.PowerOn(() => work(new Flash()));
        board.Run(TimeSpan.FromMilliseconds(1));
        board.PowerOff();
    }

    void Delete() => System.IO.File.Delete(Path.Combine(folder.Path, "file.bin"));
}
