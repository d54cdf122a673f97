using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using nanoFramework.Networking;
using SitSense.Firmware.Board;
using SitSense.Firmware.Settings;

namespace SitSense.Firmware.Link
{
    /// <summary>Wi-Fi, and the time that comes with it.</summary>
    public sealed class Network
    {
        /// <summary>How long joining may take, ms.</summary>
        const int JoinMs = 30000;

        /// <summary>
        /// How often the time is asked for, whatever the time client does by itself, ms: a day. The ESP32's crystal is off by 10 ppm at most (ESP-IDF,
        /// System Time), 0.9 s a day.
        /// </summary>
        const long TimeMs = 24L * 3600 * 1000;

        readonly Clock clock;
        readonly Place place;
        readonly Faults faults;

        long askedAt;
        bool hasLeft;

        /// <summary>The Wi-Fi that the file names; without one the board's own, stored by nanoff.</summary>
        public Network(Clock clock, Place place, Faults faults)
        {
            this.clock = clock;
            this.place = place;
            this.faults = faults;
        }

        /// <summary>
        /// Joins, or returns at once where it is joined, and has the clock set. What fails is a fault and no more: a board may have another way
        /// to its broker and its time.
        /// </summary>
        public void Join()
        {
            ForgetAdapter();
            var limit = new CancellationTokenSource(JoinMs);
            try
            {
                var joined = hasLeft ? Return(limit.Token)
                    : place.WifiName != null
                    ? WifiNetworkHelper.ConnectDhcp(place.WifiName, place.WifiPassword, WifiReconnectionKind.Automatic, token: limit.Token)
                    : WifiNetworkHelper.Reconnect(token: limit.Token);
                faults.Report("wifi", joined ? null : "cannot join " + (place.WifiName ?? "the stored network") + Reason());
            }
            catch (Exception e)
            {
                faults.Report("wifi", e.Message);
            }
            finally
            {
                limit.Dispose();
            }
            SetClock();
        }

        /// <summary>
        /// Leaves, so that the radio is idle until <see cref="Join"/>. It is switched off only by the board's sleep: nanoFramework has no call for it.
        /// </summary>
        public void Leave()
        {
            hasLeft = true;
            try
            {
                WifiNetworkHelper.Disconnect();
            }
            catch (Exception e)
            {
                faults.Report("wifi", e.Message);
            }
        }

        /// <summary>
        /// Has the clock set again once a day. The board's time client does so each hour by itself; this wakes one that gave up, and one whose server is gone.
        /// </summary>
        /// <param name="afterMs">How long ago it must have been asked for.</param>
        public void KeepTime(long afterMs = TimeMs)
        {
            if (clock.Now - askedAt < afterMs)
                return;
            askedAt = clock.Now;
            try
            {
                Sntp.UpdateNow();
            }
            catch (Exception e)
            {
                faults.Report("clock", "cannot be set by SNTP: " + e.Message);
            }
        }

        // ConnectDhcp would write the board's configuration to flash each time.
        bool Return(CancellationToken limit)
        {
            var name = place.WifiName;
            var password = place.WifiPassword;
            if (name == null)
            {
                var stored = Wireless80211Configuration.GetAllWireless80211Configurations()[0];
                name = stored.Ssid;
                password = stored.Password;
            }
            var adapter = WifiAdapter.FindAllAdapters()[0];
            var joined = false;
            try
            {
                joined = adapter.Connect(name, WifiReconnectionKind.Automatic, password).ConnectionStatus == WifiConnectionStatus.Success
                    && WifiNetworkHelper.Reconnect(token: limit);
                return joined;
            }
            finally
            {
                // Or the driver goes on trying by itself.
                if (!joined)
                    adapter.Disconnect();
                adapter.Dispose();
            }
        }

        // Each attempt makes an adapter that a static list of listeners would keep for ever; disposing of it leaves the Wi-Fi as it is.
        void ForgetAdapter()
        {
            try
            {
                WifiNetworkHelper.WifiAdapter?.Dispose();
            }
            catch (Exception e)
            {
                faults.Report("wifi", e.Message);
            }
        }

        void SetClock()
        {
            try
            {
                if (!Sntp.IsStarted)
                    Sntp.Start();
                faults.Report("clock", null);
            }
            catch (Exception e)
            {
                faults.Report("clock", "cannot be set by SNTP: " + e.Message);
            }
        }

        static string Reason()
        {
            var e = WifiNetworkHelper.HelperException;
            return e == null ? ": is it in reach, and the password right?" : ": " + e.Message;
        }
    }
}
