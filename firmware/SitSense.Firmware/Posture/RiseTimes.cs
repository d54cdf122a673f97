namespace SitSense.Firmware.Posture
{
    /// <summary>How long standing up takes: from the trunk's first movement to the first rest upright. Who walks off at once is not timed.</summary>
    public sealed class RiseTimes
    {
        const int Kept = 15;              // odd, so that there is a middle one
        const float OneError = 0.65f;     // s by which one rise misses its label
        const float Bias = 0.2f;          // s by which all of them exceed the labels in the median: the sway after it counts in

        readonly float[] seconds = new float[Kept];

        /// <summary>Rises timed since the start.</summary>
        public int Count { get; private set; }

        /// <summary>The last one, s.</summary>
        public float Last => seconds[(Count + Kept - 1) % Kept];

        /// <summary>Median of the last 15 rises, s; 0 without any.</summary>
        public float Seconds => Count == 0 ? 0 : Median();

        /// <summary>Standard error of <see cref="Seconds"/>, s: of a median of so many values, and what all of them have in common.</summary>
        public float Error
        {
            get
            {
                int n = Count < Kept ? Count : Kept;
                float sum = 0, squares = 0;
                for (var i = 0; i < n; i++)
                {
                    sum += seconds[i];
                    squares += seconds[i] * seconds[i];
                }
                var variance = n > 1 ? (squares - sum * sum / n) / (n - 1) : 0;
                if (variance < OneError * OneError)
                    variance = OneError * OneError;
                return (float)System.Math.Sqrt(Bias * Bias + 1.5708f * variance / n); // pi/2: a median's efficiency
            }
        }

        internal void Add(long ms)
        {
            seconds[Count % Kept] = ms * 0.001f;
            Count++;
        }

        float Median()
        {
            var n = Count < Kept ? Count : Kept;
            return 0.5f * (Ranked(n, (n - 1) / 2) + Ranked(n, n / 2));
        }

        // The one that so many are less than; equal ones go by their place.
        float Ranked(int n, int rank)
        {
            for (var i = 0; i < n; i++)
            {
                var less = 0;
                for (var j = 0; j < n; j++)
                    if (seconds[j] < seconds[i] || seconds[j] == seconds[i] && j < i)
                        less++;
                if (less == rank)
                    return seconds[i];
            }
            return 0;
        }
    }
}
