namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// Means of the pads over half a second, so that two samples a second and a hundred are the same to what follows. A value that is read
    /// again and again while it holds counts once, in the frame's mean.
    /// </summary>
    internal sealed class SeatFrame
    {
        /// <summary>How long a frame is, ms.</summary>
        public const int Ms = 500;

        const int Slack = 50; // ms by which a sample of two a second may come early

        readonly float[] sums;
        int samples;
        long start;

        /// <summary>Frames of so many pads.</summary>
        public SeatFrame(int pads)
        {
            sums = new float[pads];
            Mean = new float[pads];
        }

        /// <summary>The last whole frame: mean counts of each pad, 0 to 4095.</summary>
        public float[] Mean { get; }

        /// <summary>When the last whole frame began, ms.</summary>
        public long At { get; private set; }

        /// <summary>How long it lasted, with the silence after it, ms.</summary>
        public int Length { get; private set; }

        /// <summary>Takes a sample.</summary>
        /// <returns>True when this one begins a new frame, and the one before is whole.</returns>
        public bool Add(long ms, int[] counts)
        {
            var whole = samples > 0 && ms - start >= Ms - Slack;
            if (whole)
            {
                for (var i = 0; i < sums.Length; i++)
                {
                    Mean[i] = sums[i] / samples;
                    sums[i] = 0;
                }
                At = start;
                Length = (int)(ms - start);
                samples = 0;
            }
            if (samples == 0)
                start = ms;
            samples++;
            for (var i = 0; i < sums.Length; i++)
                sums[i] += counts[i];
            return whole;
        }
    }
}
