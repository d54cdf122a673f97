using System;
using nanoFramework.Runtime.Native;
using SitSense.Firmware.Board;
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

        /// <summary>What leaving the broker may take before a restart, ms.</summary>
        const int LeaveMs = 5000;

        /// <summary>How long the light says where the device is, ms.</summary>
        const int HereMs = 5000;

        // The light's language: time between two blinks, ms.
        const int HereBlinkMs = 100;
        const int OwedBlinkMs = 250;
        const int FaultBlinkMs = 500;
        const int OfflineBlinkMs = 2000;

        readonly Clock clock;
        readonly Flash flash;
        readonly bool ownSource;
        readonly Faults faults = new Faults();
        readonly SettingsStore store;
        readonly EventJournal journal;
        readonly Learning learning;
        readonly Measuring measuring = new Measuring();
        PostureSource source;
        DeviceSettings settings;
        Reminder reminder;
        Panel panel;
        BrokerLink link;
        string sourceFault;
        long pollAt;
        long timeAt;
        long hereUntil;
        long restartAt = long.MaxValue;

        /// <summary>A device whose sensor is the one that its settings name.</summary>
        public Device(Clock clock, Flash flash) : this(clock, flash, null)
        {
        }

        /// <summary>A device whose postures come from <paramref name="source"/>; null = from the sensor that its settings name.</summary>
        public Device(Clock clock, Flash flash, PostureSource source)
        {
            this.clock = clock;
            this.flash = flash;
            this.source = source;
            ownSource = source == null;
            store = new SettingsStore(flash, faults);
            journal = new EventJournal(flash, faults);
            learning = new Learning(flash, faults);
        }

        /// <summary>A change of posture is in the journal.</summary>
        public event PostureChangedHandler PostureChanged;

        /// <summary>The detector saw a transition, before the 10 s rule.</summary>
        public event TransitionSeenHandler TransitionSeen;

        /// <summary>Events in the journal that wait for their acknowledgement.</summary>
        public int Pending => journal.Pending;

        /// <summary>Turns until the power ends.</summary>
        public void Run()
        {
            Begin();
            link?.Start();
            while (true)
            {
                int wait;
                try
                {
                    wait = Turn(clock.Now);
                }
                catch (Exception e)
                {
                    faults.Report("device", "went on after: " + e.Message);
                    wait = LookMs;
                }
                link?.Vouch(clock.Now + wait + StallMs);
                clock.Sleep(wait);
            }
        }

        void Begin()
        {
            var chance = new Random();
            store.Load(chance.Next());
            settings = store.Current;
            source ??= SourceOf(settings);
            source.LyingIsSitting = settings.LyingIsSitting;
            learning.Begin(source.Detector, settings.Sensor);
            pollAt = clock.Now;
            measuring.Begin(source.Detector, pollAt);
            // The first sample comes before all else: its noise makes the first boot of a device one of its own.
            var changed = source.Poll(pollAt);
            journal.Open(chance.Next() ^ source.Noise);
            panel = new Panel(clock, faults);
            panel.Buzzer.Strength = settings.Strength;
            reminder = new Reminder(settings);
            reminder.Happened += Remind;
            if (store.Place.Host == null)
                faults.Report("broker", "none in " + SettingsStore.FilePath + ": nothing is published");
            else
                link = new BrokerLink(clock, journal, store, faults, chance.Next());
            if (changed)
                Tell(source.Current, source.Since, pollAt);
            pollAt += source.PeriodMs;
        }

        int Turn(long now)
        {
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
                TellCalibration(now);
            Measure(now);
            Obey(now);
            Press(now);
            reminder.Tick(now, WallTime.Of(clock));
            panel.Tick(now, BlinkMs(now));
            if (now >= restartAt)
                Restart();
            return WaitFrom(now);
        }

        int BlinkMs(long now)
        {
            if (now < hereUntil || learning.IsRunning)
                return HereBlinkMs;
            if (reminder.IsOwed)
                return OwedBlinkMs;
            if (faults.Any)
                return FaultBlinkMs;
            return link != null && !link.IsConnected ? OfflineBlinkMs : 0;
        }

        int WaitFrom(long now)
        {
            // A source that is content with much less lets the whole loop be coarse, once the wall time is known.
            var longest = source.PeriodMs > TimeMs && journal.IsDated ? source.PeriodMs : LookMs;
            var next = Sooner(pollAt, now + longest, now);
            next = Sooner(next, reminder.NextAt, now);
            next = Sooner(next, panel.Buzzer.NextAt, now);
            if (longest == LookMs)
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
        }

        void Tell(PostureKind posture, long since, long now)
        {
            journal.Add(posture, since);
            reminder.Posture(posture, since, now);
            PostureChanged?.Invoke(posture, since, now);
            clock.Wake();
        }

        void Remind(ReminderKind kind, long ms, long sittingMs)
        {
            journal.Add(kind, ms, sittingMs);
            if (kind == ReminderKind.Due)
                panel.Buzzer.Play(Buzzer.Nudge, ms);
            else if (kind == ReminderKind.Repeat)
                panel.Buzzer.Play(Buzzer.Urge, ms);
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
                source = SourceOf(settings);
                learning.Begin(source.Detector, settings.Sensor);
                measuring.Begin(source.Detector, now);
                if (known)
                    Tell(PostureKind.Unknown, now, now);
            }
            source.LyingIsSitting = settings.LyingIsSitting;
        }

        void Obey(long now)
        {
            var command = (Command)link?.Commands.Take();
            if (command == null)
                return;
            var error = Do(command, now);
            // What began is answered when it ends.
            if (error != null || command.Do != "calibrate" && command.Do != "stance")
                link.Answer(command.Do, error, command.Do == "selftest" ? learning.State : null);
        }

        string Do(Command command, long now)
        {
            switch (command.Do)
            {
                case "snooze":
                    reminder.Snooze(command.Minutes, now);
                    return null;
                case "pause":
                    reminder.Pause(command.Minutes, now);
                    return null;
                case "resume":
                    reminder.Resume(now);
                    return null;
                case "calibrate":
                    return Calibrate(command.Step, now);
                case "stance":
                    panel.Buzzer.Play(Buzzer.Answer, now);
                    return settings.Strength == 0 ? "stance: strength is 0, and buzzes guide it" : measuring.Check(command.Side, now);
                case "identify":
                    hereUntil = now + HereMs;
                    panel.Buzzer.Play(Buzzer.Here, now);
                    return null;
                case "selftest":
                    panel.Buzzer.Play(Buzzer.Answer, now);
                    return faults.Text();
                default:
                    link.Leave();
                    restartAt = now + LeaveMs;
                    return null;
            }
        }

        void Press(long now)
        {
            switch (panel.Button.Take(now))
            {
                case Board.Press.Short:
                    panel.Buzzer.Play(Buzzer.Answer, now);
                    reminder.Snooze(Reminder.SnoozeMinutes, now);
                    break;
                case Board.Press.Long:
                    if (Calibrate(settings.Sensor == "seat" ? "empty" : "standing", now) != null)
                        panel.Buzzer.Play(Buzzer.Failed, now);
                    break;
            }
        }

        string Calibrate(string step, long now)
        {
            var refused = learning.Calibrate(step, now);
            if (refused == null)
                panel.Buzzer.Play(Buzzer.Answer, now);
            return refused;
        }

        void Measure(long now)
        {
            var figures = measuring.Hourly(now);
            var stance = measuring.Stance(now);
            if (stance == StanceState.Lift)
                panel.Buzzer.Play(Buzzer.Nudge, now);
            else if (stance == StanceState.Done || stance == StanceState.Failed)
            {
                panel.Buzzer.Play(stance == StanceState.Done ? Buzzer.Well : Buzzer.Failed, now);
                link?.Answer("stance", measuring.Reason);
                if (stance == StanceState.Done)
                    figures = measuring.Checked(figures ?? new Figures(now));
            }
            if (figures != null)
                link?.Tell(figures);
        }

        void TellCalibration(long now)
        {
            panel.Buzzer.Play(learning.Failure == null ? Buzzer.Well : Buzzer.Failed, now);
            link?.Answer("calibrate", learning.Failure);
        }

        void Restart()
        {
            restartAt = long.MaxValue;
            Power.RebootDevice();
        }

        PostureSource SourceOf(DeviceSettings of)
        {
            switch (of.Sensor)
            {
                case "seat":
                    return new SeatPad(new SeatDetector(store.Place.Pads), store.Place.Pads);
                case "belt":
                    return new MotionClip(new BeltDetector(), store.Place.HasCharger ? new Charger() : null);
                default:
                    return new MotionClip(new ThighDetector(), store.Place.HasCharger ? new Charger() : null);
            }
        }
    }
}
