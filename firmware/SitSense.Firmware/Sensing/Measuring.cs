using SitSense.Firmware.Posture;

namespace SitSense.Firmware.Sensing
{
    /// <summary>When what a detector measures is told: each hour, and at the end of a guided check.</summary>
    public sealed class Measuring
    {
        const int PeriodMs = 3600000;

        PostureDetector detector;
        StanceState told;
        long dueAt;
        bool wasLast;

        /// <summary>Takes up a detector; null where nothing is measured.</summary>
        public void Begin(PostureDetector of, long now)
        {
            detector = of;
            told = StanceState.None;
            dueAt = now + PeriodMs;
        }

        /// <summary>Begins the check of standing on one leg.</summary>
        /// <param name="leg"><c>left</c> or <c>right</c>: the one to stand on.</param>
        /// <param name="now">Now, monotonic ms.</param>
        /// <returns>Why it cannot be done, for people; null when it began, or failed at once, which <see cref="Stance"/> tells.</returns>
        public string Check(string leg, long now)
        {
            if (detector?.Stance == null)
                return "stance: only a clip at the belt can see it";
            detector.Stance.Begin(leg == "left", now);
            told = StanceState.Quiet;
            return null;
        }

        /// <summary>How far the check has come, once each time that this changes; else <see cref="StanceState.None"/>.</summary>
        public StanceState Stance(long now)
        {
            var check = detector?.Stance;
            if (check == null)
                return StanceState.None;
            check.Look(now);
            if (check.State == told)
                return StanceState.None;
            return told = check.State;
        }

        /// <summary>Why the last check has no figure, for people; null when it has one.</summary>
        public string Reason => detector.Stance.Reason;

        /// <summary>Adds what the last check has found.</summary>
        public Figures Checked(Figures figures)
        {
            detector.Stance.Measure(figures);
            return figures;
        }

        /// <summary>What was measured, when an hour is over; else null.</summary>
        /// <param name="now">Now, monotonic ms.</param>
        /// <param name="ends">Whether it ends before its time, for what is not told is lost.</param>
        public Figures Hourly(long now, bool ends)
        {
            if (now < dueAt && (!ends || wasLast))
                return null;
            wasLast = ends;
            dueAt = now + PeriodMs;
            var figures = new Figures(now);
            detector?.Measure(figures);
            return figures.Count > 0 ? figures : null;
        }
    }
}
