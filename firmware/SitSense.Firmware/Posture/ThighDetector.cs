using System;

namespace SitSense.Firmware.Posture
{
    /// <summary>Decides sitting from the inclination of the thigh.</summary>
    public sealed class ThighDetector : MotionDetector
    {
        const float SmoothingMs = 500f;

        float x, y, z;
        float rx, ry, rz;
        long last, lastGood, since;
        bool any;
        PostureKind sight;

        /// <inheritdoc/>
        public override bool Add(long ms, float ax, float ay, float az, float gx, float gy, float gz)
        {
            Begin(ms);
            if (!any)
            {
                any = true;
                x = rx = ax;
                y = ry = ay;
                z = rz = az;
                since = ms;
            }
            else if (ms <= last)
                return false;
            else
            {
                var k = (ms - last) / (SmoothingMs + (ms - last));
                x += (ax - x) * k;
                y += (ay - y) * k;
                z += (az - z) * k;
            }
            last = lastGood = ms;
            var lengths = (float)Math.Sqrt((x * x + y * y + z * z) * (rx * rx + ry * ry + rz * rz));
            var cosine = lengths > 0 ? (x * rx + y * ry + z * rz) / lengths : 1;
            var now = cosine < 0.7f ? PostureKind.Sitting : cosine > 0.8f ? PostureKind.Upright : sight;
            if (now != sight)
            {
                if (sight != PostureKind.Unknown)
                    See(now == PostureKind.Sitting ? Transition.Sit : Transition.Rise, ms);
                sight = now;
                since = ms;
            }
            return Hold(sight, since, ms);
        }

        /// <inheritdoc/>
        public override bool Miss(long ms)
        {
            Begin(ms);
            return ms - lastGood >= FaultMs && Hold(PostureKind.Unknown, lastGood, ms);
        }
    }
}
