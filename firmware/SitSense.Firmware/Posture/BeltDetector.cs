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
        const float Sure = 0.75f;          // belief from which a posture is said
        const float SureReference = 0.9f;  // belief from which it teaches what upright looks like
        const float Possible = 0.1f;       // share of belief from which a move may have been a change

        readonly PostureBelief belief = new PostureBelief();
        float uprightX, uprightY, uprightZ, uprightSeconds;
        bool lying;
        PostureKind opinion, recall;
        long opinionSince, recallSince, changeAt, previousChangeAt;

        /// <summary>Whether lying counts as sitting; otherwise it is unknown.</summary>
        public bool LyingIsSitting { get; set; } = true;

        /// <summary>Belief that the wearer sits, 0 to 1.</summary>
        public float Sitting => belief.Sitting;

        bool KnowsUpright => uprightSeconds > 0;

        float Tilt => KnowsUpright ? Angle(uprightX, uprightY, uprightZ, RestX, RestY, RestZ) : 0;

        /// <inheritdoc/>
        protected override void Settled(bool followed)
        {
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
            else if (FastestTurn > HandTurn && turned > HandAngle)
            {
                // Put on, or turned over: nothing is known of this mounting.
                belief.Set(PostureBelief.WhenPutOn);
                uprightSeconds = 0;
                Change();
            }
            else
                Weigh(seconds, followed, error, turned);
        }

        void Weigh(float seconds, bool followed, float error, float turned)
        {
            var lean = (float)Math.Acos(Travel.LeanCosine) * 57.29578f;
            belief.Move(seconds, followed, Travel.Rise, error, followed && lean > turned ? lean : turned, Travel.Side);
#if TUNING
            Tuning.Move(this, MoveStart, MoveEnd, followed ? Travel.Rise : float.NaN, error, Travel.Miss * 57.3f, Travel.Side, turned, FromWalk, belief, Tilt, FastestTurn, Travel.LeanCosine);
#endif
            if (belief.SatDown + belief.Rose > Possible)
                Change();
            if (belief.SatDown > Sure)
                See(Transition.Sit, changeAt);
            else if (belief.Rose > Sure)
                See(Transition.Rise, changeAt);
            if (belief.Before > Sure || belief.Before < 1 - Sure)
                Remember(belief.Before > Sure ? PostureKind.Sitting : PostureKind.Upright);
            if (belief.Sitting < 1 - SureReference)
                LearnUpright(RestX, RestY, RestZ, 0.5f);
            else if (belief.Before < 1 - SureReference && !KnowsUpright)
                LearnUpright(FromX, FromY, FromZ, 0.5f);
        }

        /// <inheritdoc/>
        protected override bool Judge(long ms)
        {
            if (Gait.IsWalking && !Epoch.IsStill)
                Walk();
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
                opinionSince = changeAt;
            }
            return Hold(opinion, opinionSince < changeAt ? changeAt : opinionSince, ms);
        }

        void Walk()
        {
            if (lying || belief.Sitting > 1 - Sure)
            {
                previousChangeAt = changeAt;
                changeAt = MoveStart > Gait.WalkingSince - 3000 && MoveStart < Gait.WalkingSince ? MoveStart : Gait.WalkingSince;
            }
            belief.Set(0.02f);
            lying = false;
            if (Tilt > HandAngle)
                uprightSeconds = 0;
            LearnUpright(RestX, RestY, RestZ, 0.25f);
        }

        PostureKind Opinion()
        {
            if (lying)
                return LyingIsSitting ? PostureKind.Sitting : PostureKind.Unknown;
            var sitting = belief.Sitting;
            if (KnowsUpright && !IsMoving)
            {
                var evidence = (Tilt - 10) / 5;
                sitting = belief.With((float)Math.Exp(evidence < -0.5f ? -0.5f : evidence > 2 ? 2 : evidence));
            }
            return sitting > Sure ? PostureKind.Sitting : sitting < 1 - Sure ? PostureKind.Upright : PostureKind.Unknown;
        }

        // The last move may have changed the posture: it is dated to its middle.
        void Change()
        {
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
            var share = seconds / (uprightSeconds < 10 ? uprightSeconds : 10);
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
