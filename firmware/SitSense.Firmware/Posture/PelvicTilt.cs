namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// How far the pelvis is tilted back against walking, while sitting and while standing still: a mean over stretches of one posture that forgets slowly. A trend;
    /// no judgement of posture.
    /// </summary>
    public sealed class PelvicTilt
    {
        const float ShortestStretch = 10f;  // s of rest
        const float LongestStretch = 600f;  // s of rest; then another begins
        const float Memory = 30f;           // stretches

        readonly PelvicAxes axes;
        PostureKind now;
        float sum, seconds;

        internal PelvicTilt(PelvicAxes axes) => this.axes = axes;

        /// <summary>While sitting.</summary>
        public TiltTrend Sitting { get; } = new TiltTrend(Memory);

        /// <summary>While standing still.</summary>
        public TiltTrend Standing { get; } = new TiltTrend(Memory);

        /// <summary>Takes a quarter of a second of rest.</summary>
        internal void Add(MotionEpoch rest, PostureKind posture)
        {
            if (posture != now || seconds >= LongestStretch)
                Close(posture);
            if (!axes.IsKnown)
                return;
            var length = (rest.End - rest.Start) * 0.001f;
            sum += axes.Back(rest.X, rest.Y, rest.Z) * length;
            seconds += length;
        }

        void Close(PostureKind next)
        {
            if (seconds >= ShortestStretch && now == PostureKind.Sitting)
                Sitting.Add(sum / seconds);
            else if (seconds >= ShortestStretch && now == PostureKind.Upright)
                Standing.Add(sum / seconds);
            now = next;
            sum = seconds = 0;
        }
    }
}
