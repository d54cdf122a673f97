using System.Device.Wifi;
using System.Reflection;
using nanoFramework.Networking;
using SitSense.Firmware.Link;
using SitSense.Firmware.Tests.Twin;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Tests.Link;

public sealed class ReceptionTests
{
    [Fact]
    public void A_look_around_that_the_board_refuses_leaves_no_handler_behind()
    {
        using var folder = new TempFolder();
        using var board = new VirtualBoard(folder.Path);
        board.Clock.Speed = 0;
        object? handlers = "not looked";
        board.PowerOn(() =>
        {
            WifiNetworkHelper.ConnectDhcp("home", "secret");
            var adapter = WifiNetworkHelper.WifiAdapter;
            // A second scan meanwhile is refused.
            adapter.ScanAsync();
            var reception = new Reception("home");
            for (var hour = 0; hour < 100; hour++)
                reception.Look(1 + hour * 3_600_000L);
            handlers = typeof(WifiAdapter).GetField(nameof(WifiAdapter.AvailableNetworksChanged), BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(adapter);
        });
        board.Run(TimeSpan.FromMinutes(1));

        Assert.Null(board.Crash);
        Assert.Null(handlers);
    }
}
