using SitSense.Twin.Hardware;

namespace System.Net.NetworkInformation;

/// <summary>The network that the current virtual board remembers.</summary>
public class Wireless80211Configuration
{
    const int MaxSsidLength = 32, MaxPasswordLength = 64;

    public Wireless80211Configuration(uint id) => Id = id;

    public string Password { get; set; }

    public string Ssid { get; set; }

    public uint Id { get; }

    public static Wireless80211Configuration[] GetAllWireless80211Configurations()
    {
        var network = VirtualBoard.Current.Network;
        return new[] { new Wireless80211Configuration(0) { Ssid = network.StoredName, Password = network.StoredPassword } };
    }

    /// <exception cref="ArgumentNullException">There is no name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Name or password are too long.</exception>
    public void SaveConfiguration()
    {
        if (Ssid == null)
            throw new ArgumentNullException();
        if (Password.Length > MaxPasswordLength || Ssid.Length > MaxSsidLength)
            throw new ArgumentOutOfRangeException();
        VirtualBoard.Current.Network.Store(Ssid, Password);
    }
}
