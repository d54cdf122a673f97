namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// Tells a device on a desk from one on a body: breathing and balance turn a worn sensor by 0.2 degrees and more within any minute
    /// (the least seen on people who sat still, over 60 s), a sensor's noise turns the mean of two seconds by less than 0.1.
    /// </summary>
    internal sealed class Stillness
    {
        const int MeanMs = 2000;
        const float SmallestTurn = 0.0026f; // rad: 0.15 degrees
        const float Follow = 0.05f;         // share by which the reference follows a mean: temperature drifts, a body does not

        float x, y, z, sumX, sumY, sumZ;
        long start;
        int samples;

        /// <summary>Since when nothing turned the sensor, ms.</summary>
        public long Since;

        /// <summary>Begins anew.</summary>
        public void Clear(long ms)
        {
            Since = start = ms;
            samples = 0;
            x = y = z = 0;
        }

        /// <summary>Takes a sample of specific force, g.</summary>
        public void Add(long ms, float ax, float ay, float az)
        {
            if (samples == 0)
            {
                start = ms;
                sumX = sumY = sumZ = 0;
            }
            samples++;
            sumX += ax;
            sumY += ay;
            sumZ += az;
            if (ms - start < MeanMs)
                return;
            var scale = 1f / samples;
            float dx = sumX * scale - x, dy = sumY * scale - y, dz = sumZ * scale - z;
            var still = dx * dx + dy * dy + dz * dz < SmallestTurn * SmallestTurn;
            if (!still)
                Since = ms;
            var share = still ? Follow : 1;
            x += dx * share;
            y += dy * share;
            z += dz * share;
            samples = 0;
        }
    }
}
