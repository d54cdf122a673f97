using System;

namespace System.Device.Wifi;

/// <summary>What <c>WifiNetworkHelper</c> joins with; disposing of it ends its events, not the connection.</summary>
public class WifiAdapter : IDisposable
{
    public void Dispose()
    {
    }
}
