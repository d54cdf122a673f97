namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// Counts how often a sitter shifts: at least a tenth of the load has moved to other pads within seconds, and stays there. What comes
    /// back at once is a fidget, what moves over minutes is creep; neither counts.
    /// </summary>
    /// <remarks>
    /// How much moved is the Bray-Curtis dissimilarity of two distributions of load, sum |a - b| / sum (a + b): 0 for the same, 1 when no
    /// pad bears load in both. Shares are of counts, not of weight, so pads that bend the force bend the tenth.
    /// </remarks>
    internal sealed class SeatShifts
    {
        const float SmallestShift = 0.1f;
        const float Settled = 0.05f;      // between two means of a second: breath and noise stay below
        const float RecentSeconds = 0.7f; // of the present distribution
        const float FollowSeconds = 60f;  // over which the reference follows creep
        const int SettleMs = 2000;        // without movement: a sitter has found their place

        readonly float[] recent;
        readonly float[] reference;
        bool settledOnce;
        long movedAt, stillSince;

        /// <summary>Shifts on a seat with so many pads.</summary>
        public SeatShifts(int pads)
        {
            recent = new float[pads];
            reference = new float[pads];
        }

        /// <summary>Shifts since the start.</summary>
        public int Count { get; private set; }

        /// <summary>Longest time without a shift in the present or last sitting, ms.</summary>
        public long LongestStill { get; private set; }

        /// <summary>Somebody sat down.</summary>
        public void Begin(long ms)
        {
            settledOnce = false;
            movedAt = stillSince = ms;
            LongestStill = 0;
        }

        /// <summary>Takes a frame of a sitting.</summary>
        /// <param name="ms">When it was.</param>
        /// <param name="over">Counts over empty of each pad, at least 0.</param>
        /// <param name="seconds">Time since the last frame.</param>
        public void Add(long ms, float[] over, float seconds)
        {
            if (Moved(over, recent) > Settled)
                movedAt = ms;
            Follow(recent, over, seconds / (RecentSeconds + seconds));
            if (ms - movedAt >= SettleMs)
                Settle();
            if (ms - stillSince > LongestStill)
                LongestStill = ms - stillSince;
        }

        void Settle()
        {
            if (!settledOnce)
            {
                settledOnce = true;
                Follow(reference, recent, 1);
            }
            else if (Moved(recent, reference) >= SmallestShift)
            {
                Count++;
                stillSince = movedAt;
                Follow(reference, recent, 1);
            }
            else
                Follow(reference, recent, SeatFrame.Ms * 0.001f / FollowSeconds);
        }

        static float Moved(float[] a, float[] b)
        {
            float apart = 0, both = 0;
            for (var i = 0; i < a.Length; i++)
            {
                var d = a[i] - b[i];
                apart += d < 0 ? -d : d;
                both += a[i] + b[i];
            }
            return both > 0 ? apart / both : 0;
        }

        static void Follow(float[] what, float[] now, float share)
        {
            for (var i = 0; i < what.Length; i++)
                what[i] += (now[i] - what[i]) * share;
        }
    }
}
