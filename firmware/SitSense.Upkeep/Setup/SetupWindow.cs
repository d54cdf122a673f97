using System;
using System.IO;
using SitSense.Firmware.Board;
using SitSense.Firmware.Settings;

namespace SitSense.Upkeep.Setup
{
    /// <summary>
    /// The time in which a device can be set up without a cable: its own Wi-Fi is open and shows the page. At the start where no network is known, or after
    /// the button was held; it ends when the page was filled in, or when nobody came. Beginning and end take a restart, because the interpreter opens and
    /// closes its access point only then. The device reminds meanwhile, and reports nothing.
    /// </summary>
    public sealed class SetupWindow
    {
        /// <summary>How long it stays open when nobody uses the page, ms.</summary>
        public const int OpenMs = 15 * 60000;

        /// <summary>How long at most, ms.</summary>
        public const int MostMs = 60 * 60000;

        /// <summary>Time between two looks at who asks for something, ms.</summary>
        const int LookMs = 50;

        /// <summary>Time between two attempts to open, ms: a new access point takes a moment.</summary>
        const int RetryMs = 2000;

        /// <summary>How long the last answer has to leave, ms.</summary>
        const int LastWordMs = 2000;

        /// <summary>So much later than <see cref="MostMs"/> it is over even if its own thread stands still, ms.</summary>
        const int StallMs = 60000;

        readonly Clock clock;
        readonly SettingsStore store;
        readonly Faults faults;
        readonly Restarts restarts;
        readonly Door door;
        Entries entries;
        Guide guide;
        PageServer page;
        long from;

        /// <summary>The window of a device; where the button asked for it, what was set up before is forgotten: call it before settings are read.</summary>
        public SetupWindow(Clock clock, Flash flash, SettingsStore store, Faults faults, Restarts restarts)
        {
            this.clock = clock;
            this.store = store;
            this.faults = faults;
            this.restarts = restarts;
            door = new Door(flash);
            if (!door.IsAsked)
                return;
            Try("what was set up cannot be forgotten", store.Forget);
            Try("the stored Wi-Fi cannot be forgotten", StoredWifi.Forget);
        }

        /// <summary>Whether it is open; then nothing else may use the network.</summary>
        public bool IsOpen { get; private set; }

        /// <summary>Whether it is over, the next start knows that, and the board may start anew when it suits.</summary>
        public bool IsOver { get; private set; }

        /// <summary>Whether the page was filled in, its last word has left, and somebody waits for the board to start anew.</summary>
        public bool IsDone { get; private set; }

        /// <summary>Opens it where that is wanted, and restarts the board where its access point must be switched; call it when settings are read.</summary>
        public void Open()
        {
            var restart = false;
            var wanted = door.IsAsked || !door.IsShut && store.Place.WifiName == null && !StoredWifi.IsThere;
            try
            {
                if (door.IsShut)
                    door.Clear();
                restart = Switch(wanted);
                IsOpen = wanted && !restart;
            }
            catch (Exception e)
            {
                // A board without an access point need not say so as long as nobody wants one.
                if (wanted)
                    faults.Report("setup", "no access point to set up by: " + Reason(e));
                if (door.IsAsked)
                    Try("the door stays marked", door.Clear);
            }
            if (restart)
                restarts.Now(RestartKind.Ordered);
            if (!IsOpen)
                return;
            from = clock.Now;
            entries = new Entries(store);
            clock.Start(Run);
        }

        /// <summary>Ends it where its own thread does not, because it died or a call to the network never returned; for the main loop.</summary>
        public void Tick(long now)
        {
            if (!IsOpen || now < from + MostMs + StallMs)
                return;
            faults.Report("setup", "the page stands still");
            End(false);
        }

        /// <summary>The next start opens it and forgets what was set up before.</summary>
        /// <returns>Whether that is kept; if not, a fault says why.</returns>
        public bool Ask()
        {
            try
            {
                door.Ask();
                return true;
            }
            catch (IOException)
            {
                // A full flash: what is to be forgotten anyway makes room.
                return Try("what was set up cannot be forgotten", store.Forget) && Try("the button's wish cannot be kept", door.Ask);
            }
        }

        // Whether that takes a restart. What the board did not keep is a fault, or it would start anew for ever.
        bool Switch(bool on)
        {
            if (AccessPoint.IsOn == on)
                return false;
            if (on)
                AccessPoint.SwitchOn(AccessPoint.NameOf(store.Device));
            else
                AccessPoint.SwitchOff();
            if (AccessPoint.IsOn != on)
                throw new Exception("the board does not keep its configuration");
            return true;
        }

        void Run()
        {
            var until = from + OpenMs;
            var done = false;
            while (IsOpen && clock.Now < until && !done)
            {
                var wait = LookMs;
                try
                {
                    Turn(clock.Now);
                    if (page.SeenAt > 0)
                        until = page.SeenAt + OpenMs < from + MostMs ? page.SeenAt + OpenMs : from + MostMs;
                    done = page.IsDone;
                }
                catch (Exception e)
                {
                    faults.Report("setup", "the page cannot be shown: " + Reason(e));
                    Close();
                    wait = RetryMs;
                }
                clock.Sleep(done ? LastWordMs : wait);
            }
            Close();
            if (IsOpen)
                End(done);
        }

        // A start that is not told would open it again and end here again, for ever: without the mark the board goes on as it is.
        void End(bool done)
        {
            IsOpen = false;
            entries = null;
            var told = done || Try("the door cannot be marked", door.Shut);
            Try("the access point cannot be closed", AccessPoint.SwitchOff);
            IsDone = done;
            IsOver = told;
            clock.Wake();
        }

        void Turn(long now)
        {
            if (page == null)
            {
                guide = new Guide();
                guide.Open();
                page = new PageServer(store, door, entries);
                faults.Report("setup", null);
            }
            guide.Turn();
            page.Turn(now);
        }

        void Close()
        {
            Try("the page cannot be closed", CloseAll);
            guide = null;
            page = null;
        }

        void CloseAll()
        {
            guide?.Close();
            page?.Close();
        }

        bool Try(string otherwise, TryHandler what)
        {
            try
            {
                what();
                return true;
            }
            catch (Exception e)
            {
                faults.Report("setup", otherwise + ": " + Reason(e));
                return false;
            }
        }

        static string Reason(Exception e) => string.IsNullOrEmpty(e.Message) ? e.GetType().Name : e.Message;

        delegate void TryHandler();
    }
}
