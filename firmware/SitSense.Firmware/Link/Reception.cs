using System;
using System.Device.Wifi;
using nanoFramework.Networking;

namespace SitSense.Firmware.Link
{
    /// <summary>
    /// How well the Wi-Fi is received. The board cannot tell it of the one that it is on, so now and then it looks around for all: it listens to 13
    /// channels for 500 ms each (NF_ESP32_Wireless_Scan in nf-interpreter), 6.5 s in which what is for the broker may be late, 26 s of listening a day.
    /// A board that cannot even that is none the worse: it is no fault.
    /// </summary>
    public sealed class Reception
    {
        /// <summary>The first look waits until what was on the way has been sent, ms.</summary>
        const int FirstMs = 50000;

        /// <summary>Time between two looks, ms.</summary>
        const int AgainMs = 6 * 3600 * 1000;

        readonly string name;
        long lookAt;

        /// <summary>Of the Wi-Fi of a name; null = it is not known, and neither is the reception.</summary>
        public Reception(string name) => this.name = name;

        /// <summary>The strongest of that name, dBm; 0 = not known.</summary>
        public int Dbm { get; private set; }

        /// <summary>Looks around when it is time; what it saw is known later.</summary>
        /// <param name="now">Monotonic ms.</param>
        public void Look(long now)
        {
            if (lookAt == 0)
                lookAt = now + FirstMs;
            if (name == null || now < lookAt)
                return;
            lookAt = now + AgainMs;
            var adapter = WifiNetworkHelper.WifiAdapter;
            if (adapter == null)
                return;
            try
            {
                adapter.AvailableNetworksChanged += Seen;
                adapter.ScanAsync();
            }
            catch (Exception)
            {
                adapter.AvailableNetworksChanged -= Seen;
                Dbm = 0;
            }
        }

        void Seen(WifiAdapter adapter, object e)
        {
            try
            {
                adapter.AvailableNetworksChanged -= Seen;
                var best = 0;
                var all = adapter.NetworkReport.AvailableNetworks;
                for (var i = 0; i < all.Length; i++)
                {
                    var dbm = (int)all[i].NetworkRssiInDecibelMilliwatts;
                    if (all[i].Ssid == name && dbm < 0 && (best == 0 || dbm > best))
                        best = dbm;
                }
                Dbm = best;
            }
            catch (Exception)
            {
                Dbm = 0;
            }
        }
    }
}
