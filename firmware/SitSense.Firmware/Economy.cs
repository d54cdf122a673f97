using System.IO;
using SitSense.Firmware.Board;
using SitSense.Firmware.Counting;
using SitSense.Firmware.Energy;
using SitSense.Firmware.Journal;
using SitSense.Firmware.Link;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Reminding;
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

        /// <summary>The longest life, ms: then the board starts anew when nobody sits. Each joining costs the interpreter 117 bytes that it does not give back.</summary>
        public const long LifeMs = 3L * 24 * 3600 * 1000;

        /// <summary>There from when the battery was empty until it is charged.</summary>
        const string EmptyPath = "I:\\empty";

        readonly Clock clock;
        readonly Flash flash;
        readonly Place place;
        readonly Faults faults;
        readonly Sleeper sleeper;
        readonly SleepNote note;
        readonly Watchdog watchdog;
        Panel panel;
        Reminder reminder;
        EventJournal journal;
        Today today;
        long batteryAt;
        bool isLow, ends, deserted, isStuck;

        /// <summary>The economy of a device; where its battery is still empty it sleeps on, before anything is written.</summary>
        /// <param name="clock">The board's time.</param>
        /// <param name="flash">What remembers that the battery was empty.</param>
        /// <param name="place">What is wired.</param>
        /// <param name="isSeat">Whether pads are.</param>
        /// <param name="faults">Where faults are told.</param>
        /// <param name="watchdog">What cannot watch while the board sleeps.</param>
        public Economy(Clock clock, Flash flash, Place place, bool isSeat, Faults faults, Watchdog watchdog)
        {
            this.watchdog = watchdog;
            this.clock = clock;
            this.flash = flash;
            this.place = place;
            this.faults = faults;
            Battery = new Battery(place.BatteryScale, isSeat && Pins.IsPad(Pins.Battery, place.Pads), faults);
            sleeper = new Sleeper(clock, faults);
            note = new SleepNote(flash, faults);
            Start();
        }

        /// <summary>What the batches go over; null without a broker.</summary>
        public BatchedLink Link { get; set; }

        /// <summary>What feeds the device.</summary>
        public Battery Battery { get; }

        /// <summary>Meets what it is to spare.</summary>
        /// <param name="source">Whose line wakes the board.</param>
        /// <param name="panel">Where the button is.</param>
        /// <param name="journal">What waits to be sent.</param>
        /// <param name="today">What is kept before it sleeps deeply.</param>
        /// <param name="reminder">Whose pause goes on after that.</param>
        /// <param name="slept">Whether the board comes from deep sleep.</param>
        public void Begin(PostureSource source, Panel panel, EventJournal journal, Today today, Reminder reminder, bool slept)
        {
            this.panel = panel;
            this.journal = journal;
            this.today = today;
            this.reminder = reminder;
            sleeper.Listen(source.HasLine);
            if (!slept || !clock.IsSet || !note.Load())
                return;
            var begin = WallTime.Of(clock) - clock.Now;
            reminder.GoOn(note.PausedUntil > 0 && note.PausedUntil < long.MaxValue ? note.PausedUntil - begin : note.PausedUntil);
            Link?.GoOn(note.Batch - begin, note.Failures);
        }

        /// <summary>Whether the board may sleep until something is to be done.</summary>
        public bool MaySleep(long now) =>
            (Link == null || !Link.IsAwake(now)) && panel.Buzzer.NextAt == long.MaxValue && !panel.Button.IsHeld;

        /// <summary>Whether nobody is there, and the board is about to sleep deeply: what is to be told of this life is told now.</summary>
        public bool IsGoing => deserted;

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
            if (Battery.IsEmpty && !ends && !source.IsCharging)
                End(now);
            // What happened in a boot whose wall time never was known can be dated only as long as it lasts, and so can a pause.
            var goes = !ends && sleeper.HasPins && source.IsDeserted(now) && (journal.IsDated || journal.Pending == 0 && reminder.PausedUntil == 0);
            // What is to be told before goes with a batch; where none arrives it is not waited for.
            if (goes && !deserted && Link != null && Link.Failures == 0)
            {
                goes = Link.MayHurry(now);
                if (goes)
                    Link.Want(now);
            }
            deserted = goes;
            Link?.Tend(now);
            if ((ends || deserted) && !IsAwake(now) && panel.Buzzer.NextAt == long.MaxValue)
            {
                today.Keep(now);
                Note(now);
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
            if (source.IsStuck != isStuck)
            {
                isStuck = !isStuck;
                sleeper.Listen(source.HasLine, isStuck);
            }
            // A line that calls would wake the board at once.
            if (source.IsCalling && !isStuck)
                clock.Sleep(source.Fault == null && ms > CallMs ? CallMs : ms);
            else if (!sleeper.Light(ms))
                return false;
            else
                panel.Button.Woken();
            watchdog.Look();
            source.Woken();
            return source.IsCalling && !isStuck;
        }

        bool IsAwake(long now) => Link != null && Link.IsAwake(now);

        void Start()
        {
            Battery.Look();
            batteryAt = clock.Now + BatteryMs;
            var wasEmpty = flash.Exists(EmptyPath);
            if (Battery.Volts > 0 && (Battery.IsEmpty || wasEmpty && Battery.Volts < Battery.StartVolts) && !IsCharging())
                sleeper.Deep(EmptyMs, false, place.HasCharger);
            if (wasEmpty)
                Remember(false);
        }

        bool IsCharging()
        {
            if (!place.HasCharger)
                return false;
            var charger = new InputLine(Pins.Charger);
            var charging = charger.IsHigh;
            charger.Close();
            return charging;
        }

        void Note(long now)
        {
            if (!clock.IsSet)
                return;
            var begin = WallTime.Of(clock) - now;
            var until = reminder.PausedUntil;
            note.PausedUntil = until > 0 && until < long.MaxValue ? until + begin : until;
            note.Batch = Link == null ? 0 : Link.BatchAt + begin;
            note.Failures = Link == null ? 0 : Link.Failures;
            note.Save();
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
