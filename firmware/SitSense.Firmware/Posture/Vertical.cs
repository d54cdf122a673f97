namespace SitSense.Firmware.Posture
{
    /// <summary>Which way is up, and how strong gravity is measured to be: the mean of a rest or of a walk.</summary>
    internal sealed class Vertical
    {
        const float Pull = 0.02f;         // g: a rest whose gravity is so far off begins to move,
        const float CalmCosine = 0.999f;  // 2.6 degrees, and so does one that leans so far

        /// <summary>Up (unit vector in the sensor's axes).</summary>
        public float X, Y, Z;

        /// <summary>Length of the mean specific force, g.</summary>
        public float Gravity;

        /// <summary>Takes an epoch into the mean.</summary>
        /// <param name="epoch">A quarter of a second.</param>
        /// <param name="share">Its weight, 1 = it alone.</param>
        public void Take(MotionEpoch epoch, float share)
        {
            X += (epoch.X - X) * share;
            Y += (epoch.Y - Y) * share;
            Z += (epoch.Z - Z) * share;
            var scale = MotionDetector.Length(X, Y, Z);
            if (scale > 0)
            {
                X /= scale;
                Y /= scale;
                Z /= scale;
            }
            Gravity += (epoch.Gravity - Gravity) * share;
        }

        /// <summary>Whether an epoch is like the mean: nothing pulls yet.</summary>
        public bool IsLike(MotionEpoch epoch)
        {
            var pull = epoch.Gravity - Gravity;
            return pull < Pull && pull > -Pull && epoch.X * X + epoch.Y * Y + epoch.Z * Z > CalmCosine;
        }
    }
}
