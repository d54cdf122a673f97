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

        readonly SettingsStore settings;
        readonly Batches batches;
        bool ends;

        /// <inheritdoc/>
        public BatchedLink(Clock clock, EventJournal journal, Payloads payloads, SettingsStore settings, Faults faults, Watchdog watchdog, Talk talk, int seed)
            : base(clock, journal, payloads, settings, faults, watchdog, talk, seed)
        {
            this.settings = settings;
            batches = new Batches(seed);
        }

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
            Network.KeepTime(AskTimeMs);
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
        protected override int Gone()
        {
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
