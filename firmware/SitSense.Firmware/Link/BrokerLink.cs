using System;
using System.Text;
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
    public sealed class BrokerLink
    {
        /// <summary>How long events wait for the wall time after connecting; then they tell their age, ms.</summary>
        const int ClockPatienceMs = 30000;

        /// <summary>How often to look whether the wall time is known by now, ms.</summary>
        const int ClockLookMs = 1000;

        /// <summary>What the client is given to send its last messages, ms.</summary>
        const int LastWordMs = 500;

        /// <summary>How often to look, having left, whether that still holds, ms.</summary>
        const int AwayMs = 60000;

        /// <summary>Long ago: a heartbeat is wanted at once.</summary>
        const long Never = -1L << 40;

        const string Online = "online";

        readonly Clock clock;
        readonly EventJournal journal;
        readonly SettingsStore settings;
        readonly Faults faults;
        readonly Watchdog watchdog;
        readonly Network network;
        readonly Reception reception;
        readonly Topics topics;
        readonly Payloads payloads;
        readonly Outbox outbox;
        readonly Session session;
        readonly Talk talk;
        readonly Backoff backoff;
        readonly Mailbox answers = new Mailbox();
        readonly Mailbox measured = new Mailbox();
        long retryAt;
        long connectedAt;
        long beatenAt;
        uint beatenSeq;
        long aliveUntil;
        bool announce;
        bool refused;
        bool brief;
        string advice = "";
        bool leaving;
        long goneAt;

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
            this.clock = clock;
            this.journal = journal;
            this.settings = settings;
            this.faults = faults;
            this.watchdog = watchdog;
            this.talk = talk;
            network = new Network(clock, settings.Place, faults);
            reception = new Reception(settings.Place.WifiName);
            topics = new Topics(settings.Place.Root, settings.Device);
            this.payloads = payloads;
            outbox = new Outbox(journal, payloads, topics);
            session = new Session(clock, settings, topics, outbox, faults);
            backoff = new Backoff(seed);
        }

        /// <summary>Commands for the device.</summary>
        public Mailbox Commands { get; } = new Mailbox();

        /// <summary>Whether the broker is there.</summary>
        public bool IsConnected { get; private set; }

        /// <summary>Starts the thread.</summary>
        public void Start()
        {
            watchdog.Link(0);
            clock.Start(Run);
        }

        /// <summary>Says that the sampling goes on: heartbeats vouch for it until then.</summary>
        /// <param name="until">Monotonic ms.</param>
        public void Vouch(long until) => aliveUntil = until;

        /// <summary>Publishes what came of a command.</summary>
        public void Answer(string what, string error, string calibration = null)
        {
            answers.Put(Payloads.Answer(what, error, calibration));
            clock.Wake();
        }

        /// <summary>Publishes what was measured; of what waits for the broker the newest sixteen are kept.</summary>
        public void Tell(Figures figures)
        {
            measured.PutNewest(figures);
            clock.Wake();
        }

        /// <summary>Leaves the broker cleanly and stays away; <see cref="IsConnected"/> tells when it has left.</summary>
        public void Leave()
        {
            leaving = true;
            clock.Wake();
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
                watchdog.Link(wait);
                clock.Idle(wait);
            }
        }

        int Failed(Exception e)
        {
            brief = IsConnected && !backoff.Steady(clock.Now - connectedAt);
            var cause = string.IsNullOrEmpty(e.Message) ? e.GetType().Name : e.Message;
            var broker = settings.Place.Host + ":" + settings.Place.Port.ToString();
            faults.Report("broker", brief ? "the connection to " + broker + " was lost at once: is another device called the same?"
                : "not connected to " + broker + ": " + cause + advice);
            Drop();
            var wait = backoff.Next(refused);
            retryAt = clock.Now + wait;
            return wait;
        }

        int Turn()
        {
            var now = clock.Now;
            if (leaving && session.Client == null)
                return AwayMs;
            if (session.Client != null && !session.Client.IsConnected)
                throw new Exception("connection lost");
            if (session.Client == null)
            {
                if (now < retryAt)
                    return (int)(retryAt - now);
                Connect();
                now = clock.Now;
            }
            if (brief && backoff.Steady(now - connectedAt))
            {
                brief = false;
                faults.Report("broker", null);
            }
            network.KeepTime();
            TakeReceived();
            if (announce)
                Announce();
            talk?.Say();
            for (var answer = (string)answers.Take(); answer != null; answer = (string)answers.Take())
                session.Assure(topics.Answer, answer);
            for (var figures = (Figures)measured.Take(); figures != null; figures = (Figures)measured.Take())
                session.Tell(topics.Measures, payloads.Measures(figures));
            if (journal.IsDated || now - connectedAt >= ClockPatienceMs)
                outbox.Pump(session.Client);
            // A change is beaten at once: what heartbeats show is never behind.
            journal.Newest(out var seq, out _);
            if (seq != beatenSeq)
                beatenAt = Never;
            if (leaving)
                return GoAway(now);
            var wait = beatenAt + settings.Current.HeartbeatSeconds * 1000L - now;
            if (wait <= 0)
            {
                Beat(now);
                wait = settings.Current.HeartbeatSeconds * 1000L;
            }
            var longest = journal.IsDated ? (int)wait : ClockLookMs;
            return talk == null ? longest : talk.WaitFrom(clock.Now, longest);
        }

        void Beat(long now)
        {
            journal.Retry();
            beatenAt = now;
            journal.Newest(out beatenSeq, out _);
            if (now > aliveUntil)
            {
                faults.Report("device", "the sampling stands still");
                return;
            }
            reception.Look(now);
            session.Tell(topics.Heartbeat, payloads.Heartbeat(reception.Dbm));
            // What happened once has been said.
            faults.Report("device", null);
            faults.Report("messages", null);
        }

        void Connect()
        {
            refused = false;
            network.Join();
            advice = settings.Place.Tls ? "; is broker.ca what the broker's certificate leads to, and broker.host the name in it?" : "; is the broker there?";
            var code = session.Open();
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
            connectedAt = clock.Now;
            beatenAt = Never;
            announce = true;
            IsConnected = true;
        }

        void Announce()
        {
            announce = false;
            session.Retain(topics.Status, Online);
            Describe();
            session.Retain(topics.Reported, settings.Report());
            beatenAt = Never;
        }

        // To Home Assistant; nothing in place of it takes the device and all its entities out.
        void Describe() => session.Retain(
            topics.Discovery, settings.Current.HomeAssistant ? Discovery.Config(topics, settings.Device, settings.Current.Sensor) : "");

        void TakeReceived()
        {
            for (var e = session.Take(); e != null; e = session.Take())
            {
                if (talk != null && talk.Take(e))
                    continue;
                var text = Encoding.UTF8.GetString(e.Message, 0, e.Message.Length);
                if (e.Topic == Topics.HomeAssistantStatus)
                    announce |= text == Online;
                else if (e.Topic == topics.Settings)
                    TakeSettings(text);
                else if (e.Topic == topics.Command)
                    TakeCommand(text, e.Retain);
            }
        }

        void TakeSettings(string text)
        {
            // An empty message only removes what was retained.
            if (text.Length == 0)
                return;
            var before = settings.Current;
            settings.Take(text);
            if (settings.Current.Sensor != before.Sensor || settings.Current.HomeAssistant != before.HomeAssistant)
                Describe();
            session.Retain(topics.Reported, settings.Report());
        }

        void TakeCommand(string text, bool retained)
        {
            // Removing a retained one is no command.
            if (text.Length == 0)
                return;
            try
            {
                if (retained)
                    throw new FormatException("retained: a command would be done again with every connection; remove it");
                var command = Command.Read(text);
                if (!Commands.Put(command))
                    Answer(command.Do, "too many commands wait");
            }
            catch (FormatException e)
            {
                Answer(null, e.Message);
            }
        }

        int GoAway(long now)
        {
            if (goneAt == 0)
            {
                session.Retain(topics.Status, Session.Offline);
                goneAt = now + LastWordMs;
            }
            if (now < goneAt)
                return (int)(goneAt - now);
            session.Client.Disconnect();
            Drop();
            return AwayMs;
        }

        void Drop()
        {
            IsConnected = false;
            session.Close();
        }
    }
}
