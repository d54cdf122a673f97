using System;
using nanoFramework.M2Mqtt.Messages;
using SitSense.Firmware.Board;
using SitSense.Firmware.Journal;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Settings;

namespace SitSense.Firmware.Link
{
    /// <summary>
    /// The thread between the device and its broker: joins the Wi-Fi, connects, publishes what the journal holds, and takes settings and
    /// commands. Nothing that fails here reaches the sampling: it is a fault, and tried again.
    /// </summary>
    public class BrokerLink
    {
        /// <summary>How long events wait for the wall time after connecting; then they tell their age, ms.</summary>
        const int ClockPatienceMs = 30000;

        /// <summary>How often to look whether the wall time is known by now, ms.</summary>
        const int ClockLookMs = 1000;

        /// <summary>What the client is given to send its last messages, ms.</summary>
        const int LastWordMs = 500;

        /// <summary>How long to take messages before it goes on, ms.</summary>
        const int HearMs = 1000;

        /// <summary>How often to look, having left, whether that still holds, ms.</summary>
        const int AwayMs = 60000;

        readonly SettingsStore settings;
        readonly Faults faults;
        readonly Topics topics;
        readonly Outbox outbox;
        readonly Inbox inbox;
        readonly Session session;
        readonly Talk talk;
        readonly Backoff backoff;
        long retryAt;
        long goneAt;
        bool isConnected;
        bool refused;
        bool brief;
        string advice = "";

        /// <summary>The link of a device; <see cref="Start"/> starts its thread.</summary>
        /// <param name="clock">The board's time.</param>
        /// <param name="journal">What is to be published.</param>
        /// <param name="payloads">What is said.</param>
        /// <param name="settings">Where to, and what may be set from afar.</param>
        /// <param name="faults">Where faults are told.</param>
        /// <param name="watchdog">What watches that it goes on.</param>
        /// <param name="talk">What else is said; null = nothing.</param>
        /// <param name="seed">Chance.</param>
        public BrokerLink(Clock clock, EventJournal journal, Payloads payloads, SettingsStore settings, Faults faults, Watchdog watchdog, Talk talk, int seed)
        {
            Clock = clock;
            Journal = journal;
            Watchdog = watchdog;
            this.settings = settings;
            this.faults = faults;
            this.talk = talk;
            Network = new Network(clock, settings.Place, faults);
            topics = new Topics(settings.Place.Root, settings.Device);
            outbox = new Outbox(journal, payloads, topics);
            session = new Session(clock, settings, topics, outbox, faults);
            Voice = new Voice(session, topics, journal, payloads, settings, faults);
            inbox = new Inbox(session, topics, settings, Voice, talk);
            backoff = new Backoff(seed);
        }

        /// <summary>Commands for the device.</summary>
        public Mailbox Commands => inbox.Commands;

        /// <summary>Whether what the device says arrives.</summary>
        public virtual bool IsWell => isConnected;

        /// <summary>Whether it is to be shown that the broker is not there.</summary>
        public virtual bool IsMissed(long now) => !isConnected;

        /// <summary>The board's time.</summary>
        protected Clock Clock { get; }

        /// <summary>What is to be published.</summary>
        protected EventJournal Journal { get; }

        /// <summary>What watches that it goes on.</summary>
        protected Watchdog Watchdog { get; }

        /// <summary>The Wi-Fi.</summary>
        protected Network Network { get; }

        /// <summary>What the device says beside its events.</summary>
        protected Voice Voice { get; }

        /// <summary>When the broker said something the last time, its welcome first, monotonic ms.</summary>
        protected long HeardAt { get; private set; }

        /// <summary>When the broker welcomed it, monotonic ms.</summary>
        protected long ConnectedAt { get; private set; }

        /// <summary>Whether it is leaving, or has left, for good.</summary>
        protected bool IsLeaving { get; private set; }

        /// <summary>Whether more is being said than there is in the journal, as while a program is fetched.</summary>
        protected bool IsBusy => talk != null && talk.WaitFrom(Clock.Now, int.MaxValue) < int.MaxValue;

        /// <summary>Whether its last word was said.</summary>
        protected bool IsGoing => goneAt > 0;

        /// <summary>Starts the thread.</summary>
        public void Start()
        {
            Watchdog.Link(0);
            Clock.Start(Run);
        }

        /// <summary>Says that the sampling goes on: heartbeats vouch for it until then.</summary>
        /// <param name="until">Monotonic ms.</param>
        public void Vouch(long until) => Voice.Vouch(until);

        /// <summary>Publishes what came of a command.</summary>
        public void Answer(string what, string error, string calibration = null)
        {
            Voice.Answer(what, error, calibration);
            Clock.Wake();
        }

        /// <summary>Publishes what was measured; of what waits for the broker the newest sixteen are kept.</summary>
        public void Tell(Figures figures)
        {
            Voice.Tell(figures);
            Clock.Wake();
        }

        /// <summary>Leaves the broker cleanly and stays away.</summary>
        public void Leave()
        {
            IsLeaving = true;
            Clock.Wake();
        }

        /// <summary>Whether the broker is to keep what is sent while it is left, for a device that comes back.</summary>
        protected virtual bool Keeps => false;

        /// <summary>How long to stay away from the broker, ms; 0 = it is time to connect.</summary>
        protected virtual long AwayFor(long now) => retryAt - now;

        /// <summary>Whether the wall time is known as well as it will be: what is said before is wrong for good.</summary>
        protected virtual bool IsTimely(long now) => Journal.IsDated || now - ConnectedAt >= ClockPatienceMs;

        /// <summary>All that came was taken, and all that waited was sent.</summary>
        /// <returns>When to look again, ms.</returns>
        /// <exception cref="Exception">The connection is to be given up.</exception>
        protected virtual int GoOn(long now)
        {
            Network.KeepTime();
            if (IsLeaving)
                return GoAway(now, Session.Offline);
            var wait = Voice.Keep(now);
            return Journal.IsDated ? wait : ClockLookMs;
        }

        /// <summary>Leaves the broker, when the last word had the time to arrive.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <param name="word">What the status says then.</param>
        protected int GoAway(long now, string word)
        {
            if (goneAt == 0)
            {
                session.Retain(topics.Status, word);
                goneAt = now + LastWordMs;
            }
            if (now < goneAt)
                return (int)(goneAt - now);
            session.Client.Disconnect();
            Drop();
            return Gone();
        }

        /// <summary>It has left the broker.</summary>
        /// <returns>When to look again, ms.</returns>
        protected virtual int Gone() => AwayMs;

        /// <summary>The last connection succeeded.</summary>
        protected void Trust()
        {
            brief = false;
            faults.Report("broker", null);
        }

        /// <summary>Something failed, and the connection is gone.</summary>
        /// <returns>When to look again, ms.</returns>
        protected virtual int Failed(Exception e)
        {
            brief = isConnected && !backoff.Steady(Clock.Now - ConnectedAt);
            var cause = string.IsNullOrEmpty(e.Message) ? e.GetType().Name : e.Message;
            var broker = settings.Place.Host + ":" + settings.Place.Port.ToString();
            faults.Report("broker", brief ? "the connection to " + broker + " was lost at once: is another device called the same?"
                : "not connected to " + broker + ": " + cause + advice);
            Drop();
            var wait = backoff.Next(refused);
            retryAt = Clock.Now + wait;
            return wait;
        }

        void Run()
        {
            while (true)
            {
                int wait;
                try
                {
                    wait = Turn();
                }
                catch (Exception e)
                {
                    wait = Failed(e);
                }
                Watchdog.Link(wait);
                Clock.Idle(wait);
            }
        }

        int Turn()
        {
            var now = Clock.Now;
            if (session.Client == null)
            {
                var wait = IsLeaving ? AwayMs : AwayFor(now);
                if (wait > 0)
                    return (int)wait;
                Connect();
                now = Clock.Now;
            }
            else if (!session.Client.IsConnected)
                throw new Exception("connection lost");
            if (brief && backoff.Steady(now - ConnectedAt))
                Trust();
            Hear(now);
            Voice.Speak();
            talk?.Say();
            if (IsTimely(now))
                outbox.Pump(session.Client);
            var next = GoOn(now);
            return talk == null || session.Client == null ? next : talk.WaitFrom(Clock.Now, next);
        }

        // For a moment only: who floods a device must not keep it from saying its own. What is left is the next turn's.
        void Hear(long now)
        {
            var came = inbox.Take();
            if (came)
                HeardAt = now;
            while (came && Clock.Now - now < HearMs)
                came = inbox.Take();
            if (came)
                Clock.Wake();
        }

        void Connect()
        {
            refused = false;
            Network.Join();
            advice = settings.Place.Tls ? "; is broker.ca what the broker's certificate leads to, and broker.host the name in it?" : "; is the broker there?";
            var code = session.Open(Keeps);
            advice = "";
            if (code != MqttReasonCode.Success)
            {
                refused = Refusal.IsLasting(code);
                throw new Exception(Refusal.Text(code));
            }
            outbox.Reset();
            session.Subscribe();
            talk?.Join(session, topics);
            // What threw the last connection out may do so again, and heartbeats tell people of it.
            if (!brief)
                faults.Report("broker", null);
            ConnectedAt = HeardAt = Clock.Now;
            goneAt = 0;
            Voice.Begin(!Keeps);
            isConnected = true;
        }

        void Drop()
        {
            isConnected = false;
            session.Close();
        }
    }
}
