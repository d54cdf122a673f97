using System;

namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// Decides sitting from a clip-on at the belt. Tilt alone cannot (sitting and standing differ by 19 degrees in the median and by 6 for
    /// some), so it follows each move from rest to rest, with the gyroscope, up and down; walking proves upright and teaches what upright looks like.
    /// </summary>
    public sealed class BeltDetector : MotionDetector
    {
        const float LyingAngle = 70f;      // degrees from upright; a slouch in a deep seat stays below
        const float TrunkUpAngle = 60f;    // degrees: no longer lying
        const float HandTurn = 135f;       // deg/s over a quarter of a second, with HandAngle: only a hand turns it so
        const float HandAngle = 45f;       // degrees between two rests, or between two walks
        const float BackUpright = 25f;     // degrees from upright that speak against a hand: a vigorous rise ends there
        const float BowAngle = 30f;        // degrees: who stands bends so far only ahead
        const int PutOnMs = 10000;         // after being put on, a move may still be the putting on
        const float Sure = 0.68f;          // belief from which a posture is said
        const float SureReference = 0.78f; // belief from which it teaches what upright looks like
        const int UnrestMs = 12000;        // without rest or walk; then the posture before is doubted more and more:
        const float FadeSeconds = 60f;     // after about a minute it is unknown
        const float WhenWalking = 0.02f;   // belief in sitting
        const float UprightMemory = 10f;   // s over which upright is averaged
        const float UsualTilt = 20f;       // degrees between sitting and standing: the median of people
        const float LeastTilt = 6f;        // degrees between sitting and standing: the 5th percentile of people
        const float TellingTilt = 14f;     // degrees between sitting and standing that make the tilt worth something
        const float Possible = 0.1f;       // share of belief from which a move may have been a change

        readonly PostureBelief belief = new PostureBelief();
        float uprightX, uprightY, uprightZ, uprightSeconds, sitTilt = UsualTilt;
        int sitsSeen;
        bool lying, changed;
        PostureKind opinion, recall;
        long opinionSince, recallSince, changeAt, previousChangeAt, wornSince;

        /// <summary>Whether lying counts as sitting; otherwise it is unknown.</summary>
        public bool LyingIsSitting { get; set; } = true;

        /// <summary>Belief that the wearer sits, 0 to 1.</summary>
        public float Sitting => belief.Sitting;

        /// <summary>What else the clip measures.</summary>
        public Pelvis Pelvis { get; } = new Pelvis();

        /// <inheritdoc/>
        public override StanceCheck Stance => Pelvis.Stance;

        /// <inheritdoc/>
        public override void Measure(Figures figures)
        {
            base.Measure(figures);
            Pelvis.Measure(figures);
        }

        bool KnowsUpright => uprightSeconds > 0;

        float Tilt => KnowsUpright ? Angle(uprightX, uprightY, uprightZ, RestX, RestY, RestZ) : 0;

        /// <inheritdoc/>
        protected override void TakenOff()
        {
            belief.Set(PostureBelief.WhenPutOn);
            lying = false;
            Forget();
            wornSince = Epoch.End;
        }

        /// <inheritdoc/>
        protected override void Teach(float x, float y, float z)
        {
            uprightSeconds = 0;
            LearnUpright(x, y, z, UprightMemory);
            if (lying || belief.Sitting > 1 - Sure)
                changeAt = Epoch.Start;
            lying = false;
            changed = true;
            belief.Set(WhenWalking);
        }

        /// <inheritdoc/>
        public override int SavedValues => 5;

        /// <inheritdoc/>
        public override bool Save(float[] values)
        {
            values[0] = uprightX;
            values[1] = uprightY;
            values[2] = uprightZ;
            values[3] = uprightSeconds < UprightMemory ? uprightSeconds : UprightMemory;
            values[4] = sitTilt;
            return KnowsUpright;
        }

        /// <inheritdoc/>
        public override bool Restore(float[] values)
        {
            var length = Length(values[0], values[1], values[2]);
            if (!(length > 0.9f && length < 1.1f && values[3] > 0 && values[4] >= LeastTilt && values[4] < LyingAngle))
                return false;
            uprightX = values[0] / length;
            uprightY = values[1] / length;
            uprightZ = values[2] / length;
            uprightSeconds = values[3];
            sitTilt = values[4];
            return true;
        }

        /// <inheritdoc/>
        protected override void Settled(bool followed)
        {
            if (wornSince == 0)
                wornSince = First;
            var seconds = (MoveEnd - MoveStart) * 0.001f;
            var turned = Angle(FromX, FromY, FromZ, RestX, RestY, RestZ);
            var error = TravelError;
            if (Tilt > LyingAngle || lying && Tilt > TrunkUpAngle)
            {
                if (!lying)
                    Change();
                lying = true;
            }
            else if (lying)
            {
                // Whoever gets up from lying sits first, unless the rise says more.
                lying = false;
                belief.Set(followed && error < 0.12f && Travel.Rise > 0.25f ? 0.2f : 0.9f);
                Change();
            }
            else if (FastestTurn > HandTurn && turned > HandAngle && !(KnowsUpright && Tilt < BackUpright))
            {
                // Put on, or turned over: nothing is known of this mounting.
                belief.Set(PostureBelief.WhenPutOn);
                Forget();
                wornSince = MoveEnd;
                Change();
            }
            else
                Weigh(seconds, followed, error, turned);
        }

        void Weigh(float seconds, bool followed, float error, float turned)
        {
            belief.Move(seconds, followed, Travel.Rise, error, followed ? Travel.Lean : turned, Travel.Side);
            if (MoveEnd - wornSince < PutOnMs)
                belief.Set(PostureBelief.WhenPutOn);
            if (belief.SatDown + belief.Rose > Possible)
                Change();
            if (belief.SatDown > Sure)
                See(Transition.Sit, changeAt);
            else if (belief.Rose > Sure)
                See(Transition.Rise, changeAt);
            if (belief.SatDown + belief.Rose > Sure)
                Pelvis.Change(belief.Rose > Sure, MoveEnd - MoveStart, followed ? Travel : null);
            else if (followed && Travel.Lean > BowAngle && turned < BackUpright && belief.Sitting < 1 - Sure)
                Pelvis.Bow(Travel);
            if (MoveEnd - wornSince < PutOnMs)
                return;
            if (belief.Before > Sure || belief.Before < 1 - Sure)
                Remember(belief.Before > Sure ? PostureKind.Sitting : PostureKind.Upright);
            if (belief.Before > SureReference && KnowsUpright)
            {
                sitsSeen++;
                sitTilt += (Angle(uprightX, uprightY, uprightZ, FromX, FromY, FromZ) - sitTilt) / (sitsSeen < 4 ? sitsSeen : 4);
                if (sitTilt < LeastTilt)
                    sitTilt = LeastTilt;
            }
            if (belief.Sitting < 1 - SureReference)
                LearnUpright(RestX, RestY, RestZ, 0.5f);
            else if (belief.Before < 1 - SureReference && !KnowsUpright)
                LearnUpright(FromX, FromY, FromZ, 0.5f);
        }

        /// <inheritdoc/>
        protected override bool Judge(long ms)
        {
            Pelvis.Add(Epoch, lying ? PostureKind.Unknown : opinion, Gait.IsWalking);
            if (Gait.IsWalking && !Epoch.IsStill)
                Walk();
            else if (IsMoving && ms - MoveStart > UnrestMs)
                belief.Fade((Epoch.End - Epoch.Start) * 0.001f / FadeSeconds);
            if (recall != PostureKind.Unknown)
            {
                if (Current != PostureKind.Unknown)
                    recall = PostureKind.Unknown;
                else if (Recall(recall, recallSince, ms))
                {
                    recall = PostureKind.Unknown;
                    return true;
                }
                else
                    return false;
            }
            var now = Opinion();
            if (now != opinion)
            {
                opinion = now;
                opinionSince = changed ? changeAt : Epoch.Start;
            }
            changed = false;
            return Say(opinion, opinionSince, ms);
        }

        void Walk()
        {
            if (lying || belief.Sitting > 1 - Sure)
            {
                changed = true;
                previousChangeAt = changeAt;
                changeAt = MoveStart > Gait.WalkingSince - 3000 && MoveStart < Gait.WalkingSince ? MoveStart : Gait.WalkingSince;
            }
            belief.Set(WhenWalking);
            lying = false;
            if (Tilt > HandAngle)
                Forget();
            LearnUpright(RestX, RestY, RestZ, 0.25f);
            Pelvis.Walk(RestX, RestY, RestZ, 0.25f);
        }

        // The mounting is another.
        void Forget()
        {
            uprightSeconds = 0;
            Pelvis.Forget();
        }

        PostureKind Opinion()
        {
            if (lying)
                return LyingIsSitting ? PostureKind.Sitting : PostureKind.Unknown;
            var sitting = KnowsUpright && !IsMoving ? belief.With((float)Math.Exp(TiltEvidence())) : belief.Sitting;
            return sitting > Sure ? PostureKind.Sitting : sitting < 1 - Sure ? PostureKind.Upright : PostureKind.Unknown;
        }

        // What the present tilt says for sitting, as a logarithm of odds: nothing midway between standing and this person's sitting, and the
        // more the further these are apart.
        float TiltEvidence()
        {
            var evidence = 4 * Tilt / sitTilt - 2;
            var most = sitTilt * sitTilt / (TellingTilt * TellingTilt);
            if (sitsSeen == 0 && most > 0.5f)
                most = 0.5f;
            most = most > 2 ? 2 : most;
            return evidence > 1.5f ? 1.5f : evidence < -most ? -most : evidence;
        }

        // The last move may have changed the posture: it is dated to its middle.
        void Change()
        {
            changed = true;
            previousChangeAt = changeAt;
            changeAt = MoveStart + (MoveEnd - MoveStart) / 2;
        }

        void Remember(PostureKind before)
        {
            if (Current != PostureKind.Unknown || recall != PostureKind.Unknown)
                return;
            recall = before;
            recallSince = belief.SatDown + belief.Rose > Possible ? previousChangeAt : changeAt;
        }

        void LearnUpright(float x, float y, float z, float seconds)
        {
            uprightSeconds += seconds;
            var share = seconds / (uprightSeconds < UprightMemory ? uprightSeconds : UprightMemory);
            uprightX += (x - uprightX) * share;
            uprightY += (y - uprightY) * share;
            uprightZ += (z - uprightZ) * share;
            var scale = Length(uprightX, uprightY, uprightZ);
            uprightX /= scale;
            uprightY /= scale;
            uprightZ /= scale;
        }
    }
}
