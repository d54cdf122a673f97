namespace SitSense.Firmware.Posture
{
    /// <summary>A mean that forgets slowly, with its error, degrees.</summary>
    public sealed class TiltTrend
    {
        const float ClipError = 3f;   // how a clip moves against the bone, sitting against walking: 2.7 to 8.9 with a sensor on the skin (Bolink 2016, PMID 26711470)
        const float OneSpread = 4f;   // of one stretch, as long as there are too few to know

        readonly float memory;
        float variance;

        internal TiltTrend(float memory) => this.memory = memory;

        /// <summary>Stretches taken since the start.</summary>
        public int Count { get; private set; }

        /// <summary>The mean; 0 without any.</summary>
        public float Degrees { get; private set; }

        /// <summary>Standard error of the mean by how the stretches differ among themselves: what a trend has to exceed.</summary>
        public float TrendError
        {
            get
            {
                // A mean that forgets with 1/m is worth 2m of its values.
                var worth = Count < 2 * memory ? Count : 2 * memory;
                var spread = Count < 4 ? OneSpread * OneSpread : variance * worth / (worth - 1);
                return (float)System.Math.Sqrt(spread / worth);
            }
        }

        /// <summary>Standard error of the mean as an angle of the pelvis: clothing, skin and the clip come on top, and do not average out.</summary>
        public float Error => (float)System.Math.Sqrt(ClipError * ClipError + TrendError * TrendError);

        internal void Add(float degrees)
        {
            Count++;
            if (Count == 1)
                Degrees = degrees;
            var share = Count < memory ? 1f / Count : 1f / memory;
            var off = degrees - Degrees;
            Degrees += off * share;
            variance = (1 - share) * (variance + share * off * off);
        }
    }
}
