using System;
using System.Device.Wifi;
using System.Threading;
using SitSense.Twin.Hardware;

namespace nanoFramework.Networking;

/// <summary>Joining a Wi-Fi, over the current virtual board's radio.</summary>
public static class WifiNetworkHelper
{
    const int PollMs = 200;

    /// <summary>A token of the PC counts real time, so one that can expire does after this much virtual time, in ms.</summary>
    const int TokenMs = 30_000;

    public static NetworkHelperStatus Status => VirtualBoard.Current.Network.HelperStatus;

    public static Exception HelperException => null;

    /// <summary>The adapter of the last attempt; null before the first.</summary>
    public static WifiAdapter WifiAdapter => VirtualBoard.Current.Network.Adapter;

    /// <summary>Joins, and waits for an address, and for the time if asked to. False when the token expired first; with a token that cannot, it waits on.</summary>
    public static bool ConnectDhcp(
        string ssid,
        string password,
        WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
        bool requiresDateTime = false,
        int wifiAdapterId = 0,
        CancellationToken token = default)
    {
        var network = VirtualBoard.Current.Network;
        network.Adapter = new WifiAdapter();
        network.Store(ssid, password);
        if (!network.IsAssociated)
            network.Join(password, reconnectionKind == WifiReconnectionKind.Automatic);
        return Wait(requiresDateTime, token);
    }

    /// <summary>Waits for a join with the credentials that are stored already.</summary>
    public static bool Reconnect(bool requiresDateTime = false, int wifiAdapterId = 0, CancellationToken token = default)
    {
        var network = VirtualBoard.Current.Network;
        network.Adapter = new WifiAdapter();
        if (!network.IsAssociated && network.StoredName.Length > 0)
            network.Join(network.StoredPassword, true);
        return Wait(requiresDateTime, token);
    }

    /// <summary>Leaves the network; nothing where nothing was joined before.</summary>
    public static void Disconnect()
    {
        var network = VirtualBoard.Current.Network;
        network.Adapter?.Disconnect();
        network.Adapter?.Dispose();
        network.Adapter = null;
    }

    static bool Wait(bool requiresDateTime, CancellationToken token)
    {
        var board = VirtualBoard.Current;
        var until = token.CanBeCanceled ? board.Clock.Now + TokenMs : long.MaxValue;
        while (!board.Network.IsAssociated)
            if (!Sleep(NetworkHelperStatus.TokenExpiredWaitingIPAddress))
                return false;
        while (requiresDateTime && !board.WallIsSet)
            if (!Sleep(NetworkHelperStatus.TokenExpiredWaitingDateTime))
                return false;
        board.Network.HelperStatus = NetworkHelperStatus.NetworkIsReady;
        return true;

        bool Sleep(NetworkHelperStatus expired)
        {
            if (!board.Network.JoinHangs && (token.IsCancellationRequested || board.Clock.Now >= until))
            {
                board.Network.HelperStatus = expired;
                return false;
            }
            board.Sleep(PollMs);
            return true;
        }
    }
}
