using System;

namespace SitSense.Firmware.Link
{
    /// <summary>When a device on a battery has its radio on: now and then for a batch, and ever more rarely as long as none arrives.</summary>
    public sealed class Batches
    {
        /// <summary>How long the radio may be on for one, ms.</summary>
        public const int MostMs = 60000;

        /// <summary>Time between two, ms; <c>heartbeatSeconds</c> where that is longer.</summary>
        public const int EachMs = 15 * 60000;

        /// <summary>Time between two attempts at most, ms: the journal holds weeks.</summary>
        const int RareMs = 4 * 3600 * 1000;

        /// <summary>How long the radio may be on for one that is held, ms.</summary>
        const int MostHeldMs = 10 * 60000;

        /// <summary>So soon after another, or after a start, none comes before its time, ms.</summary>
        const int HurryMs = 5 * 60000;

        /// <summary>That the last one did not arrive is shown for so long, ms: a light that blinks for days costs more than batches.</summary>
        const int ShowMs = 60000;

        readonly Random chance;
        bool open;
        long begunAt, openedAt, dueAt, endedAt;
        int failures;

        /// <summary>None yet; the first is due at once.</summary>
        /// <param name="seed">Chance, so that devices spread.</param>
        public Batches(int seed) => chance = new Random(seed);

        /// <summary>How many in a row did not arrive.</summary>
        public int Failures => failures;

        /// <summary>Whether one may come before its time: not so soon after another, nor while none arrives.</summary>
        public bool MayHurry(long now) => failures == 0 && now - endedAt >= HurryMs;

        /// <summary>Goes on as before a restart.</summary>
        /// <param name="due">When the next is due, monotonic ms.</param>
        /// <param name="failed">How many in a row did not arrive.</param>
        public void GoOn(long due, int failed)
        {
            dueAt = due;
            failures = failed;
        }

        /// <summary>Whether the last one arrived.</summary>
        public bool HasArrived { get; private set; }

        /// <summary>Whether one has just not arrived.</summary>
        public bool HasFailed(long now) => failures > 0 && now - endedAt < ShowMs;

        /// <summary>Whether the radio may be on.</summary>
        public bool IsOpen(long now) => open && now - openedAt < MostMs;

        /// <summary>The present one goes on for longer: a program is being fetched.</summary>
        public void Hold(long now)
        {
            if (now - begunAt < MostHeldMs)
                openedAt = now;
        }

        /// <summary>One is wanted as soon as possible.</summary>
        public void Want(long now)
        {
            if (now < dueAt)
                dueAt = now;
        }

        /// <summary>Begins one, if it is time.</summary>
        public bool Begin(long now)
        {
            if (open || now < dueAt)
                return false;
            open = true;
            begunAt = openedAt = now;
            // Until it has ended; what is wanted meanwhile comes after it.
            dueAt = long.MaxValue;
            return true;
        }

        /// <summary>When the next is due, monotonic ms; not known while one is under way.</summary>
        public long DueAt => open ? long.MaxValue : dueAt;

        /// <summary>It is over.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <param name="arrived">Whether everything was acknowledged.</param>
        /// <param name="eachMs">The time between two that is wished for.</param>
        public void End(long now, bool arrived, int eachMs)
        {
            if (!open)
                return;
            open = false;
            endedAt = now;
            HasArrived = arrived;
            failures = arrived ? 0 : failures + 1;
            var wait = eachMs > EachMs ? eachMs : EachMs;
            for (var i = 1; i < failures && wait < RareMs; i++)
                wait = wait < RareMs / 2 ? wait * 2 : RareMs;
            wait += chance.Next(wait / 8) - wait / 16;
            if (now + wait < dueAt)
                dueAt = now + wait;
        }
    }
}
