namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// Finds an accelerometer that answers and lies: an axis that stands still to the last bit (real ones are noisy), or a gravity at rest
    /// that is not 1 g (a range that has changed, a dead axis).
    /// </summary>
    internal sealed class SensorHealth
    {
        const float LargestExcess = 0.25f; // g, more than any offset and scale error

        float readX, readY, readZ, readTurnX, readTurnY, readTurnZ;
        float lastX, lastY, lastZ;
        long changedX, changedY, changedZ, rightGravity;

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
        public void Clear(long ms) => changedX = changedY = changedZ = rightGravity = ms;

        /// <summary>Takes a sample, g.</summary>
        public void Add(long ms, float x, float y, float z)
        {
            if (x != lastX)
                changedX = ms;
            if (y != lastY)
                changedY = ms;
            if (z != lastZ)
                changedZ = ms;
            lastX = x;
            lastY = y;
            lastZ = z;
        }

        /// <summary>Takes the gravity measured at rest, g, or a moment that is no rest.</summary>
        public void Gravity(long ms, bool still, float force)
        {
            if (!still || force < 1 + LargestExcess && force > 1 - LargestExcess)
                rightGravity = ms;
        }

        /// <summary>Since when the sensor has shown nothing that can be right, ms.</summary>
        public long WrongSince
        {
            get
            {
                var since = changedX < changedY ? changedX : changedY;
                since = since < changedZ ? since : changedZ;
                return since < rightGravity ? since : rightGravity;
            }
        }
    }
}
