using SitSense.Firmware.Board;
using SitSense.Firmware.Journal;
using SitSense.Firmware.Settings;

namespace SitSense.Firmware.Link
{
    /// <summary>What the device says of itself: that it is there, how it is set, what it is to Home Assistant, and its heartbeats.</summary>
    public sealed class Presence
    {
        readonly Session session;
        readonly Topics topics;
        readonly EventJournal journal;
        readonly Payloads payloads;
        readonly SettingsStore settings;
        readonly Faults faults;
        readonly Reception reception;
        long aliveUntil;
        long beatenAt;
        uint beatenSeq;
        bool announces;
        bool describes = true;

        /// <summary>That of a device.</summary>
        /// <param name="session">Where it is said.</param>
        /// <param name="topics">The device's topics.</param>
        /// <param name="journal">What heartbeats count.</param>
        /// <param name="payloads">How it is said.</param>
        /// <param name="settings">How it is set.</param>
        /// <param name="faults">Where faults are told.</param>
        public Presence(Session session, Topics topics, EventJournal journal, Payloads payloads, SettingsStore settings, Faults faults)
        {
            this.session = session;
            this.topics = topics;
            this.journal = journal;
            this.payloads = payloads;
            this.settings = settings;
            this.faults = faults;
            reception = new Reception(settings.Place.WifiName);
        }

        /// <summary>Whether no heartbeat was sent since <see cref="Announce"/>.</summary>
        public bool IsNew { get; private set; }

        /// <summary>Says that the sampling goes on: heartbeats vouch for it until then.</summary>
        /// <param name="until">Monotonic ms.</param>
        public void Vouch(long until) => aliveUntil = until;

        /// <summary>It is to be announced: it has connected, or Home Assistant has started.</summary>
        /// <param name="describe">Whether to Home Assistant, too, that has heard of it before.</param>
        public void Begin(bool describe)
        {
            announces = true;
            describes |= describe;
        }

        /// <summary>Announces it, where that is to be done.</summary>
        public void Announce()
        {
            if (!announces)
                return;
            announces = false;
            session.Retain(topics.Status, Session.Online);
            Report(describes);
            describes = false;
            IsNew = true;
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
    }
}
