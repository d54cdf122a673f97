namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// Tells a device that lies somewhere from one on a body. Breathing and balance turn a worn sensor, over and over, by more than the noise of
    /// its means; and nobody takes it off without a move. Only what is measured at rest counts: a knock at the desk leaves the attitude as it was.
    /// </summary>
    internal sealed class Wear
    {
        /// <summary>How long nothing may stir on a body, ms: five times the longest that was recorded.</summary>
        public const int OffMs = 300000;

        const int DoubtMs = 60000;
        const int MeanEpochs = 8;           // 2 s: half a breath
        const float SmallestTurn = 0.0026f; // rad: 0.15 degrees
        const float Follow = 0.05f;         // share by which the reference follows a mean: temperature drifts, a body does not

        float x, y, z, sumX, sumY, sumZ;
        int epochs;
        bool any, strayed, off;
        long strayedAt;

        /// <summary>When it was last moved so far or so long that it may have been taken off or put on, ms.</summary>
        public long MovedAt { get; private set; }

        /// <summary>Since when nothing has stirred, ms: from <see cref="MovedAt"/> on.</summary>
        public long Since { get; private set; }

        // One mean that strays may be noise.
        bool HasStirred => Since > MovedAt;

        /// <summary>It is moved, or was not watched for a while.</summary>
        public void Move(long ms)
        {
            MovedAt = Since = strayedAt = ms;
            any = strayed = off = false;
            epochs = 0;
        }

        /// <summary>Takes an epoch at rest.</summary>
        public void Add(MotionEpoch rest)
        {
            if (epochs == 0)
                sumX = sumY = sumZ = 0;
            sumX += rest.X;
            sumY += rest.Y;
            sumZ += rest.Z;
            if (++epochs < MeanEpochs)
                return;
            epochs = 0;
            const float Scale = 1f / MeanEpochs;
            float dx = sumX * Scale - x, dy = sumY * Scale - y, dz = sumZ * Scale - z;
            var strays = any && dx * dx + dy * dy + dz * dz > SmallestTurn * SmallestTurn;
            if (strays)
            {
                Since = strayedAt;
                strayedAt = rest.End;
            }
            var share = !any || strays && strayed ? 1 : strays ? 0 : Follow;
            x += dx * share;
            y += dy * share;
            z += dz * share;
            strayed = strays;
            any = true;
        }

        /// <summary>
        /// Whether it may have been laid down: it was moved, and has not stirred since for longer than anybody recorded (55 s).
        /// </summary>
        public bool IsDoubtful(long ms) => !HasStirred && ms - MovedAt >= DoubtMs;

        /// <summary>Whether nothing has stirred for so long that it is on nobody; then that holds until it is moved.</summary>
        public bool IsOff(long ms)
        {
            off |= ms - Since >= OffMs;
            return off;
        }
    }
}
