using System.Text;
using SitSense.Firmware.Board;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Tests.Journal;

public sealed class SafeFileTests : IDisposable
{
    readonly JournalBench bench = new();

    public void Dispose() => bench.Dispose();

    SafeFile File() => new(bench.Flash(), @"I:\kept", 64);

    [Fact]
    public void There_is_nothing_in_it_at_first() => Assert.Null(File().Load());

    [Fact]
    public void A_cut_at_any_byte_leaves_the_old_content_or_the_new()
    {
        var file = File();
        file.Load();
        for (var i = 0; i < 5; i++)
            file.Save(Encoding.ASCII.GetBytes($"old {i}"));
        var image = bench.Image();
        var wholes = 0;
        for (var after = 1; after <= 8 + 11 + 4; after++)
        {
            bench.Restore(image);
            bench.Chip.CutAfter = after;
            file = File();
            file.Load();
            Assert.Throws<PowerLost>(() => file.Save("new content"u8.ToArray()));
            var text = Encoding.ASCII.GetString(File().Load());
            Assert.Contains(text, new[] { "old 4", "new content" });
            wholes += text == "new content" ? 1 : 0;
            file = File();
            file.Load();
            file.Save("newer"u8.ToArray());
            Assert.Equal("newer", Encoding.ASCII.GetString(File().Load()));
        }
        Assert.Equal(1, wholes);
    }
}

public class Crc32Tests
{
    [Fact]
    public void The_check_value_of_the_catalogue_comes_out() => Assert.Equal(0xCBF43926u, Crc32.Of("x123456789x"u8.ToArray(), 1, 9));
}
