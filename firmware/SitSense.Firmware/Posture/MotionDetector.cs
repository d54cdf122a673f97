namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// Decides a posture from an accelerometer and a gyroscope worn on the body, in any mounting, at 12.5 to 100 Hz. Cuts the motion into rests,
    /// walks and the moves between them, and leaves to its kinds what these say about the posture.
    /// </summary>
    public abstract class MotionDetector : PostureDetector
    {
        /// <summary>How long a device must lie still beyond what a body can do before it is <see cref="PostureKind.Off"/>, ms.</summary>
        public const int OffMs = Wear.OffMs;

        const int CalibrateMs = 10000;
        const int StandMs = 2000;
        const float LargestForce = 32f;    // g: twice the widest range there is
        const float LargestTurn = 8000f;   // deg/s
        const int SettleMs = 700;          // a rest begins when nothing moved for so long: the middle of a transition can look still for half a second
        const int LeanMs = 1600;           // but where the body leans out farthest: that is a pause on the way, or a bend
        const float LeaningOut = 15f;      // degrees from the rest before
        const float FarthestOut = 0.85f;   // share of the farthest lean
        const float CameBack = 0.02f;      // rad2: turned against the lean on the way, as who sits down and leans back is
        const int PullMs = 600;            // a rest that pulls for longer has only changed
        const int BreakMs = 400;           // without a sample for so long, nothing is carried over
        const float RestSeconds = 0.7f;    // over which a rest's direction is averaged
        const int StrideMs = 700;          // after the last step, the walk may be over
        const float WalkSeconds = 2f;      // over which a walk's direction is averaged: two strides
        const float LongestMove = 12f;     // s: a longer one is closed with what is known, its travel is lost in drift
        const int HandlingMs = 3000;       // nobody takes a device off or puts it on in less,
        const float HandlingAngle = 5f;    // degrees, unless it ends in another attitude

        const int TrustMs = 1300;          // a value that is merely held for a second is no rest
        const float WalkError = 0.15f;     // m

        readonly MotionEpoch epoch = new MotionEpoch();
        readonly StepCounter steps = new StepCounter();
        readonly Wear wear = new Wear();
        readonly SensorOffsets offsets = new SensorOffsets();
        readonly SensorHealth health = new SensorHealth();
        readonly VerticalTravel travel = new VerticalTravel();
        readonly Vertical up = new Vertical();  // of the present rest or walk

        long last, stillMs, trustedSince, watchedSince, chargesSince = -1, calibrateUntil;
        bool any, anchored, followed, rested;

        /// <summary>Takes one sample.</summary>
        /// <param name="ms">Time of the sample, monotonic ms; a duplicate or an earlier one is passed over.</param>
        /// <param name="ax">Specific force, g: +1 on the axis that points up at rest.</param>
        /// <param name="ay">Specific force, g.</param>
        /// <param name="az">Specific force, g.</param>
        /// <param name="gx">Rate of turn, deg/s; all three exactly 0 where there is no gyroscope.</param>
        /// <param name="gy">Rate of turn, deg/s.</param>
        /// <param name="gz">Rate of turn, deg/s.</param>
        /// <returns>True when this sample decided a change.</returns>
        public bool Add(long ms, float ax, float ay, float az, float gx, float gy, float gz)
        {
            if (!(Length(ax, ay, az) < LargestForce && Length(gx, gy, gz) < LargestTurn))
                return Miss(ms);
            Begin(ms);
            if (any && ms <= last)
                return false;
            HasGyroscope |= gx != 0 || gy != 0 || gz != 0;
            if (!any)
                Started();
            var held = health.IsHeld(ax, ay, az, gx, gy, gz);
            if (held && any && HasGyroscope)
                return Miss(ms);
            var gap = !any || ms - last > BreakMs;
            var dt = gap ? 0f : (ms - last) * 0.001f;
            if (any && ms - last >= FaultMs)
                trustedSince = ms;
            any = true;
            last = ms;
            if (gap)
            {
                epoch.Clear();
                health.Clear(ms);
                wear.Move(watchedSince = ms);
                stillMs = 0;
                anchored = false;
                Gap();
            }
            health.Add(ms, ax, ay, az, gx, gy, gz, HasGyroscope);
            ax -= offsets.X;
            ay -= offsets.Y;
            az -= offsets.Z;
            steps.Add(ms, dt, Length(ax, ay, az));
            Walking.Add(steps.LastStep);
            travel.Add(dt, ax, ay, az, gx - offsets.TurnX, gy - offsets.TurnY, gz - offsets.TurnZ);
            Sample(dt, gx - offsets.TurnX, gy - offsets.TurnY, gz - offsets.TurnZ);
            if (!epoch.Add(ms, ax, ay, az, gx, gy, gz))
                return false;
            Follow();
            if (Calibration == CalibrationState.Running)
                GoOnCalibrating(ms);
            health.Gravity(ms, epoch.IsStill, epoch.Gravity);
            if (HasGyroscope && ms - health.WrongSince >= FaultMs)
            {
                trustedSince = ms;
                return Hold(PostureKind.Unknown, health.WrongSince, ms);
            }
            if (wear.IsOff(ms))
            {
                trustedSince = ms;
                TakenOff();
                return Hold(PostureKind.Off, wear.Since, ms);
            }
            return Judge(ms);
        }

        /// <inheritdoc/>
        public override void Measure(Figures figures) => Walking.Measure(figures);

        /// <inheritdoc/>
        public override bool Miss(long ms)
        {
            SeeNothing();
            return any && ms - last >= FaultMs && Hold(PostureKind.Unknown, last, ms);
        }

        /// <summary>Tells that it is on its charger at <paramref name="ms"/>, so on nobody; what the sensor says is of no interest then.</summary>
        /// <returns>True when this decided a change.</returns>
        public bool Charge(long ms)
        {
            Begin(ms);
            if (chargesSince <= last)
                chargesSince = ms;
            TakenOff();
            return Hold(PostureKind.Off, chargesSince, ms);
        }

        /// <summary>Whether it lies still on nobody, so that the sensor may be left to watch for motion by itself.</summary>
        public bool IsLaidDown => Current == PostureKind.Off && IsAtRest && wear.IsOff(last) && Calibration != CalibrationState.Running;

        /// <summary>Tells that the sensor itself has watched since the last sample and saw nothing move: one that is laid down stays so.</summary>
        /// <returns>True when this decided a change.</returns>
        public bool Untouched(long ms)
        {
            Begin(ms);
            if (ms <= last)
                return false;
            last = MoveStart = ms;
            stillMs = 0;
            epoch.Clear();
            health.Clear(ms);
            return Hold(PostureKind.Off, wear.Since, ms);
        }

        /// <inheritdoc/>
        /// <remarks>Standing only: it takes two seconds of standing still within the next ten.</remarks>
        public override bool Calibrate(CalibrationStep step, long ms)
        {
            if (step != CalibrationStep.Standing)
                return false;
            Calibration = CalibrationState.Running;
            calibrateUntil = ms + CalibrateMs;
            return true;
        }

        /// <summary>Takes up (unit vector in the sensor's axes) of somebody who stands.</summary>
        protected abstract void Teach(float x, float y, float z);

        void GoOnCalibrating(long ms)
        {
            if (stillMs >= StandMs && !IsMoving && ms - (calibrateUntil - CalibrateMs) >= StandMs)
            {
                Teach(up.X, up.Y, up.Z);
                Calibration = CalibrationState.Done;
            }
            else if (ms >= calibrateUntil)
                Calibration = CalibrationState.Failed;
        }

        /// <summary>How much the wearer has walked.</summary>
        public Walking Walking { get; } = new Walking();

        /// <summary>Whether the body has been at rest for more than a second, so that samples may come late.</summary>
        public bool IsAtRest => !IsMoving && stillMs > TrustMs;

        /// <summary>Whether it is worn.</summary>
        internal Wear Wear => wear;

        /// <summary>The last quarter of a second.</summary>
        internal MotionEpoch Epoch => epoch;

        /// <summary>The rhythm of steps.</summary>
        internal StepCounter Gait => steps;

        /// <summary>The way of the last move, from rest or walk to rest.</summary>
        internal VerticalTravel Travel => travel;

        /// <summary>Whether a gyroscope has been seen.</summary>
        protected bool HasGyroscope { get; private set; }

        /// <summary>Whether the body is between two rests.</summary>
        protected bool IsMoving { get; private set; }

        /// <summary>Whether the last move began in a walk.</summary>
        protected bool FromWalk { get; private set; }

        /// <summary>Fastest turn of the present or last move over a quarter of a second, deg/s.</summary>
        protected float FastestTurn { get; private set; }

        /// <summary>When the present or last move began, ms.</summary>
        protected long MoveStart { get; private set; }

        /// <summary>When the last move ended, ms.</summary>
        protected long MoveEnd { get; private set; }

        /// <summary>Up (unit vector in the sensor's axes) before the move.</summary>
        protected float FromX, FromY, FromZ;

        /// <summary>Up (unit vector in the sensor's axes) in the present rest or walk.</summary>
        protected float RestX => up.X;

        /// <summary>See <see cref="RestX"/>.</summary>
        protected float RestY => up.Y;

        /// <summary>See <see cref="RestX"/>.</summary>
        protected float RestZ => up.Z;

        /// <summary>Since when the sensor can be trusted, ms.</summary>
        protected long TrustedSince => trustedSince;

        /// <summary>Holds an opinion, not reaching back to when the sensor was not to be trusted.</summary>
        protected bool Say(PostureKind posture, long since, long ms) =>
            wear.IsDoubtful(ms) ? Hold(PostureKind.Unknown, wear.MovedAt, ms)
            : Hold(posture, since < trustedSince ? trustedSince : since, ms);

        /// <summary>The device is not worn: what its mounting was no longer holds.</summary>
        protected abstract void TakenOff();

        /// <summary>The first sample has come.</summary>
        protected virtual void Started()
        {
        }

        /// <summary>There were no samples for a while.</summary>
        protected virtual void Gap()
        {
        }

        /// <summary>A sample has come, <paramref name="dt"/> seconds after the last, with its rate of turn in deg/s.</summary>
        protected virtual void Sample(float dt, float gx, float gy, float gz)
        {
        }

        /// <summary>Standard error of the last move's rise, m; at the end of a walk the vertical speed is not zero.</summary>
        protected float TravelError => FromWalk ? (float)System.Math.Sqrt(travel.Error * travel.Error + WalkError * WalkError) : travel.Error;

        /// <summary>A move has ended in a rest; with <paramref name="followed"/> the <see cref="Travel"/> is known.</summary>
        protected abstract void Settled(bool followed);

        /// <summary>A quarter of a second has passed: holds an opinion.</summary>
        protected abstract bool Judge(long ms);

        void Follow()
        {
            if (epoch.IsStill)
                Rest();
            else if (steps.IsWalking)
                Walk();
            else
                Move();
            if (IsMoving)
            {
                var turn = Length(epoch.TurnX - offsets.TurnX, epoch.TurnY - offsets.TurnY, epoch.TurnZ - offsets.TurnZ);
                if (turn > FastestTurn)
                    FastestTurn = turn;
                if (steps.IsWalking || epoch.End - MoveStart > HandlingMs)
                    wear.Move(epoch.End);
            }
            else if (epoch.IsStill)
                wear.Add(epoch);
        }

        void Rest()
        {
            var length = epoch.End - epoch.Start + MotionEpoch.LengthMs / 6;
            var fresh = stillMs == 0;
            // The last still moment before a move may pull already: what follows is measured from the last calm one.
            var calm = IsMoving || up.IsLike(epoch) || epoch.End - MoveStart > PullMs;
            stillMs += length;
            if (calm)
                up.Take(epoch, fresh ? 1f : length / (RestSeconds * 1000f + length));
            if (IsMoving && fresh)
            {
                followed = anchored && HasGyroscope && travel.Seconds <= LongestMove;
                MoveEnd = epoch.End;
                travel.End(up.X, up.Y, up.Z, up.Gravity);
            }
            if (stillMs < (IsMoving && anchored && IsLeaningOut() ? LeanMs : SettleMs))
                return;
            if (IsMoving)
            {
                IsMoving = false;
                if (Angle(FromX, FromY, FromZ, up.X, up.Y, up.Z) > HandlingAngle)
                    wear.Move(MoveStart > watchedSince ? MoveStart : watchedSince);
                if (rested)
                    Settled(followed);
                rested = true;
            }
            if (!calm)
                return;
            offsets.LearnTurn(epoch, length * 0.001f);
            if (stillMs > TrustMs)
                offsets.LearnForce(epoch);
            Anchor(false);
        }

        // Whoever sits down or bends slowly can look still where the body leans out farthest.
        bool IsLeaningOut()
        {
            var turned = Angle(FromX, FromY, FromZ, up.X, up.Y, up.Z);
            return turned > LeaningOut && turned > FarthestOut * travel.Lean
                && (up.X - FromX) * travel.AsideX + (up.Y - FromY) * travel.AsideY + (up.Z - FromZ) * travel.AsideZ > -CameBack;
        }

        void Walk()
        {
            var fresh = stillMs > 0 || !FromWalk;
            stillMs = 0;
            IsMoving = rested = true;
            if (epoch.End - steps.LastStep > StrideMs)
                return;
            var length = epoch.End - epoch.Start;
            up.Take(epoch, fresh ? 1f : length / (WalkSeconds * 1000f + length));
            FromWalk = true;
            if (steps.LastStep >= epoch.Start)
                Anchor(true);
        }

        void Move()
        {
            stillMs = 0;
            IsMoving = true;
        }

        // What follows is measured from here.
        void Anchor(bool walking)
        {
            anchored = true;
            FromWalk = walking;
            FromX = up.X;
            FromY = up.Y;
            FromZ = up.Z;
            MoveStart = epoch.End;
            FastestTurn = 0;
            travel.Start(up.X, up.Y, up.Z, up.Gravity);
        }

        internal static float Length(float x, float y, float z) => (float)System.Math.Sqrt(x * x + y * y + z * z);

        /// <summary>Angle between two unit vectors, degrees.</summary>
        internal static float Angle(float x, float y, float z, float u, float v, float w)
        {
            var cosine = x * u + y * v + z * w;
            return (float)System.Math.Acos(cosine > 1 ? 1 : cosine < -1 ? -1 : cosine) * 57.29578f;
        }
    }
}
