using SitSense.Firmware.Posture;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>A flash that is full, or holds rubbish: the device does its work, says so, and loses what it must only.</summary>
public sealed class BadFlashTests
{
    [Fact]
    public async Task On_a_full_flash_changes_still_arrive_and_the_fault_is_told_until_there_is_room()
    {
        await using var desk = await Desk.StartAsync();
        desk.PowerOn(() => Script.Alternating(12, TimeSpan.FromMinutes(2)));
        desk.Run(TimeSpan.FromMinutes(4));
        var room = desk.Twin.Board.Flash.Capacity;
        desk.Twin.Board.Flash.Capacity = 0;
        desk.Run(TimeSpan.FromMinutes(11));
        Assert.Contains("journal: ", desk.Beats("faults")[^1]);
        desk.Twin.Board.Flash.Capacity = room;
        desk.Run(TimeSpan.FromMinutes(15));

        Assert.Equal(Enumerable.Range(1, 12), desk.Changes().Select(change => (int)change.Seq).Distinct());
        Assert.Null(desk.Beats("faults")[^1]);
        Assert.Equal("0", desk.Beats("lost")[^1]);
        Assert.Null(desk.Twin.Board.Crash);
    }

    [Fact]
    public async Task What_a_full_flash_and_no_network_cannot_hold_is_counted()
    {
        await using var desk = await Desk.StartAsync();
        desk.PowerOn(() => Script.Alternating(50, TimeSpan.FromMinutes(1)));
        desk.Run(TimeSpan.FromSeconds(30));
        desk.Twin.Board.Network.Broker = false;
        desk.Twin.Board.Flash.Capacity = 0;
        desk.Run(TimeSpan.FromMinutes(60));
        desk.Twin.Board.Network.Broker = true;
        desk.Run(TimeSpan.FromMinutes(10));

        var lost = int.Parse(desk.Beats("lost")[^1]!);
        Assert.InRange(lost, 1, 49);
        Assert.Equal(50, desk.Changes().Count + lost);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_stands_in_its_files_a_device_starts_and_tells_what_it_sees(int seed)
    {
        await using var desk = await Desk.StartAsync();
        desk.PowerOn(() => Script.Alternating(40, TimeSpan.FromSeconds(20)));
        desk.Run(TimeSpan.FromMinutes(20));
        desk.Twin.PowerOff();
        var before = desk.Changes().Count;
        var chance = new Random(seed);
        foreach (var path in Directory.EnumerateFiles(desk.Flash).Where(path => !path.EndsWith("sitsense.json")))
        {
            var bytes = File.ReadAllBytes(path);
            if (seed == 1)
                bytes = [];
            else if (seed == 2)
                chance.NextBytes(bytes);
            else
                for (var i = 0; i < bytes.Length; i += chance.Next(1, 60))
                    bytes[i] = (byte)chance.Next(256);
            File.WriteAllBytes(path, bytes);
        }
        desk.PowerOn(() => Script.Alternating(4, TimeSpan.FromMinutes(2)));
        desk.Run(TimeSpan.FromMinutes(12));

        Assert.Equal(before + 4, desk.Changes().Count);
        Assert.Equal("0", desk.Beats("journal")[^1]);
        Assert.Null(desk.Twin.Board.Crash);
    }

    [Fact]
    public void Settings_that_cannot_be_read_are_a_fault_and_the_device_reminds_with_its_defaults()
    {
        using var folder = new TempFolder();
        using var board = new SitSense.Twin.Hardware.VirtualBoard(folder.Path, Desk.Start);
        board.Clock.Speed = 0;
        File.WriteAllText(Path.Combine(folder.Path, "sitsense.json"), "{\"device\":\"desk-1\",\"sens");
        SitSense.Firmware.Device? device = null;
        board.PowerOn(() => (device = new SitSense.Firmware.Device(new(), new(), new(), new Script((TimeSpan.Zero, PostureKind.Sitting)))).Run());
        board.Run(TimeSpan.FromMinutes(31));

        Assert.Contains("settings: I:\\sitsense.json", device!.Wrong);
        Assert.NotEmpty(board.Pins.Buzzes(SitSense.Firmware.Board.Pins.Buzzer));
    }
}
