namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// How long and how many steps the wearer has walked since the start, stairs and running included. A walk is a chain of steps that has proved itself by
    /// six in a row that are even, or alternate evenly as on stairs or with a limp.
    /// </summary>
    public sealed class Walking
    {
        /// <summary>Standard error of <see cref="Seconds"/> as a share: two people of three are within it, docs/detection.md has everybody.</summary>
        public const float SecondsError = 0.05f;

        /// <summary>Difference of <see cref="Steps"/> from how often the forces repeat themselves, as a share; nobody counted the true steps.</summary>
        public const float StepsError = 0.05f;

        const int ShortestStepMs = 280;    // 3.5 steps/s, a sprint; what comes sooner is a bump of the same step
        const int LongestStepMs = 1000;    // 1 step/s, a stroll
        const float Evenness = 0.35f;      // share by which a step may differ from the one before, or the one before that
        const int StepsOfAWalk = 6;
        const float ShortestWalkSeconds = 3f; // such steps at two a second
        const int DoubtMs = 10000;         // so long steps may be uneven on the way

        long last, since, proved, previous, earlier;
        int even, uncounted;

        /// <summary>Seconds walked, from the first to the last step of each walk.</summary>
        public float Seconds => Ms * 0.001f;

        /// <summary>The same, ms.</summary>
        public long Ms { get; private set; }

        /// <summary>The end of what is counted, monotonic ms.</summary>
        public long Until { get; private set; }

        /// <summary>Steps of these walks.</summary>
        public int Steps { get; private set; }

        /// <summary>Takes the time of the last step or swing that looks like one, monotonic ms; the same one any number of times.</summary>
        public void Add(long step)
        {
            var interval = step - last;
            if (interval < ShortestStepMs)
                return;
            last = step;
            if (interval > LongestStepMs)
            {
                since = step;
                uncounted = 1;
                previous = earlier = even = 0;
                return;
            }
            uncounted++;
            even = Alike(interval, previous) || Alike(interval, earlier) ? even + 1 : even > StepsOfAWalk ? StepsOfAWalk - 2 : 0;
            earlier = previous;
            previous = interval;
            if (even >= StepsOfAWalk)
                proved = step;
            if (proved < since || step - proved > DoubtMs)
                return;
            var from = Until > since ? Until : since;
            Ms += step - from < DoubtMs ? step - from : DoubtMs;
            Until = step;
            Steps += uncounted;
            uncounted = 0;
        }

        internal void Measure(Figures figures)
        {
            // A walk that is too short to count is missed altogether.
            figures.Add("walkingSeconds", Seconds, AtLeast(Seconds * SecondsError, ShortestWalkSeconds));
            figures.Add("steps", Steps, AtLeast(Steps * StepsError, StepsOfAWalk));
        }

        static float AtLeast(float error, float least) => error > least ? error : least;

        static bool Alike(long a, long b) => b != 0 && (a > b ? a - b : b - a) <= Evenness * a;
    }
}
