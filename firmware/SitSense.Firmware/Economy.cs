using System.IO;
using SitSense.Firmware.Board;
using SitSense.Firmware.Counting;
using SitSense.Firmware.Energy;
using SitSense.Firmware.Journal;
using SitSense.Firmware.Link;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Sensing;
using SitSense.Firmware.Settings;

namespace SitSense.Firmware
{
    /// <summary>
    /// How a device on a battery spends its charge: light sleep between two turns of the main loop, the radio on for a batch now and then, deep sleep
    /// while nobody is there, and an end while there is charge left to say so.
    /// </summary>
    public sealed class Economy
    {
        /// <summary>Time between two looks at the battery, ms.</summary>
        const int BatteryMs = 60000;

        /// <summary>A line that calls already is answered so soon, ms.</summary>
        const int CallMs = 20;

        /// <summary>From deep sleep it comes back after so long, ms, whatever its line says: to be heard of, and should the line have come off.</summary>
        const long DesertedMs = 12L * 3600 * 1000;

        /// <summary>With an empty battery it looks so often whether that was charged, ms.</summary>
        const long EmptyMs = 3600 * 1000;

        /// <summary>There from when the battery was empty until it is charged.</summary>
        const string EmptyPath = "I:\\empty";

        readonly Clock clock;
        readonly Flash flash;
        readonly Place place;
        readonly Faults faults;
        readonly Sleeper sleeper;
        Panel panel;
        EventJournal journal;
        Today today;
        long batteryAt;
        bool isLow, ends, deserted;

        /// <summary>The economy of a device; where its battery is still empty it sleeps on, before anything is written.</summary>
        /// <param name="clock">The board's time.</param>
        /// <param name="flash">What remembers that the battery was empty.</param>
        /// <param name="place">What is wired.</param>
        /// <param name="isSeat">Whether pads are.</param>
        /// <param name="faults">Where faults are told.</param>
        public Economy(Clock clock, Flash flash, Place place, bool isSeat, Faults faults)
        {
            this.clock = clock;
            this.flash = flash;
            this.place = place;
            this.faults = faults;
            Battery = new Battery(place.BatteryScale, isSeat && Pins.IsPad(Pins.Battery, place.Pads), faults);
            sleeper = new Sleeper(clock, faults);
            Start();
        }

        /// <summary>What the batches go over; null without a broker.</summary>
        public BatchedLink Link { get; set; }

        /// <summary>What feeds the device.</summary>
        public Battery Battery { get; }

        /// <summary>Meets what it is to spare.</summary>
        public void Begin(PostureSource source, Panel panel, EventJournal journal, Today today)
        {
            this.panel = panel;
            this.journal = journal;
            this.today = today;
            sleeper.Listen(source.HasLine);
        }

        /// <summary>Whether the board may sleep until something is to be done.</summary>
        public bool MaySleep(long now) =>
            (Link == null || !Link.IsAwake(now)) && panel.Buzzer.NextAt == long.MaxValue && !panel.Button.IsHeld;

        /// <summary>How long it may sleep, ms.</summary>
        public int MostMs => sleeper.MostMs;

        /// <summary>When <see cref="Tick"/> next has something to do, monotonic ms.</summary>
        public long NextAt => Link == null || batteryAt < Link.BatchAt ? batteryAt : Link.BatchAt;

        /// <summary>Looks at the battery, begins batches, and sleeps deeply while nobody is there.</summary>
        /// <returns>False from when the battery is empty: nothing more is to be begun.</returns>
        public bool Tick(PostureSource source, long now)
        {
            if (now >= batteryAt && !IsAwake(now))
            {
                batteryAt = now + BatteryMs;
                Battery.Look();
                if (Battery.IsLow && !isLow)
                    Link?.Want(now);
                isLow = Battery.IsLow;
            }
            if (Battery.IsEmpty && !ends)
                End(now);
            // What happened in a boot whose wall time never was known can be dated only as long as it lasts.
            var goes = !ends && sleeper.HasPins && source.IsDeserted(now) && (journal.IsDated || journal.Pending == 0);
            if (goes && !deserted)
                Link?.Want(now);
            deserted = goes;
            Link?.Tend(now);
            if ((ends || deserted) && !IsAwake(now) && panel.Buzzer.NextAt == long.MaxValue)
            {
                today.Keep(now);
                if (ends)
                    sleeper.Deep(EmptyMs, false, place.HasCharger);
                else
                    sleeper.Deep(DesertedMs, true, place.HasCharger);
            }
            if (ends)
                panel.Tick(now, null);
            return !ends;
        }

        /// <summary>Waits for the main loop, asleep where that may be.</summary>
        /// <returns>Whether the sensor's line calls.</returns>
        public bool Wait(PostureSource source, int ms)
        {
            var now = clock.Now;
            if (!MaySleep(now))
            {
                clock.Sleep(ms);
                return false;
            }
            // A line that calls would wake the board at once; one that is stuck is not to be answered over and over.
            if (source.IsCalling)
                clock.Sleep(source.Fault == null && ms > CallMs ? CallMs : ms);
            else if (!sleeper.Light(ms))
                return false;
            else
                panel.Button.Woken();
            source.Woken();
            return source.IsCalling;
        }

        bool IsAwake(long now) => Link != null && Link.IsAwake(now);

        void Start()
        {
            Battery.Look();
            batteryAt = clock.Now + BatteryMs;
            var wasEmpty = flash.Exists(EmptyPath);
            if (Battery.Volts > 0 && (Battery.IsEmpty || wasEmpty && Battery.Volts < Battery.StartVolts))
                sleeper.Deep(EmptyMs, false, place.HasCharger);
            if (wasEmpty)
                Remember(false);
        }

        // What is not seen any more is unknown; that is said while there is charge to say it.
        void End(long now)
        {
            ends = true;
            Remember(true);
            faults.Report("battery", "empty: stopped until it is charged");
            journal.Add(PostureKind.Unknown, now);
            today.Posture(PostureKind.Unknown, now);
            Link?.Want(now, true);
        }

        void Remember(bool empty)
        {
            try
            {
                if (empty)
                    flash.Write(EmptyPath, new byte[1], 1);
                else
                    flash.Delete(EmptyPath);
            }
            catch (IOException e)
            {
                faults.Report("flash", e.Message);
            }
        }
    }
}
