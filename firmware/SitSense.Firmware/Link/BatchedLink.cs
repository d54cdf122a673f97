using System;
using SitSense.Firmware.Board;
using SitSense.Firmware.Journal;
using SitSense.Firmware.Settings;

namespace SitSense.Firmware.Link
{
    /// <summary>The link of a device on a battery: it is on the network for a batch now and then, and leaves the broker asleep, not offline.</summary>
    public sealed class BatchedLink : BrokerLink
    {
        /// <summary>How often to look in a batch whether all was acknowledged, ms.</summary>
        const int LookMs = 250;

        /// <summary>How long the broker may be silent before a batch ends, ms: what it kept comes right after the connection.</summary>
        const int ListenMs = 1500;

        /// <summary>At most between two batches: they wake it, ms.</summary>
        const int RestMs = 24 * 3600 * 1000;

        /// <summary>The time is asked for when that was so long ago, ms: the board's sleep is timed by an oscillator of 1 %.</summary>
        const int AskTimeMs = 10 * 60000;

        /// <summary>So long after the last batch the board's own time is not trusted, ms: 36 s of drift.</summary>
        const int TrustMs = 3600 * 1000;

        /// <summary>How long to wait then for the time, ms: the board asks for it up to 5 s late, so that many do not ask at once.</summary>
        const int AnswerMs = 7000;

        readonly SettingsStore settings;
        readonly Batches batches;
        bool ends;
        long timedAt;
        long begin;

        /// <inheritdoc/>
        public BatchedLink(Clock clock, EventJournal journal, Payloads payloads, SettingsStore settings, Faults faults, Watchdog watchdog, Talk talk, int seed)
            : base(clock, journal, payloads, settings, faults, watchdog, talk, seed)
        {
            this.settings = settings;
            batches = new Batches(seed);
        }

        /// <summary>How many batches in a row did not arrive.</summary>
        public int Failures => batches.Failures;

        /// <inheritdoc cref="Batches.MayHurry"/>
        public bool MayHurry(long now) => batches.MayHurry(now);

        /// <inheritdoc cref="Batches.GoOn"/>
        public void GoOn(long due, int failed) => batches.GoOn(due, failed);

        /// <summary>When <see cref="Tend"/> next begins a batch, monotonic ms.</summary>
        public long BatchAt => batches.DueAt;

        /// <inheritdoc/>
        /// <remarks>Or did at the last batch.</remarks>
        public override bool IsWell => batches.HasArrived;

        /// <inheritdoc/>
        public override bool IsMissed(long now) => batches.HasFailed(now);

        /// <summary>Whether the radio may be on, and the board must not sleep.</summary>
        public bool IsAwake(long now) => batches.IsOpen(now);

        /// <summary>Begins a batch when it is time.</summary>
        public void Tend(long now)
        {
            if (!batches.Begin(now))
                return;
            Watchdog.Link(Batches.MostMs);
            begin = Journal.UtcOf(Journal.Boot, 0);
            Clock.Wake();
        }

        /// <summary>Wants a batch now.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <param name="last">Whether none comes after it: the device is then offline, not asleep.</param>
        public void Want(long now, bool last = false)
        {
            ends |= last;
            batches.Want(now);
        }

        /// <inheritdoc/>
        protected override long AwayFor(long now) => batches.IsOpen(now) ? 0 : RestMs;

        /// <inheritdoc/>
        protected override bool Keeps => true;

        /// <inheritdoc/>
        /// <remarks>Everything first, then one heartbeat, and off when the broker has nothing more to say.</remarks>
        protected override int GoOn(long now)
        {
            if (!batches.IsOpen(now))
                throw new Exception("the batch was not done within a minute");
            if (!IsTimely(now) && Journal.IsDated)
                return LookMs;
            if (IsLeaving)
                return GoAway(now, Session.Offline);
            if (Journal.Pending > 0)
                return LookMs;
            if (Voice.IsNew)
                Voice.Beat(now);
            if (IsBusy)
            {
                batches.Hold(now);
                return LookMs;
            }
            return IsGoing || now - HeardAt >= ListenMs ? GoAway(now, ends ? Session.Offline : Session.Asleep) : LookMs;
        }

        /// <inheritdoc/>
        protected override bool IsTimely(long now)
        {
            Network.KeepTime(AskTimeMs);
            var isTold = begin != WallTime.Unknown && Journal.UtcOf(Journal.Boot, 0) != begin;
            return (isTold || timedAt > 0 && ConnectedAt - timedAt < TrustMs || now - ConnectedAt >= AnswerMs) && base.IsTimely(now);
        }

        /// <inheritdoc/>
        protected override int Gone()
        {
            timedAt = Clock.Now;
            Trust();
            return Rest(true);
        }

        /// <inheritdoc/>
        protected override int Failed(Exception e)
        {
            base.Failed(e);
            // What was retained may not have arrived.
            Voice.Begin(true);
            return Rest(false);
        }

        int Rest(bool arrived)
        {
            Network.Leave();
            batches.End(Clock.Now, arrived, settings.Current.HeartbeatSeconds * 1000);
            return RestMs;
        }
    }
}
