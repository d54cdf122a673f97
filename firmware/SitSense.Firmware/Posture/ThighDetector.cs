namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// Decides sitting from the inclination of the thigh against the person's own standing reference, which walking teaches. The reference is
    /// an axis without a sign: a device that is put back upside down has the same one.
    /// </summary>
    public sealed class ThighDetector : MotionDetector
    {
        const float SitAngle = 34f;        // degrees from the reference: between 25, where a bent standing leg ends, and 35, where
        const float UprightAngle = 29f;    // a phone that slid down in a loose pocket begins to show sitting
        const float WalkingAngle = 50f;    // degrees: no walk has the thigh so high in the mean, stairs included
        const float NewMountAngle = 45f;   // degrees between the reference and a walk: the device was put on anew
        const float SmoothSeconds = 0.5f;
        const float SwingAngle = 6f;       // degrees, root mean square: a walking thigh swings by 14, a bouncing leg by 2
        const float SwingSeconds = 0.5f;   // a swing is what turns within so long
        const float WalkSeconds = 3f;      // such swinging for so long is a walk; no transition lasts as long
        const float WalkForce = 0.08f;     // g, spread of |a| in a walk
        const float MemorySeconds = 60f;   // of walking that make the reference
        const float SmallestRise = 0.1f;   // m: a thigh sensor rises with half of the seat's height
        const float LargestError = 0.08f;  // m

        float x, y, z;                     // up over the last second
        float axisX, axisY, axisZ, walked; // the reference, and the seconds of walking in it
        float swingX, swingY, swingZ, swing, swinging, force;
        bool fresh = true;
        PostureKind opinion, side;
        long opinionSince, sideSince;

        /// <inheritdoc/>
        protected override void Sample(float dt, float gx, float gy, float gz)
        {
            var keep = 1 - dt / SwingSeconds;
            swingX = swingX * keep + gx * dt;
            swingY = swingY * keep + gy * dt;
            swingZ = swingZ * keep + gz * dt;
            swing += (swingX * swingX + swingY * swingY + swingZ * swingZ - swing) * dt;
        }

        /// <inheritdoc/>
        protected override void Gap()
        {
            fresh = true;
            swing = swinging = force = 0;
        }

        /// <inheritdoc/>
        protected override void Settled(bool followed)
        {
            if (walked > 0 || !followed || TravelError > LargestError)
                return;
            if (Angle(FromX, FromY, FromZ, RestX, RestY, RestZ) < SitAngle)
                return;
            if (Travel.Rise > SmallestRise)
                Learn(RestX, RestY, RestZ, 0.5f);
            else if (Travel.Rise < -SmallestRise)
                Learn(FromX, FromY, FromZ, 0.5f);
        }

        /// <inheritdoc/>
        protected override bool Judge(long ms)
        {
            var seconds = (Epoch.End - Epoch.Start) * 0.001f;
            var share = fresh ? 1 : seconds / (SmoothSeconds + seconds);
            x += (Epoch.X - x) * share;
            y += (Epoch.Y - y) * share;
            z += (Epoch.Z - z) * share;
            var length = Length(x, y, z);
            var walking = IsWalking(seconds);
            if (walking && length > 0)
                Learn(x / length, y / length, z / length, seconds);
            if (walked > 0 && length > 0)
                Look(Inclination(x / length, y / length, z / length), walking);
            fresh = false;
            return Hold(opinion, opinionSince, ms);
        }

        bool IsWalking(float seconds)
        {
            if (HasGyroscope)
            {
                force += (Epoch.ForceSpread - force) * (seconds / (SmoothSeconds + seconds));
                swinging = swing > SwingAngle * SwingAngle && force > WalkForce ? swinging + seconds : 0;
                if (swinging >= WalkSeconds)
                    return true;
            }
            return Gait.IsWalking;
        }

        void Look(float inclination, bool walking)
        {
            var now = Side(Inclination(Epoch.X, Epoch.Y, Epoch.Z), side);
            if (now != side)
            {
                side = now;
                sideSince = Epoch.Start;
            }
            now = walking && inclination < WalkingAngle ? PostureKind.Upright : Side(inclination, opinion);
            if (now == opinion)
                return;
            var since = side == now ? sideSince : Epoch.Start;
            if (opinion != PostureKind.Unknown)
                See(now == PostureKind.Sitting ? Transition.Sit : Transition.Rise, since);
            opinion = now;
            opinionSince = since;
        }

        static PostureKind Side(float inclination, PostureKind before) =>
            inclination > SitAngle ? PostureKind.Sitting
            : inclination < UprightAngle || before == PostureKind.Unknown ? PostureKind.Upright
            : before;

        float Inclination(float ux, float uy, float uz)
        {
            var angle = Angle(ux, uy, uz, axisX, axisY, axisZ);
            return angle > 90 ? 180 - angle : angle;
        }

        void Learn(float ux, float uy, float uz, float seconds)
        {
            if (walked > 0 && Inclination(ux, uy, uz) > NewMountAngle)
                walked = 0;
            walked += seconds;
            var share = seconds / (walked < MemorySeconds ? walked : MemorySeconds);
            var sign = ux * axisX + uy * axisY + uz * axisZ < 0 ? -1 : 1;
            axisX += (sign * ux - axisX) * share;
            axisY += (sign * uy - axisY) * share;
            axisZ += (sign * uz - axisZ) * share;
            var scale = Length(axisX, axisY, axisZ);
            axisX /= scale;
            axisY /= scale;
            axisZ /= scale;
        }
    }
}
