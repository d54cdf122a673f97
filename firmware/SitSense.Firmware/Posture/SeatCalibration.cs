namespace SitSense.Firmware.Posture
{
    /// <summary>The five-second means of a calibration.</summary>
    internal sealed class SeatCalibration
    {
        const int Ms = 5000;
        const float MostOver = 2700f;    // counts of eight pads: three times where sitting begins is no empty chair
        const float MostStir = 216f;     // counts2, second differences: a converter that wavers by 6
        const float Saturated = 4080f;

        readonly float[] sums;
        int frames;
        float stirs;
        long until;
        bool saturated;

        /// <summary>Calibrates so many pads.</summary>
        public SeatCalibration(int pads) => sums = new float[pads];

        /// <summary>What is being measured.</summary>
        public CalibrationStep Step { get; private set; }

        /// <summary>Begins.</summary>
        public void Begin(CalibrationStep step, long ms)
        {
            Step = step;
            frames = 0;
            stirs = 0;
            saturated = false;
            until = ms + Ms;
            for (var i = 0; i < sums.Length; i++)
                sums[i] = 0;
        }

        /// <summary>Takes a frame.</summary>
        /// <returns>True when it was the last one.</returns>
        public bool Add(long ms, float[] counts, float stir)
        {
            frames++;
            stirs += stir > 0 ? stir : 0;
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += counts[i];
                saturated |= counts[i] >= Saturated;
            }
            return ms >= until;
        }

        /// <summary>The mean counts of a pad.</summary>
        public float Mean(int pad) => sums[pad] / frames;

        /// <summary>Whether what was measured can be what it was said to be.</summary>
        /// <param name="over">The means over the present rest, counts of eight pads.</param>
        public bool IsRight(float over) => Step == CalibrationStep.Occupied
            ? over > SeatOccupancy.LeastSitLoad
            : over < MostOver && !saturated && stirs < MostStir * frames;
    }
}
