using System;

namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// How far the sensor rose between two moments without vertical speed. The gyroscope carries the sensor's attitude from the first moment on; the
    /// specific force, turned into the attitude of that moment, is integrated twice. An accelerometer's offset b adds (u - u0) b to the vertical
    /// acceleration, with u the vertical as the sensor sees it: what is left of vertical speed at the end, and the gravity measured there, tell most of
    /// it (linear regression with a known prior), and the rest is the error.
    /// </summary>
    internal sealed class VerticalTravel
    {
        const float Radian = 0.0174532925f;
        const float StandardGravity = 9.80665f;  // m/s2
        const float OffsetSpread = 0.03f;        // g an axis: InvenSense PS-MPU-6000A-00 6.2 gives 0.05 to 0.08 at most
        const float SlowSpread = 0.006f;         // g, of whatever else acts as a constant: turns carried on a slope, scale
        const float SpeedSpread = 0.003f;        // g s: a body at rest still moves at 0.03 m/s
        const float GravitySpread = 0.006f;      // g: of gravity measured at rest
        const float SmallestError = 0.03f;       // m

        float qw, qx, qy, qz;                    // attitude: sensor now -> sensor at the start
        float upX, upY, upZ, gravity;            // at the start
        float t;                                 // s since the start
        float vx, vy, vz, px, py, pz;            // integral of the force, and of that
        float turnX, turnY, turnZ;               // the last rate of turn
        float nowX, nowY, nowZ;                  // up as the sensor sees it
        float seenX, seenY, seenZ;               // its integral
        float pathX, pathY, pathZ;               // and of that
        float leanCosine;

        /// <summary>Seconds since the start.</summary>
        public float Seconds => t;

        /// <summary>Rise between start and end, m; negative downwards.</summary>
        public float Rise;

        /// <summary>Standard error of <see cref="Rise"/>, m.</summary>
        public float Error;

        /// <summary>Greatest angle between up at the start and on the way, degrees.</summary>
        public float Lean => (float)Math.Acos(leanCosine < -1 ? -1 : leanCosine) / Radian;

        /// <summary>
        /// How up, as the sensor sees it, strayed in the mean from the middle of start and end. Who sits down or stands up leans forward, so that it
        /// points backwards.
        /// </summary>
        public float AsideX, AsideY, AsideZ;

        /// <summary>Starts from rest with the sensor's up vector (unit) and the force of gravity as it is measured there, g.</summary>
        public void Start(float x, float y, float z, float force)
        {
            qw = 1;
            qx = qy = qz = 0;
            upX = nowX = x;
            upY = nowY = y;
            upZ = nowZ = z;
            gravity = force;
            t = 0;
            vx = vy = vz = px = py = pz = seenX = seenY = seenZ = pathX = pathY = pathZ = 0;
            leanCosine = 1;
        }

        /// <summary>Takes a sample: force in g, rate of turn in deg/s without its offset, <paramref name="dt"/> seconds after the last.</summary>
        public void Add(float dt, float ax, float ay, float az, float gx, float gy, float gz)
        {
            Turn((gx + turnX) * (0.25f * Radian * dt), (gy + turnY) * (0.25f * Radian * dt), (gz + turnZ) * (0.25f * Radian * dt));
            turnX = gx;
            turnY = gy;
            turnZ = gz;
            t += dt;

            // The force in the start's attitude: a + 2 q x (q x a + w a).
            float cx = qy * az - qz * ay + qw * ax, cy = qz * ax - qx * az + qw * ay, cz = qx * ay - qy * ax + qw * az;
            float x = ax + 2 * (qy * cz - qz * cy), y = ay + 2 * (qz * cx - qx * cz), z = az + 2 * (qx * cy - qy * cx);
            px += (vx + 0.5f * x * dt) * dt;
            py += (vy + 0.5f * y * dt) * dt;
            pz += (vz + 0.5f * z * dt) * dt;
            vx += x * dt;
            vy += y * dt;
            vz += z * dt;

            // Up as the sensor sees it now: the inverse turn.
            float bx = qw * upX - (qy * upZ - qz * upY), by = qw * upY - (qz * upX - qx * upZ), bz = qw * upZ - (qx * upY - qy * upX);
            nowX = upX - 2 * (qy * bz - qz * by);
            nowY = upY - 2 * (qz * bx - qx * bz);
            nowZ = upZ - 2 * (qx * by - qy * bx);
            pathX += (seenX + 0.5f * nowX * dt) * dt;
            pathY += (seenY + 0.5f * nowY * dt) * dt;
            pathZ += (seenZ + 0.5f * nowZ * dt) * dt;
            seenX += nowX * dt;
            seenY += nowY * dt;
            seenZ += nowZ * dt;
            var cosine = nowX * upX + nowY * upY + nowZ * upZ;
            if (cosine < leanCosine)
                leanCosine = cosine;
        }

        /// <summary>
        /// Comes to rest, for now, with the up vector and the force of gravity measured there: sets <see cref="Rise"/>, <see cref="Error"/>,
        /// <see cref="Lean"/> and the excursion. The way may go on all the same.
        /// </summary>
        public void End(float x, float y, float z, float force)
        {
            if (t <= 0)
                return;
            var half = 0.5f * t * t;
            // What one unit of offset on each axis adds to the vertical speed, to the gravity at the end, and to the way.
            float sx = seenX - t * upX, sy = seenY - t * upY, sz = seenZ - t * upZ;
            float gx = nowX - upX, gy = nowY - upY, gz = nowZ - upZ;
            float wx = pathX - half * upX, wy = pathY - half * upY, wz = pathZ - half * upZ;
            const float offset = OffsetSpread * OffsetSpread, slow = SlowSpread * SlowSpread;
            var speeds = offset * (sx * sx + sy * sy + sz * sz) + slow * t * t + SpeedSpread * SpeedSpread;
            var gravities = offset * (gx * gx + gy * gy + gz * gz) + GravitySpread * GravitySpread;
            var speedGravity = offset * (sx * gx + sy * gy + sz * gz);
            var waySpeed = offset * (wx * sx + wy * sy + wz * sz) + slow * half * t;
            var wayGravity = offset * (wx * gx + wy * gy + wz * gz);
            var ways = offset * (wx * wx + wy * wy + wz * wz) + slow * half * half;

            var speed = upX * vx + upY * vy + upZ * vz - gravity * t;
            var excess = force * (nowX * x + nowY * y + nowZ * z) - gravity;
            var way = upX * px + upY * py + upZ * pz - gravity * half;
            var scale = 1 / (speeds * gravities - speedGravity * speedGravity);
            var bySpeed = (waySpeed * gravities - wayGravity * speedGravity) * scale;
            var byGravity = (wayGravity * speeds - waySpeed * speedGravity) * scale;
            Rise = StandardGravity * (way - bySpeed * speed - byGravity * excess);
            var left = ways - bySpeed * waySpeed - byGravity * wayGravity;
            Error = (float)Math.Sqrt(SmallestError * SmallestError + StandardGravity * StandardGravity * (left > 0 ? left : 0));

            AsideX = seenX / t - 0.5f * (x + upX);
            AsideY = seenY / t - 0.5f * (y + upY);
            AsideZ = seenZ / t - 0.5f * (z + upZ);
            var turned = x * upX + y * upY + z * upZ;
            if (turned < leanCosine)
                leanCosine = turned;
        }

        // Multiplies the attitude by a small turn, given as half angles.
        void Turn(float hx, float hy, float hz)
        {
            var w = 1 - 0.5f * (hx * hx + hy * hy + hz * hz);
            float nw = qw * w - qx * hx - qy * hy - qz * hz;
            float nx = qw * hx + qx * w + qy * hz - qz * hy;
            float ny = qw * hy - qx * hz + qy * w + qz * hx;
            float nz = qw * hz + qx * hy - qy * hx + qz * w;
            var scale = 1.5f - 0.5f * (nw * nw + nx * nx + ny * ny + nz * nz);
            qw = nw * scale;
            qx = nx * scale;
            qy = ny * scale;
            qz = nz * scale;
        }
    }
}
