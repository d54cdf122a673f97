using System;

namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// How far the sensor rose between two moments without vertical speed. The gyroscope carries the sensor's attitude from the first moment on;
    /// the specific force, turned into the attitude of that moment, is integrated twice. What is left at the end of vertical speed is taken as a
    /// constant error of acceleration, and the angle by which the carried vertical misses the gravity measured there as a turn error that
    /// grew steadily: both are taken out in closed form, so that nothing needs to be stored.
    /// </summary>
    internal sealed class VerticalTravel
    {
        const float Radian = 0.0174532925f;
        const float StandardGravity = 9.80665f; // m/s2
        const float RestingError = 0.005f;      // g, between the accelerometer's gravity in two attitudes
        const float MissError = 0.1f;           // g/rad: what is left of the missed angle
        const float SmallestError = 0.03f;      // m

        float qw, qx, qy, qz;                   // attitude: sensor now -> sensor at the start
        float upX, upY, upZ, gravity;           // at the start
        float t;                                // s since the start
        float vx, vy, vz, wx, wy, wz;           // integral of a, and of t*a
        float px, py, pz, sx, sy, sz;           // their integrals
        float turnX, turnY, turnZ;              // the last rate of turn
        float leanX, leanY, leanZ;              // integral of up as the sensor sees it
        float leanCosine;

        /// <summary>Seconds since the start.</summary>
        public float Seconds => t;

        /// <summary>Rise between start and end, m; negative downwards.</summary>
        public float Rise;

        /// <summary>
        /// Standard error of <see cref="Rise"/>, m: offsets of the accelerometer and the missed angle act as a false acceleration a, of which
        /// a T^2 / 12 is left.
        /// </summary>
        public float Error;

        /// <summary>Greatest angle between up at the start and on the way, degrees.</summary>
        public float Lean => (float)Math.Acos(leanCosine < -1 ? -1 : leanCosine) / Radian;

        /// <summary>
        /// Which way the body leaned: the product of its net turn and of its mean excursion from the middle of start and end. A
        /// sit-down leans forward and ends further back, so it is negative; a rise leans forward and ends further forward: positive.
        /// Independent of the mounting.
        /// </summary>
        public float Side;

        /// <summary>The mean excursion of up, in the sensor's axes, from the middle of start and end: away from where the body leaned.</summary>
        public float AsideX, AsideY, AsideZ;

        /// <summary>Starts from rest with the sensor's up vector (unit) and the force of gravity as it is measured there, g.</summary>
        public void Start(float x, float y, float z, float force)
        {
            qw = 1;
            qx = qy = qz = 0;
            upX = x;
            upY = y;
            upZ = z;
            gravity = force;
            t = 0;
            vx = vy = vz = wx = wy = wz = px = py = pz = sx = sy = sz = leanX = leanY = leanZ = 0;
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

            // a in the start's attitude: a + 2 q x (q x a + w a)
            float cx = qy * az - qz * ay + qw * ax, cy = qz * ax - qx * az + qw * ay, cz = qx * ay - qy * ax + qw * az;
            float x = ax + 2 * (qy * cz - qz * cy), y = ay + 2 * (qz * cx - qx * cz), z = az + 2 * (qx * cy - qy * cx);
            px += (vx + 0.5f * x * dt) * dt;
            py += (vy + 0.5f * y * dt) * dt;
            pz += (vz + 0.5f * z * dt) * dt;
            sx += (wx + 0.5f * t * x * dt) * dt;
            sy += (wy + 0.5f * t * y * dt) * dt;
            sz += (wz + 0.5f * t * z * dt) * dt;
            vx += x * dt;
            vy += y * dt;
            vz += z * dt;
            wx += t * x * dt;
            wy += t * y * dt;
            wz += t * z * dt;

            // up as the sensor sees it now: the inverse turn
            float bx = qw * upX - (qy * upZ - qz * upY), by = qw * upY - (qz * upX - qx * upZ), bz = qw * upZ - (qx * upY - qy * upX);
            float lx = upX - 2 * (qy * bz - qz * by), ly = upY - 2 * (qz * bx - qx * bz), lz = upZ - 2 * (qx * by - qy * bx);
            leanX += lx * dt;
            leanY += ly * dt;
            leanZ += lz * dt;
            var cosine = lx * upX + ly * upY + lz * upZ;
            if (cosine < leanCosine)
                leanCosine = cosine;
        }

        /// <summary>
        /// Comes to rest, for now, with the up vector and the force of gravity measured there: sets <see cref="Rise"/>, <see cref="Error"/>,
        /// <see cref="Lean"/> and <see cref="Side"/>. The way may go on all the same.
        /// </summary>
        public void End(float x, float y, float z, float force)
        {
            if (t <= 0)
                return;
            // This moment's up, carried back to the start: its turn onto the start's up is the error that has grown.
            float cx = qy * z - qz * y + qw * x, cy = qz * x - qx * z + qw * y, cz = qx * y - qy * x + qw * z;
            float ux = x + 2 * (qy * cz - qz * cy), uy = y + 2 * (qz * cx - qx * cz), uz = z + 2 * (qx * cy - qy * cx);
            float ex = uy * upZ - uz * upY, ey = uz * upX - ux * upZ, ez = ux * upY - uy * upX;
            var miss = (float)Math.Sqrt(ex * ex + ey * ey + ez * ez);
            if (ux * upX + uy * upY + uz * upZ < 0)
                miss = (float)Math.PI - miss;
            float kx = upY * ez - upZ * ey, ky = upZ * ex - upX * ez, kz = upX * ey - upY * ex;
            var speed = upX * vx + upY * vy + upZ * vz + (kx * wx + ky * wy + kz * wz) / t - 0.5f * (gravity + force) * t;
            var way = upX * px + upY * py + upZ * pz + (kx * sx + ky * sy + kz * sz) / t - (2 * gravity + force) * t * t / 6;
            Rise = StandardGravity * (way - 0.5f * speed * t);
            var drift = StandardGravity * (RestingError + MissError * miss) * t * t / 12;
            Error = (float)Math.Sqrt(SmallestError * SmallestError + drift * drift);

            float dx = x - upX, dy = y - upY, dz = z - upZ;
            AsideX = leanX / t - 0.5f * (x + upX);
            AsideY = leanY / t - 0.5f * (y + upY);
            AsideZ = leanZ / t - 0.5f * (z + upZ);
            Side = dx * AsideX + dy * AsideY + dz * AsideZ;
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
