using System;
using System.Net.NetworkInformation;

namespace SitSense.Upkeep.Setup
{
    /// <summary>
    /// The Wi-Fi that the board opens itself. The interpreter reads this configuration when it starts, so a change holds after a restart only
    /// (as in nanoFramework's sample WiFiAP).
    /// </summary>
    public sealed class AccessPoint
    {
        /// <summary>The board's address in its own Wi-Fi, ESP-IDF's default; the network is 192.168.4.0/24.</summary>
        public static readonly byte[] Address = { 192, 168, 4, 1 };

        /// <summary>The same for people.</summary>
        public const string AddressText = "192.168.4.1";

        /// <summary>A phone that asks, and a second one in doubt.</summary>
        const byte MostGuests = 4;

        /// <summary>A name may have 31 bytes: the interpreter's own check refuses 32.</summary>
        const int MaxNameLength = 31;

        const string Prefix = "sitsense-";

        /// <summary>Whether the board opens its Wi-Fi at each start.</summary>
        /// <exception cref="Exception">This board has none.</exception>
        public static bool IsOn =>
            (Configuration().Options & WirelessAPConfiguration.ConfigurationOptions.Enable) != 0;

        /// <summary>What the Wi-Fi of a device is called.</summary>
        public static string NameOf(string device)
        {
            var name = device.StartsWith(Prefix) ? device : Prefix + device;
            return name.Length > MaxNameLength ? name.Substring(0, MaxNameLength) : name;
        }

        /// <summary>Opens it, without a password, from the next start on.</summary>
        /// <exception cref="Exception">This board has none.</exception>
        public static void SwitchOn(string name)
        {
            var configuration = Configuration();
            configuration.Ssid = name;
            configuration.Authentication = AuthenticationType.Open;
            configuration.Encryption = EncryptionType.None;
            configuration.Password = "";
            configuration.MaxConnections = MostGuests;
            configuration.Options = WirelessAPConfiguration.ConfigurationOptions.AutoStart;
            configuration.SaveConfiguration();
        }

        /// <summary>Closes it from the next start on.</summary>
        /// <exception cref="Exception">This board has none.</exception>
        public static void SwitchOff()
        {
            var configuration = Configuration();
            configuration.Options = WirelessAPConfiguration.ConfigurationOptions.Disable;
            configuration.SaveConfiguration();
        }

        static WirelessAPConfiguration Configuration()
        {
            var all = WirelessAPConfiguration.GetAllWirelessAPConfigurations();
            return all.Length > 0 ? all[0] : throw new Exception("this board has none");
        }
    }
}
