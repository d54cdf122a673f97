namespace SitSense.Firmware.Tests.Twin;

/// <summary>The power goes at each step of a publish: after each packet that left, and before each that came is looked at.</summary>
public sealed class PublishCutTests
{
    [Fact]
    public async Task After_any_packet_nothing_is_lost_and_nothing_comes_twice_but_as_itself()
    {
        await using var desk = await Desk.StartAsync();
        // Each life is cut one packet later than the one before.
        var lives = 0;
        var told = 0;
        desk.Twin.PostureChanged += (_, _, _) => told++;
        for (var packets = 1; packets <= 40; packets++)
        {
            desk.Twin.Board.Network.CutAfterPackets = packets;
            desk.PowerOn(() => Script.Alternating(4, TimeSpan.FromSeconds(30)));
            desk.Run(TimeSpan.FromMinutes(4));
            lives++;
            desk.Twin.PowerOff();
        }
        desk.Twin.Board.Network.CutAfterPackets = null;
        desk.PowerOn(() => Script.Alternating(1, TimeSpan.FromHours(1)));
        desk.Run(TimeSpan.FromMinutes(5));

        var came = desk.Changes();
        var lost = int.Parse(desk.Beats("lost")[^1]!);
        Assert.Equal(0, desk.Twin.Pending);
        Assert.Equal(told, came.Select(change => (change.Boot, change.Seq)).Distinct().Count() + lost);
        Assert.InRange(came.Count - came.Distinct().Count(), 1, lives * 8);
        // The same change always says the same.
        Assert.All(came.GroupBy(change => (change.Boot, change.Seq)), same => Assert.Single(same.Select(change => change.Posture).Distinct()));
        foreach (var boot in came.GroupBy(change => change.Boot))
            Assert.Equal(Enumerable.Range(1, (int)boot.Max(change => change.Seq)), boot.Select(change => (int)change.Seq).Distinct().Order());
        Assert.Null(desk.Twin.Board.Crash);
    }
}
