using SitSense.Twin.Hardware;

namespace System.Net.NetworkInformation;

/// <summary>The access point of the current virtual board. What is saved holds from its next start on, as on an ESP32.</summary>
public class WirelessAPConfiguration
{
    const int MaxSsidLength = 32, MaxPasswordLength = 64, MinPasswordLength = 8;

    public WirelessAPConfiguration(uint id)
    {
        Id = id;
        Authentication = AuthenticationType.Open;
        Options = ConfigurationOptions.AutoStart;
        MaxConnections = 1;
    }

    public AuthenticationType Authentication { get; set; }

    public EncryptionType Encryption { get; set; }

    public string Password { get; set; }

    public string Ssid { get; set; }

    public ConfigurationOptions Options { get; set; }

    public byte MaxConnections { get; set; }

    public uint Id { get; }

    /// <exception cref="NotImplementedException">The board has no access point.</exception>
    public static WirelessAPConfiguration[] GetAllWirelessAPConfigurations() => new[] { VirtualBoard.Current.Network.AccessPoint.Configuration() };

    /// <exception cref="ArgumentNullException">There is no name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The name has 32 characters or more, nobody may join, or a password is too short or too long.</exception>
    public void SaveConfiguration()
    {
        if (Ssid == null)
            throw new ArgumentNullException();
        var open = Authentication == AuthenticationType.Open || Authentication == AuthenticationType.None;
        if (Ssid.Length >= MaxSsidLength || MaxConnections < 1 || !open && (Password.Length < MinPasswordLength || Password.Length >= MaxPasswordLength))
            throw new ArgumentOutOfRangeException();
        VirtualBoard.Current.Network.AccessPoint.Save(Ssid, Authentication, Password, Options);
    }

    [Flags]
    public enum ConfigurationOptions : byte
    {
        None = 0,
        Disable = 1,
        Enable = 2,
        AutoStart = 4 | Enable,
        HiddenSSID = 8,
    }
}
