using System;
using SitSense.Twin.Hardware;

namespace System.Device.Wifi;

public delegate void AvailableNetworksChangedEventHandler(WifiAdapter sender, object e);

/// <summary>What <c>WifiNetworkHelper</c> joins with; disposing of it ends its events, not the connection.</summary>
public class WifiAdapter : IDisposable
{
    /// <summary>How long the ESP32 looks around, in ms: it listens to each of 13 channels for half a second.</summary>
    const int ScanMs = 13 * 500;

    readonly VirtualBoard board = VirtualBoard.Current;
    bool scans, disposed;

    public event AvailableNetworksChangedEventHandler AvailableNetworksChanged;

    /// <summary>What the last scan saw.</summary>
    public WifiNetworkReport NetworkReport { get; private set; } = new([]);

    /// <summary>How long a connection may take, in ms (sys_dev_wifi_native WifiAdapter).</summary>
    const int ConnectMs = 20_000, PollMs = 100;

    public static WifiAdapter[] FindAllAdapters() => [new()];

    /// <summary>Joins, without waiting for an address; the configuration in flash stays as it is.</summary>
    public WifiConnectionResult Connect(string ssid, WifiReconnectionKind reconnectionKind, string passwordCredential)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var until = board.Clock.Now + ConnectMs;
        board.Network.Join(passwordCredential, reconnectionKind == WifiReconnectionKind.Automatic);
        while (!board.Network.IsAssociated)
        {
            if (board.Clock.Now >= until)
                return new WifiConnectionResult(WifiConnectionStatus.Timeout);
            board.Sleep(PollMs);
        }
        return new WifiConnectionResult(WifiConnectionStatus.Success);
    }

    public void Disconnect()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        board.Network.Leave();
    }

    /// <summary>Looks around; <see cref="AvailableNetworksChanged"/> tells when that is done. A second time meanwhile the driver is busy.</summary>
    public void ScanAsync()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (scans)
            throw new InvalidOperationException();
        scans = true;
        board.Clock.At(board.Clock.Now + ScanMs, () =>
        {
            scans = false;
            var network = board.Network;
            NetworkReport = new WifiNetworkReport(network.Wifi && network.StoredName is { Length: > 0 } name
                ? [new WifiAvailableNetwork("a neighbour's", -40), new WifiAvailableNetwork(name, network.Rssi), new WifiAvailableNetwork(name, network.Rssi - 20)]
                : []);
            if (!disposed)
                AvailableNetworksChanged?.Invoke(this, null);
        });
    }

    public void Dispose() => disposed = true;
}
