namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// Decides sitting from the inclination of the thigh against the person's own standing reference, which walking teaches. The reference is
    /// an axis without a sign: a device that is put back upside down has the same one.
    /// </summary>
    public sealed class ThighDetector : MotionDetector
    {
        const float LevelSeconds = 60f;    // of rest over which a level is learned
        const float ClearSeconds = 10f;    // the same, for a thigh that is clearly up
        const float WalkingAngle = 50f;    // degrees: no walk has the thigh so high in the mean, stairs included
        const float NewMountAngle = 50f;   // degrees between the reference and a walk: the device was put on anew,
        const float NewMountSeconds = 10f; // if the walk is so long: handling it while walking is over sooner
        const float SmoothSeconds = 0.5f;
        const float SwingAngle = 6f;       // degrees, root mean square: a walking thigh swings by 14, a bouncing leg by 2
        const float SwingSeconds = 0.5f;   // a swing is what turns within so long
        const float WalkSeconds = 3f;      // such swinging for so long is a walk; no transition lasts as long
        const float ShakingForce = 0.12f;  // g: a leg that moves so is not sitting unless it is well up
        const float WalkForce = 0.08f;     // g, spread of |a| in a walk
        const float MemorySeconds = 300f;   // of walking that make the reference
        const float SmallestRise = 0.1f;   // m: a thigh sensor rises with half of the seat's height
        const float LargestError = 0.08f;  // m

        float x, y, z;                     // up over the last second
        float axisX, axisY, axisZ, walked; // the reference, and the seconds of walking in it
        float newX, newY, newZ, newWalked; // the same of a mounting that may be new
        readonly ThighTraits people;
        float standLevel, sitLevel;
        float swingX, swingY, swingZ, swing, swinging, force;
        bool fresh = true;
        PostureKind opinion, side;
        long opinionSince, sideSince;

        /// <summary>A thigh of people with these traits; none = those of everybody recorded.</summary>
        public ThighDetector(ThighTraits people = null)
        {
            this.people = people ?? new ThighTraits();
            standLevel = this.people.Standing;
            sitLevel = this.people.Sitting;
        }

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
        protected override void TakenOff()
        {
            walked = newWalked = 0;
            opinion = side = PostureKind.Unknown;
        }

        /// <inheritdoc/>
        protected override void Teach(float ux, float uy, float uz)
        {
            axisX = ux;
            axisY = uy;
            axisZ = uz;
            walked = MemorySeconds;
        }

        /// <inheritdoc/>
        public override int SavedValues => 6;

        /// <inheritdoc/>
        public override bool Save(float[] values)
        {
            values[0] = axisX;
            values[1] = axisY;
            values[2] = axisZ;
            values[3] = walked < MemorySeconds ? walked : MemorySeconds;
            values[4] = standLevel;
            values[5] = sitLevel;
            return walked > 0;
        }

        /// <inheritdoc/>
        public override bool Restore(float[] values)
        {
            var length = Length(values[0], values[1], values[2]);
            if (!(length > 0.9f && length < 1.1f && values[3] > 0 && values[4] >= 0 && values[4] < values[5] && values[5] <= 90))
                return false;
            axisX = values[0] / length;
            axisY = values[1] / length;
            axisZ = values[2] / length;
            walked = values[3];
            standLevel = values[4];
            sitLevel = values[5];
            return true;
        }

        /// <inheritdoc/>
        protected override void Settled(bool followed)
        {
            if (walked > 0 || !followed || TravelError > LargestError || Angle(FromX, FromY, FromZ, RestX, RestY, RestZ) < people.HighestLine)
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
            if (Epoch.IsStill && walked > 0)
                LearnLevel(Inclination(x / length, y / length, z / length), seconds);
            return Say(opinion, opinionSince, ms);
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
            now = (walking || force > ShakingForce) && inclination < WalkingAngle ? PostureKind.Upright : Side(inclination, opinion);
            if (now == opinion)
                return;
            var since = side == now ? sideSince : Epoch.Start;
            if (opinion != PostureKind.Unknown)
                See(now == PostureKind.Sitting ? Transition.Sit : Transition.Rise, since);
            opinion = now;
            opinionSince = since;
        }

        PostureKind Side(float inclination, PostureKind before)
        {
            var line = 0.5f * (standLevel + sitLevel);
            line = line < people.LowestLine ? people.LowestLine : line > people.HighestLine ? people.HighestLine : line;
            return inclination > line + people.Hysteresis ? PostureKind.Sitting
                : inclination < line - people.Hysteresis || before == PostureKind.Unknown ? PostureKind.Upright
                : before;
        }

        void LearnLevel(float inclination, float seconds)
        {
            if (opinion == PostureKind.Sitting)
                sitLevel += (inclination - sitLevel) * (seconds / (inclination > sitLevel ? ClearSeconds : LevelSeconds));
            else
                standLevel += ((inclination < people.HighestStanding ? inclination : people.HighestStanding) - standLevel) * (seconds / LevelSeconds);
        }

        float Inclination(float ux, float uy, float uz)
        {
            var angle = Angle(ux, uy, uz, axisX, axisY, axisZ);
            return angle > 90 ? 180 - angle : angle;
        }

        void Learn(float ux, float uy, float uz, float seconds)
        {
            if (walked > 0 && Inclination(ux, uy, uz) > NewMountAngle)
            {
                newWalked = Turn(ref newX, ref newY, ref newZ, newWalked, ux, uy, uz, seconds);
                if (newWalked < NewMountSeconds)
                    return;
                axisX = newX;
                axisY = newY;
                axisZ = newZ;
                walked = newWalked;
                standLevel = people.Standing;
                sitLevel = people.Sitting;
            }
            else
                walked = Turn(ref axisX, ref axisY, ref axisZ, walked, ux, uy, uz, seconds);
            newWalked = 0;
        }

        // Turns a mean axis a little towards a direction or its opposite; returns the seconds in it.
        static float Turn(ref float x, ref float y, ref float z, float age, float ux, float uy, float uz, float seconds)
        {
            if (age <= 0)
                x = y = z = 0;
            age += seconds;
            var share = seconds / (age < MemorySeconds ? age : MemorySeconds);
            var sign = ux * x + uy * y + uz * z < 0 ? -1 : 1;
            x += (sign * ux - x) * share;
            y += (sign * uy - y) * share;
            z += (sign * uz - z) * share;
            var length = Length(x, y, z);
            x /= length;
            y /= length;
            z /= length;
            return age;
        }
    }
}
