namespace SitSense.Firmware.Posture
{
    /// <summary>What an accelerometer and a gyroscope show too much, learned at rest.</summary>
    internal sealed class SensorOffsets
    {
        const float LargestForce = 0.15f;  // g: an MPU6050 has up to 0.08 and 3 % of scale; beyond, it is broken
        const float ForceShare = 0.2f;     // a quarter of a second: learned within two seconds of rest
        const float TurnSeconds = 5f;      // over which the gyroscope's offset is averaged

        float age;

        /// <summary>Of the specific force, g.</summary>
        public float X, Y, Z;

        /// <summary>Of the rate of turn, deg/s.</summary>
        public float TurnX, TurnY, TurnZ;

        /// <summary>
        /// Takes an epoch of rest, corrected by <see cref="X"/> and its like: gravity is 1 g in every attitude, so what is over is put down to an offset in this
        /// direction (Kaczmarz's projection).
        /// </summary>
        public void LearnForce(MotionEpoch rest)
        {
            var excess = rest.Gravity - 1;
            if (excess > LargestForce || excess < -LargestForce)
                return;
            X += excess * ForceShare * rest.X;
            Y += excess * ForceShare * rest.Y;
            Z += excess * ForceShare * rest.Z;
        }

        /// <summary>Takes the turning of an epoch of rest.</summary>
        public void LearnTurn(MotionEpoch rest, float seconds)
        {
            age += seconds;
            var share = seconds / (age < TurnSeconds ? age : TurnSeconds);
            TurnX += (rest.TurnX - TurnX) * share;
            TurnY += (rest.TurnY - TurnY) * share;
            TurnZ += (rest.TurnZ - TurnZ) * share;
        }
    }
}
