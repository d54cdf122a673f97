using SitSense.Firmware.Board;
using SitSense.Firmware.Journal;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Settings;

namespace SitSense.Firmware.Link
{
    /// <summary>What the device says beside its events: that it is there, how it is set, what it is to Home Assistant, its heartbeats, answers and measures.</summary>
    public sealed class Voice
    {
        readonly Session session;
        readonly Topics topics;
        readonly EventJournal journal;
        readonly Payloads payloads;
        readonly SettingsStore settings;
        readonly Faults faults;
        readonly Reception reception;
        readonly Mailbox answers = new Mailbox();
        readonly Mailbox measured = new Mailbox();
        long aliveUntil;
        long beatenAt;
        uint beatenSeq;
        bool announces;
        bool describes = true;

        /// <summary>That of a device. Only <see cref="Vouch"/>, <see cref="Answer"/> and <see cref="Tell"/> may be called beside the link's thread.</summary>
        /// <param name="session">Where it is said.</param>
        /// <param name="topics">The device's topics.</param>
        /// <param name="journal">What heartbeats count.</param>
        /// <param name="payloads">How it is said.</param>
        /// <param name="settings">How it is set.</param>
        /// <param name="faults">Where faults are told.</param>
        public Voice(Session session, Topics topics, EventJournal journal, Payloads payloads, SettingsStore settings, Faults faults)
        {
            this.session = session;
            this.topics = topics;
            this.journal = journal;
            this.payloads = payloads;
            this.settings = settings;
            this.faults = faults;
            reception = new Reception(settings.Place.WifiName);
        }

        /// <summary>Whether no heartbeat was sent since it was announced.</summary>
        public bool IsNew { get; private set; }

        /// <summary>Says that the sampling goes on: heartbeats vouch for it until then.</summary>
        /// <param name="until">Monotonic ms.</param>
        public void Vouch(long until) => aliveUntil = until;

        /// <summary>Keeps what came of a command, to be said.</summary>
        public void Answer(string what, string error, string calibration) => answers.Put(Payloads.Answer(what, error, calibration));

        /// <summary>Keeps what was measured, to be said; of what waits for the broker the newest sixteen.</summary>
        public void Tell(Figures figures) => measured.PutNewest(figures);

        /// <summary>It is to be announced: it has connected, or Home Assistant has started.</summary>
        /// <param name="describe">Whether to Home Assistant, too, that has heard of it before.</param>
        public void Begin(bool describe)
        {
            announces = true;
            describes |= describe;
        }

        /// <summary>Says what is to be said but for heartbeats.</summary>
        public void Speak()
        {
            if (announces)
                Announce();
            for (var answer = (string)answers.Take(); answer != null; answer = (string)answers.Take())
                session.Assure(topics.Answer, answer);
            for (var figures = (Figures)measured.Take(); figures != null; figures = (Figures)measured.Take())
                session.Tell(topics.Measures, payloads.Measures(figures));
        }

        /// <summary>Says how it is set.</summary>
        /// <param name="describe">Whether that makes it another thing to Home Assistant; where it is to be none, it and all its entities are taken out.</param>
        public void Report(bool describe)
        {
            if (describe)
                session.Retain(topics.Discovery, settings.Current.HomeAssistant ? Discovery.Config(topics, settings.Device, settings.Current.Sensor) : "");
            session.Retain(topics.Reported, settings.Report());
        }

        /// <summary>Sends a heartbeat when it is time, and with each change at once: what heartbeats show is never behind.</summary>
        /// <returns>When the next is due, ms.</returns>
        public int Keep(long now)
        {
            journal.Newest(out var seq, out _);
            var each = settings.Current.HeartbeatSeconds * 1000;
            var wait = beatenAt + each - now;
            if (!IsNew && seq == beatenSeq && wait > 0)
                return (int)wait;
            reception.Look(now);
            Beat(now);
            return each;
        }

        /// <summary>Sends a heartbeat, if the sampling goes on.</summary>
        public void Beat(long now)
        {
            IsNew = false;
            journal.Retry();
            beatenAt = now;
            journal.Newest(out beatenSeq, out _);
            if (now > aliveUntil)
            {
                faults.Report("device", "the sampling stands still");
                return;
            }
            session.Tell(topics.Heartbeat, payloads.Heartbeat(reception.Dbm));
            // What happened once has been said.
            faults.Report("device", null);
            faults.Report("messages", null);
        }

        void Announce()
        {
            announces = false;
            session.Retain(topics.Status, Session.Online);
            Report(describes);
            describes = false;
            IsNew = true;
        }
    }
}
