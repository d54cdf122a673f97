using System;

namespace SitSense.Firmware.Posture
{
    /// <summary>A quarter of a second of motion: mean, spread, and whether the body was still.</summary>
    internal sealed class MotionEpoch
    {
        /// <summary>Least length of an epoch, ms: three samples at 12.5 Hz, and short against the 1.5 s of a sit-to-stand.</summary>
        public const int LengthMs = 240;

        const float StillForce = 0.045f;  // g, spread of |a|: sway and breathing stay under 0.01, a step is above 0.05
        const float StillStep = 0.04f; // g, of its mean between two epochs
        const float StillTurn = 10f;       // deg/s, spread
        const float StillCosine = 0.99813f; // 3.5 degrees between two epochs: 14 deg/s

        float ax, ay, az, gx, gy, gz, force, forceSquares, turnSquares;
        float lastX, lastY, lastZ, lastGravity;
        int samples;
        long start;
        bool any;

        /// <summary>Unit vector along the mean specific force: up, while the body is not accelerating.</summary>
        public float X, Y, Z;

        /// <summary>Length of the mean specific force, g.</summary>
        public float Gravity;

        /// <summary>Mean rate of turn, deg/s.</summary>
        public float TurnX, TurnY, TurnZ;

        /// <summary>Spread (standard deviation) of the length of the specific force, g.</summary>
        public float ForceSpread;

        /// <summary>Root mean square of the rate of turn about its mean, deg/s.</summary>
        public float TurnSpread;

        /// <summary>Whether nothing moved.</summary>
        public bool IsStill;

        /// <summary>Time of the first and of the last sample, ms.</summary>
        public long Start, End;

        /// <summary>Forgets a half-filled epoch and its predecessor, after a gap.</summary>
        public void Clear()
        {
            samples = 0;
            any = false;
        }

        /// <summary>Takes a sample; true when it filled the epoch, whose figures then stand until the next one.</summary>
        public bool Add(long ms, float x, float y, float z, float turnX, float turnY, float turnZ)
        {
            if (samples == 0)
            {
                start = ms;
                ax = ay = az = gx = gy = gz = force = forceSquares = turnSquares = 0;
            }
            samples++;
            ax += x;
            ay += y;
            az += z;
            gx += turnX;
            gy += turnY;
            gz += turnZ;
            var square = x * x + y * y + z * z;
            force += (float)Math.Sqrt(square);
            forceSquares += square;
            turnSquares += turnX * turnX + turnY * turnY + turnZ * turnZ;
            if (ms - start < LengthMs - LengthMs / 6)
                return false;
            Close(ms);
            return true;
        }

        void Close(long ms)
        {
            Start = start;
            End = ms;
            Gravity = (float)Math.Sqrt(ax * ax + ay * ay + az * az);
            var scale = Gravity > 0 ? 1f / Gravity : 0f;
            X = ax * scale;
            Y = ay * scale;
            Z = az * scale;
            var n = 1f / samples;
            Gravity *= n;
            TurnX = gx * n;
            TurnY = gy * n;
            TurnZ = gz * n;
            ForceSpread = Root(forceSquares * n - force * n * force * n);
            TurnSpread = Root(turnSquares * n - TurnX * TurnX - TurnY * TurnY - TurnZ * TurnZ);
            var step = Gravity - lastGravity;
            IsStill = any && ForceSpread < StillForce && TurnSpread < StillTurn && X * lastX + Y * lastY + Z * lastZ > StillCosine
                && step < StillStep && step > -StillStep;
            lastGravity = Gravity;
            lastX = X;
            lastY = Y;
            lastZ = Z;
            any = true;
            samples = 0;
        }

        static float Root(float square) => square > 0 ? (float)Math.Sqrt(square) : 0f;
    }
}
