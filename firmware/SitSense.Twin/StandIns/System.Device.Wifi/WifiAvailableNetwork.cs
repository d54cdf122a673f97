namespace System.Device.Wifi;

public class WifiAvailableNetwork
{
    internal WifiAvailableNetwork(string ssid, int dbm)
    {
        Ssid = ssid;
        NetworkRssiInDecibelMilliwatts = dbm;
    }

    public string Ssid { get; }

    public double NetworkRssiInDecibelMilliwatts { get; }
}
