using SitSense.Firmware.Posture;

namespace SitSense.Firmware.Counting
{
    /// <summary>
    /// How long the wearer has sat since local midnight, as far as this device saw. It knows no clock: all times are monotonic ms that the
    /// caller gives, never going back. What it cannot place in the day is left out, so that it says too little rather than too much.
    /// </summary>
    public sealed class DayCount
    {
        const long MsPerMinute = 60000;
        const long MsPerDay = 24 * 60 * MsPerMinute;

        PostureKind posture;
        long boutSince;
        long counted;    // until when all is in the sums
        long sitting;
        long known;

        /// <summary>The local day that is counted, days since 1970; negative while the wall time is not known.</summary>
        public long Day { get; private set; } = -1;

        /// <summary>The posture changed.</summary>
        /// <param name="to">What holds now.</param>
        /// <param name="from">Since when.</param>
        public void Posture(PostureKind to, long from)
        {
            if (from > counted)
            {
                sitting = SittingMs(from);
                known = KnownMs(from);
                counted = from;
            }
            posture = to;
            boutSince = from;
        }

        /// <summary>Learns the time of day; where another day has begun, counts from its midnight on.</summary>
        /// <param name="now">Now.</param>
        /// <param name="utcMs">Now, ms since 1970.</param>
        /// <param name="offsetMinutes">Local time minus UTC.</param>
        public void Time(long now, long utcMs, int offsetMinutes)
        {
            var local = utcMs + offsetMinutes * MsPerMinute;
            var today = local / MsPerDay;
            if (today == Day)
                return;
            var midnight = now - local % MsPerDay;
            // Until the time was known, everything since the start was counted; that is today's if the start is.
            if (Day >= 0 || midnight > 0)
            {
                sitting = known = 0;
                if (midnight > counted)
                    counted = midnight;
            }
            Day = today;
        }

        /// <summary>Adds what was counted of this day before a restart.</summary>
        public void Add(long sittingMs, long knownMs)
        {
            sitting += sittingMs;
            known += knownMs;
        }

        /// <summary>The present unbroken sitting, ms; 0 = nobody sits.</summary>
        public long BoutMs(long now) => posture == PostureKind.Sitting ? now - boutSince : 0;

        /// <summary>Sitting since midnight, ms.</summary>
        public long SittingMs(long now) => sitting + (posture == PostureKind.Sitting ? Open(now) : 0);

        /// <summary>Time since midnight of which the posture is known, ms.</summary>
        public long KnownMs(long now) => known + (posture == PostureKind.Off || posture == PostureKind.Unknown ? 0 : Open(now));

        long Open(long now) => now > counted ? now - counted : 0;
    }
}
