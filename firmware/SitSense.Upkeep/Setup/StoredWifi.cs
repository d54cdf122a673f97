using System;
using System.Net.NetworkInformation;

namespace SitSense.Upkeep.Setup
{
    /// <summary>The network that the board itself remembers: nanoff stored it, or it was joined before.</summary>
    public static class StoredWifi
    {
        /// <summary>Whether there is one; a board that cannot say is taken to have one, or another way to its broker.</summary>
        public static bool IsThere
        {
            get
            {
                try
                {
                    return !string.IsNullOrEmpty(Configuration().Ssid);
                }
                catch (Exception)
                {
                    return true;
                }
            }
        }

        /// <summary>Makes the board forget it.</summary>
        /// <exception cref="Exception">This board cannot.</exception>
        public static void Forget()
        {
            var configuration = Configuration();
            if (string.IsNullOrEmpty(configuration.Ssid))
                return;
            configuration.Ssid = "";
            configuration.Password = "";
            configuration.SaveConfiguration();
        }

        static Wireless80211Configuration Configuration() => Wireless80211Configuration.GetAllWireless80211Configurations()[0];
    }
}
