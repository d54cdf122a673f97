namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// Finds an accelerometer that answers and lies: an axis that stands still to the last bit (real ones are noisy, the gyroscope's too), or a gravity at rest
    /// that is not 1 g (a range that has changed, a dead axis).
    /// </summary>
    internal sealed class SensorHealth
    {
        const float LargestExcess = 0.25f; // g, more than any offset and scale error
        const int WrongEpochs = 4;         // of a quarter of a second: a moment in flight looks like a rest too

        float readX, readY, readZ, readTurnX, readTurnY, readTurnZ;
        float lastX, lastY, lastZ, lastTurnX, lastTurnY, lastTurnZ;
        long changedX, changedY, changedZ, changedTurnX, changedTurnY, changedTurnZ, rightGravity;
        int wrong;

        /// <summary>
        /// Whether six values are the last ones to the bit: a register read twice, for a gyroscope's noise never repeats itself.
        /// </summary>
        public bool IsHeld(float x, float y, float z, float turnX, float turnY, float turnZ)
        {
            var held = x == readX && y == readY && z == readZ && turnX == readTurnX && turnY == readTurnY && turnZ == readTurnZ;
            readX = x;
            readY = y;
            readZ = z;
            readTurnX = turnX;
            readTurnY = turnY;
            readTurnZ = turnZ;
            return held;
        }

        /// <summary>Begins anew, after a gap.</summary>
        public void Clear(long ms) =>
            changedX = changedY = changedZ = changedTurnX = changedTurnY = changedTurnZ = rightGravity = ms;

        /// <summary>Takes a sample, g and deg/s; without a gyroscope its axes are not looked at.</summary>
        public void Add(long ms, float x, float y, float z, float turnX, float turnY, float turnZ, bool hasGyroscope)
        {
            if (x != lastX)
                changedX = ms;
            if (y != lastY)
                changedY = ms;
            if (z != lastZ)
                changedZ = ms;
            if (turnX != lastTurnX || !hasGyroscope)
                changedTurnX = ms;
            if (turnY != lastTurnY || !hasGyroscope)
                changedTurnY = ms;
            if (turnZ != lastTurnZ || !hasGyroscope)
                changedTurnZ = ms;
            lastX = x;
            lastY = y;
            lastZ = z;
            lastTurnX = turnX;
            lastTurnY = turnY;
            lastTurnZ = turnZ;
        }

        /// <summary>Takes the gravity measured at rest, g, or a moment that is no rest: that proves nothing.</summary>
        public void Gravity(long ms, bool still, float force)
        {
            if (still)
                wrong = force < 1 + LargestExcess && force > 1 - LargestExcess ? 0 : wrong + 1;
            else if (wrong < WrongEpochs)
                wrong = 0;
            if (wrong == 0)
                rightGravity = ms;
        }

        /// <summary>Since when the sensor has shown nothing that can be right, ms.</summary>
        public long WrongSince
        {
            get
            {
                var since = Earlier(Earlier(changedX, changedY), changedZ);
                since = Earlier(since, Earlier(Earlier(changedTurnX, changedTurnY), changedTurnZ));
                return Earlier(since, rightGravity);
            }
        }

        static long Earlier(long a, long b) => a < b ? a : b;
    }
}
