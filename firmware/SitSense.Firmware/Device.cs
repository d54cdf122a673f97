using System;
using SitSense.Firmware.Board;
using SitSense.Firmware.Counting;
using SitSense.Firmware.Journal;
using SitSense.Firmware.Link;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Reminding;
using SitSense.Firmware.Sensing;
using SitSense.Firmware.Settings;

namespace SitSense.Firmware
{
    /// <summary>Wires the rooms of one device and turns its main loop: sample, journal, remind.</summary>
    public sealed class Device
    {
        /// <summary>Longest sleep of the main loop, so that commands and the button are answered, ms.</summary>
        const int LookMs = 250;

        /// <summary>How much longer than its sleep the main loop may take before heartbeats stop vouching for it, ms.</summary>
        const int StallMs = 10000;

        /// <summary>How often to look at the wall time, ms.</summary>
        const int TimeMs = 1000;

        readonly Clock clock;
        readonly Flash flash;
        readonly bool ownSource;
        readonly Faults faults = new Faults();
        readonly SettingsStore store;
        readonly Caretaker caretaker;
        readonly EventJournal journal;
        readonly Today today;
        readonly Learning learning;
        readonly Measuring measuring = new Measuring();
        readonly Restarts restarts;
        readonly Watchdog watchdog;
        Economy economy;
        PostureSource source;
        DeviceSettings settings;
        Reminder reminder;
        Panel panel;
        BrokerLink link;
        Orders orders;
        string sourceFault;
        long pollAt;
        long timeAt;
        long tappedAt;

        /// <summary>A device on a board.</summary>
        /// <param name="clock">The board's time.</param>
        /// <param name="flash">What the board keeps.</param>
        /// <param name="caretaker">Who looks after it.</param>
        /// <param name="source">Where postures come from; null = from the sensor that its settings name.</param>
        public Device(Clock clock, Flash flash, Caretaker caretaker, PostureSource source = null)
        {
            this.clock = clock;
            this.flash = flash;
            this.caretaker = caretaker;
            this.source = source;
            ownSource = source == null;
            restarts = new Restarts(clock, flash, faults);
            store = new SettingsStore(flash, faults);
            caretaker.Begin(clock, flash, store, faults, restarts);
            journal = new EventJournal(flash, faults);
            today = new Today(flash, faults);
            learning = new Learning(flash, faults);
            watchdog = new Watchdog(clock, restarts);
        }

        /// <summary>A change of posture is in the journal.</summary>
        public event PostureChangedHandler PostureChanged;

        /// <summary>The detector saw a transition, before the 10 s rule.</summary>
        public event TransitionSeenHandler TransitionSeen;

        /// <summary>Events in the journal that wait for their acknowledgement.</summary>
        public int Pending => journal.Pending;

        /// <summary>What is wrong, in one line; null when nothing is.</summary>
        public string Wrong => faults.Text();

        /// <summary>Turns until the power ends.</summary>
        public void Run()
        {
            watchdog.Start();
            Begin();
            link?.Start();
            while (true)
            {
                int wait;
                try
                {
                    wait = Turn(clock.Now);
                    // Only a turn that came to its end counts: an exception that lasts ends as a loop that stands still does.
                    link?.Vouch(clock.Now + wait + StallMs);
                    watchdog.Main(wait);
                }
                catch (Exception e)
                {
                    faults.Report("device", "went on after: " + e.Message);
                    wait = LookMs;
                }
                if (economy == null)
                    clock.Sleep(wait);
                else if (economy.Wait(source, wait))
                    pollAt = 0;
            }
        }

        void Begin()
        {
            var chance = new Random();
            store.Load(chance.Next());
            caretaker.Open();
            if (store.Place.OnBattery && !caretaker.HasNetwork)
                economy = new Economy(clock, flash, store.Place, store.Current.Sensor == "seat", faults, watchdog);
            settings = store.Current;
            source ??= Sensors.Named(settings.Sensor, store.Place);
            source.LyingIsSitting = settings.LyingIsSitting;
            learning.Begin(source.Detector, settings.Sensor);
            pollAt = clock.Now;
            measuring.Begin(source.Detector, pollAt);
            // The first sample comes before all else: its noise makes the first boot of a device one of its own.
            var changed = source.Poll(pollAt);
            journal.Open(chance.Next() ^ source.Noise);
            today.Begin();
            panel = new Panel(clock, faults, store.Place.Buzzer == null ? settings.Sensor != "seat" : store.Place.Buzzer == "motor");
            panel.Buzzer.Strength = settings.Strength;
            reminder = new Reminder(settings);
            reminder.Happened += Remind;
            if (store.Place.Host == null && !caretaker.HasNetwork)
                faults.Report("broker", "none in " + SettingsStore.FilePath + ": nothing is published");
            else if (!caretaker.HasNetwork)
            {
                var payloads = new Payloads(clock, journal, today, faults, restarts.Reason, caretaker.Package, economy?.Battery);
                link = economy == null ? new BrokerLink(clock, journal, payloads, store, faults, watchdog, caretaker.Talk, chance.Next())
                    : economy.Link = new BatchedLink(clock, journal, payloads, store, faults, watchdog, caretaker.Talk, chance.Next());
            }
            economy?.Begin(source, panel, journal, today, reminder, restarts.Reason == Restarts.DeepSleep);
            orders = new Orders(panel, reminder, learning, measuring, today, faults, caretaker, link, restarts);
            if (changed)
                Tell(source.Current, source.Since, pollAt);
            pollAt += source.PeriodMs;
        }

        int Turn(long now)
        {
            if (economy != null && !economy.Tick(source, now))
                return LookMs;
            if (now >= timeAt || !journal.IsDated)
                LearnTime(now);
            if (now >= pollAt)
            {
                Sample(now);
                pollAt = pollAt + source.PeriodMs > now ? pollAt + source.PeriodMs : now + source.PeriodMs;
            }
            if (settings != store.Current)
                Change(now);
            if (learning.Tick(now))
                orders.End("calibrate", learning.Failure, now);
            Measure(now);
            orders.Take(settings, now);
            var isSitting = source.Current == PostureKind.Sitting;
            var restart = caretaker.Tick(now, isSitting, source.Fault == null, link);
            if (restart != RestartKind.None)
                orders.BeginRestart(now, restart);
            else if (now >= (economy == null ? Watchdog.MostMs : Economy.LifeMs) && !isSitting)
                orders.BeginRestart(now, RestartKind.Planned);
            reminder.Tick(now, WallTime.Of(clock));
            panel.Tick(now, Sign(now));
            orders.Restart(now);
            return WaitFrom(now);
        }

        int[] Sign(long now)
        {
            var held = panel.Button.HeldMs(now);
            if (held >= Button.LongMs)
                return held >= Button.ResetMs ? Signs.Held : Signs.Here;
            if (now < orders.HereUntil)
                return Signs.Here;
            if (caretaker.Sign != null)
                return caretaker.Sign;
            if (learning.IsRunning)
                return Signs.Calibrating;
            if (reminder.IsCalling(now))
                return Signs.Owed;
            if (economy != null && economy.Battery.IsLow)
                return Signs.LowBattery;
            if (faults.AnyOfItsOwn)
                return Signs.Fault;
            return link == null || link.IsMissed(now) ? Signs.Offline : null;
        }

        int WaitFrom(long now)
        {
            // A source that is content with much less (a script that a twin lives for months) lets the whole loop be coarse, once the time is known; so does sleep.
            var sleeps = economy != null && !learning.IsRunning && economy.MaySleep(now);
            var longest = sleeps ? economy.MostMs : source.PeriodMs > TimeMs && journal.IsDated ? source.PeriodMs : LookMs;
            var next = Sooner(sleeps ? source.QuietUntil(pollAt) : pollAt, now + longest, now);
            if (sleeps)
                next = Sooner(next, economy.NextAt, now);
            next = Sooner(next, reminder.NextAt, now);
            next = Sooner(next, panel.Buzzer.NextAt, now);
            if (longest == LookMs || sleeps)
                next = Sooner(next, panel.Light.NextAt, now);
            return next > now ? (int)(next - now) : 0;
        }

        // What is past waits for something else to change.
        static long Sooner(long next, long other, long now) => other > now && other < next ? other : next;

        // With or without a broker: what waits in the journal must be datable after the power was off.
        void LearnTime(long now)
        {
            timeAt = now + TimeMs;
            if (clock.IsSet)
                journal.SetTime(now, WallTime.Of(clock));
            today.Tick(now, WallTime.Of(clock), settings.UtcOffsetMinutes);
        }

        void Sample(long now)
        {
            var changed = source.Poll(now);
            if ((object)source.Fault != sourceFault)
            {
                sourceFault = source.Fault;
                faults.Report("sensor", sourceFault);
            }
            if (source.Seen != Transition.None)
            {
                reminder.Moved(source.Seen, now);
                TransitionSeen?.Invoke(source.Seen, source.SeenAt);
            }
            if (changed)
                Tell(source.Current, source.Since, now);
            if (source.TappedAt > tappedAt)
            {
                tappedAt = source.TappedAt;
                if (source.Current == PostureKind.Sitting)
                    orders.Tap(tappedAt, now);
            }
        }

        void Tell(PostureKind posture, long since, long now)
        {
            journal.Add(posture, since);
            today.Posture(posture, since);
            reminder.Posture(posture, since, now);
            PostureChanged?.Invoke(posture, since, now);
            clock.Wake();
        }

        void Remind(ReminderKind kind, long ms, long sittingMs)
        {
            journal.Add(kind, ms, sittingMs);
            if (kind == ReminderKind.Due)
                panel.Buzzer.Play(Patterns.Nudge(settings.Pattern), ms);
            else if (kind == ReminderKind.Repeat)
                panel.Buzzer.Play(Patterns.Urge(settings.Pattern), ms);
            clock.Wake();
        }

        void Change(long now)
        {
            var before = settings;
            settings = store.Current;
            reminder.Change(settings);
            panel.Buzzer.Strength = settings.Strength;
            if (ownSource && settings.Sensor != before.Sensor)
            {
                var known = source.Current != PostureKind.Unknown;
                source.Close();
                source = Sensors.Named(settings.Sensor, store.Place);
                learning.Begin(source.Detector, settings.Sensor);
                measuring.Begin(source.Detector, now);
                if (known)
                    Tell(PostureKind.Unknown, now, now);
                // What wakes it, and what its pins are, was settled at the start.
                if (economy != null)
                    orders.BeginRestart(now);
            }
            source.LyingIsSitting = settings.LyingIsSitting;
        }

        void Measure(long now)
        {
            var figures = measuring.Hourly(now, economy != null && economy.IsGoing);
            var stance = measuring.Stance(now);
            if (stance == StanceState.Lift)
                panel.Buzzer.Play(Buzzer.Lift, now);
            else if (stance == StanceState.Done || stance == StanceState.Failed)
            {
                orders.End("stance", measuring.Reason, now);
                if (stance == StanceState.Done)
                    figures = measuring.Checked(figures ?? new Figures(now));
            }
            if (figures != null)
                link?.Tell(figures);
        }
    }
}
