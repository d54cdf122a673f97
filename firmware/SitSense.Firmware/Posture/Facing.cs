using System;

namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// Which way the wearer faces, in the sensor's axes and for any mounting: whoever sits down, stands up or bends leans forward far more than back.
    /// </summary>
    internal sealed class Facing
    {
        const float Doubt = 0.05f;   // rad s of leaning: about what swaying adds up to
        const float Memory = 3f;     // rad s: some ten transitions

        float x, y, z;               // leaning so far, pointing backwards

        /// <summary>How sure it is which way is forward, 0 to 1.</summary>
        public float Certainty
        {
            get
            {
                var length = MotionDetector.Length(x, y, z);
                return length / (length + Doubt);
            }
        }

        /// <summary>Forgets.</summary>
        public void Forget() => x = y = z = 0;

        /// <summary>Takes how up strayed in a move of so many seconds: see <see cref="VerticalTravel.AsideX"/>.</summary>
        public void Lean(float asideX, float asideY, float asideZ, float seconds)
        {
            x += asideX * seconds;
            y += asideY * seconds;
            z += asideZ * seconds;
            var length = MotionDetector.Length(x, y, z);
            if (length <= Memory)
                return;
            x *= Memory / length;
            y *= Memory / length;
            z *= Memory / length;
        }

        /// <summary>How far somebody leans further back with the other up vector (unit) than with the one, degrees.</summary>
        public float Back(float fromX, float fromY, float fromZ, float toX, float toY, float toZ)
        {
            var length = MotionDetector.Length(x, y, z);
            return length > 0 ? ((fromX - toX) * x + (fromY - toY) * y + (fromZ - toZ) * z) / length * 57.29578f : 0;
        }

        /// <summary>Gives what was learned, three values from <paramref name="at"/> on.</summary>
        public void Save(float[] values, int at)
        {
            values[at] = x;
            values[at + 1] = y;
            values[at + 2] = z;
        }

        /// <summary>Takes it back; false when it cannot be right.</summary>
        public bool Restore(float[] values, int at)
        {
            if (!(MotionDetector.Length(values[at], values[at + 1], values[at + 2]) <= 1.01f * Memory))
                return false;
            x = values[at];
            y = values[at + 1];
            z = values[at + 2];
            return true;
        }
    }
}
