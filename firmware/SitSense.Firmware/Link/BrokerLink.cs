using System;
using System.Text;
using nanoFramework.M2Mqtt.Messages;
using SitSense.Firmware.Board;
using SitSense.Firmware.Journal;
using SitSense.Firmware.Posture;
using SitSense.Firmware.Settings;
using SitSense.Firmware.Update;

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

        /// <summary>In a batch: how long after it was told everything the broker may still say something, and how often to look, ms.</summary>
        const int ListenMs = 1500, BatchLookMs = 250;

        /// <summary>Between two batches: they wake it, ms.</summary>
        const int RestMs = 24 * 3600 * 1000;

        /// <summary>In a batch: the time is asked for when that was so long ago, ms; the board's sleep is timed by an oscillator of 1 %.</summary>
        const int AskTimeMs = 10 * 60000;

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
        readonly UpdateTalk programs;
        readonly Backoff backoff;
        readonly Batches batches;
        readonly Mailbox answers = new Mailbox();
        readonly Mailbox measured = new Mailbox();
        long retryAt;
        long connectedAt;
        long beatenAt;
        uint beatenSeq;
        long aliveUntil;
        bool announce;
        bool refused;
        string advice = "";
        bool leaving;
        long goneAt;
        long heardAt;
        bool described;
        bool forGood;

        /// <summary>The link of a device; <see cref="Start"/> starts its thread.</summary>
        /// <param name="clock">The board's time.</param>
        /// <param name="journal">What is to be published.</param>
        /// <param name="payloads">What is said.</param>
        /// <param name="settings">Where to, and what may be set from afar.</param>
        /// <param name="faults">Where faults are told.</param>
        /// <param name="watchdog">What watches that it goes on.</param>
        /// <param name="download">What takes programs.</param>
        /// <param name="seed">Chance.</param>
        /// <param name="inBatches">Whether the radio is on for a batch now and then only.</param>
        public BrokerLink(
            Clock clock, EventJournal journal, Payloads payloads, SettingsStore settings, Faults faults, Watchdog watchdog, Download download, int seed,
            bool inBatches)
        {
            this.clock = clock;
            this.journal = journal;
            this.settings = settings;
            this.faults = faults;
            this.watchdog = watchdog;
            network = new Network(clock, settings.Place, faults);
            reception = new Reception(settings.Place.WifiName);
            topics = new Topics(settings.Place.Root, settings.Device);
            this.payloads = payloads;
            outbox = new Outbox(journal, payloads, topics);
            session = new Session(clock, settings, topics, outbox, faults);
            programs = new UpdateTalk(download, session, topics);
            backoff = new Backoff(seed);
            batches = inBatches ? new Batches(seed) : null;
        }

        /// <summary>Commands for the device.</summary>
        public Mailbox Commands { get; } = new Mailbox();

        /// <summary>Whether the broker is there.</summary>
        public bool IsConnected { get; private set; }

        /// <summary>Whether what the device says arrives: the broker is there, or was at the last batch.</summary>
        public bool IsWell => batches == null ? IsConnected : batches.HasArrived;

        /// <summary>Whether it is to be shown that the broker is not there.</summary>
        public bool IsMissed(long now) => batches == null ? !IsConnected : batches.HasFailed(now);

        /// <summary>Whether the radio may be on, and the board must not sleep.</summary>
        public bool IsAwake(long now) => batches == null || batches.IsOpen(now);

        /// <summary>When <see cref="Tend"/> next begins a batch, monotonic ms.</summary>
        public long BatchAt => batches == null ? long.MaxValue : batches.DueAt;

        /// <summary>Begins a batch when it is time.</summary>
        public void Tend(long now)
        {
            if (batches == null || !batches.Begin(now))
                return;
            watchdog.Link(Batches.MostMs);
            clock.Wake();
        }

        /// <summary>Wants a batch now.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <param name="last">Whether none comes after it: the device is then offline, not asleep.</param>
        public void Want(long now, bool last = false)
        {
            forGood |= last;
            batches?.Want(now);
        }

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
            var cause = string.IsNullOrEmpty(e.Message) ? e.GetType().Name : e.Message;
            faults.Report("broker", "not connected to " + settings.Place.Host + ":" + settings.Place.Port.ToString() + ": " + cause + advice);
            Drop();
            if (batches != null)
                return Rest(false);
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
            if (!IsAwake(now))
            {
                if (session.Client == null)
                    return RestMs;
                throw new Exception("the batch was not done within a minute");
            }
            if (session.Client == null)
            {
                if (now < retryAt)
                    return (int)(retryAt - now);
                Connect();
                now = clock.Now;
            }
            if (batches == null)
                network.KeepTime();
            else
                network.KeepTime(AskTimeMs);
            TakeReceived();
            if (announce)
                Announce();
            programs.Say();
            for (var answer = (string)answers.Take(); answer != null; answer = (string)answers.Take())
                session.Assure(topics.Answer, answer);
            for (var figures = (Figures)measured.Take(); figures != null; figures = (Figures)measured.Take())
                session.Tell(topics.Measures, payloads.Measures(figures));
            if (journal.IsDated || now - connectedAt >= ClockPatienceMs)
                outbox.Pump(session.Client);
            if (batches != null)
                return Batch(now);
            // A change is beaten at once: what heartbeats show is never behind.
            journal.Newest(out var seq, out _);
            if (seq != beatenSeq)
                beatenAt = Never;
            if (leaving)
                return GoAway(now, Session.Offline);
            var wait = beatenAt + settings.Current.HeartbeatSeconds * 1000L - now;
            if (wait <= 0)
            {
                Beat(now);
                wait = settings.Current.HeartbeatSeconds * 1000L;
            }
            return programs.WaitFrom(clock.Now, journal.IsDated ? wait : ClockLookMs);
        }

        // Everything first, then one heartbeat, and off when the broker has nothing more to say.
        int Batch(long now)
        {
            if (leaving)
                return GoAway(now, Session.Offline);
            if (journal.Pending > 0)
                return BatchLookMs;
            if (beatenAt == Never)
                Beat(now);
            if (programs.IsLoading)
            {
                batches.Hold(now);
                return programs.WaitFrom(now, BatchLookMs);
            }
            return goneAt == 0 && now - heardAt < ListenMs ? BatchLookMs : GoAway(now, forGood ? Session.Offline : Session.Asleep);
        }

        int Rest(bool arrived)
        {
            network.Leave();
            goneAt = 0;
            batches.End(clock.Now, arrived, settings.Current.HeartbeatSeconds * 1000);
            return RestMs;
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
            if (batches == null)
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
            var code = session.Open(batches != null);
            advice = "";
            if (code != MqttReasonCode.Success)
            {
                refused = Refusal.IsLasting(code);
                throw new Exception(Refusal.Text(code));
            }
            outbox.Reset();
            session.Subscribe();
            backoff.Reset();
            faults.Report("broker", null);
            connectedAt = heardAt = clock.Now;
            beatenAt = Never;
            announce = true;
            IsConnected = true;
        }

        void Announce()
        {
            announce = false;
            session.Retain(topics.Status, Online);
            if (batches == null || !described)
                Describe();
            session.Retain(topics.Reported, settings.Report());
            beatenAt = Never;
        }

        // To Home Assistant; nothing in place of it takes the device and all its entities out.
        void Describe()
        {
            session.Retain(
                topics.Discovery, settings.Current.HomeAssistant ? Discovery.Config(topics, settings.Device, settings.Current.Sensor) : "");
            described = true;
        }

        void TakeReceived()
        {
            for (var e = session.Take(); e != null; e = session.Take())
            {
                heardAt = clock.Now;
                if (programs.Take(e))
                    continue;
                var text = Encoding.UTF8.GetString(e.Message, 0, e.Message.Length);
                if (e.Topic == Topics.HomeAssistantStatus)
                {
                    announce |= text == Online;
                    described = false;
                }
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

        int GoAway(long now, string word)
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
            return batches == null ? AwayMs : Rest(true);
        }

        void Drop()
        {
            IsConnected = false;
            session.Close();
        }
    }
}
