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
        const float HandTurn = 135f;       // deg/s over a quarter of a second, with HandAngle: only a hand turns it so,
        const float FastestLying = 200f;   // or somebody who lies down
        const float HandAngle = 45f;       // degrees between two rests, or between two walks
        const float BackUpright = 25f;     // degrees from upright that speak against a hand: a vigorous rise ends there
        const float BowAngle = 30f;        // degrees: who stands bends so far only ahead
        const float SeatedAtFirst = 0.25f; // probability of sitting when a clip-on is put on: mostly done standing; nothing is said of it yet
        const int PutOnMs = 10000;         // after being put on, a move may still be the putting on
        const float Sure = 0.6f;           // probability from which a posture is said
        const float Doubt = 0.5f;          // and below which it no longer is
        const float SureToTeach = 0.78f;   // from which it teaches what upright and sitting look like
        const int UnrestMs = 12000;        // without rest or walk; then the posture before is doubted more and more:
        const float FadeMs = 60000f;       // after about a minute it is unknown
        const float VoteSeconds = 10f;     // over which the tilt of a rest is averaged
        const float ClearError = 0.12f;    // m: a rise from lying of so small an error,
        const float ClearRise = 0.25f;     // and so high, m, may have gone all the way up
        const float SitsFirst = 0.9f;      // else whoever gets up from lying sits first
        const int BeforeWalkMs = 3000;     // a rise so long before the first steps goes over into them

        readonly BeltReference reference;
        readonly MoveEvidence evidence;
        readonly Stretches stretches = new Stretches();
        float vote, voted;
        bool lying, walking;
        long wornSince;

        /// <summary>A belt of people with these traits; none = those of everybody recorded.</summary>
        public BeltDetector(BeltTraits people = null)
        {
            people ??= new BeltTraits();
            reference = new BeltReference(people);
            evidence = new MoveEvidence(people);
        }

        /// <summary>Whether lying counts as sitting; otherwise it is unknown.</summary>
        public bool LyingIsSitting { get; set; } = true;

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

        float Tilt => reference.Tilt(RestX, RestY, RestZ);

        /// <inheritdoc/>
        protected override void TakenOff()
        {
            wornSince = Epoch.End;
            Forget();
            stretches.Begin(wornSince, SeatedAtFirst);
            NewStretch();
            lying = walking = false;
        }

        /// <inheritdoc/>
        protected override void Teach(float x, float y, float z)
        {
            reference.Teach(x, y, z);
            stretches.Up(Epoch.Start);
            NewStretch();
            lying = walking = false;
        }

        /// <inheritdoc/>
        public override int SavedValues => BeltReference.SavedValues;

        /// <inheritdoc/>
        public override bool Save(float[] values) => reference.Save(values);

        /// <inheritdoc/>
        public override bool Restore(float[] values) => reference.Restore(values);

        /// <inheritdoc/>
        protected override void Started()
        {
            wornSince = First - PutOnMs;
            stretches.Begin(First, SeatedAtFirst);
        }

        /// <inheritdoc/>
        protected override void Settled(bool followed)
        {
            var count = stretches.Count;
            Weigh(followed);
            // What a walk proves ends with it.
            if (walking && stretches.Count == count)
                stretches.Part(MoveEnd);
            if (stretches.Count != count)
                NewStretch();
            walking = false;
        }

        void Weigh(bool followed)
        {
            var turned = Angle(FromX, FromY, FromZ, RestX, RestY, RestZ);
            var middle = MoveStart + (MoveEnd - MoveStart) / 2;
            if (Lies(turned))
            {
                if (!lying)
                    stretches.Lie(middle);
                lying = true;
            }
            else if (lying)
            {
                lying = false;
                if (middle - stretches.Since(stretches.Count - 1) < MinimumMs)
                    stretches.DropLast();
                else
                    stretches.Cut(middle, followed && TravelError < ClearError && Travel.Rise > ClearRise ? 1 - SitsFirst : SitsFirst, false);
            }
            else if (FastestTurn > HandTurn && turned > HandAngle && !(reference.IsKnown && Tilt < BackUpright))
            {
                // Put on, or turned over: nothing is known of this mounting.
                wornSince = MoveEnd;
                Forget();
                stretches.Cut(middle, SeatedAtFirst, true);
            }
            else if (MoveEnd - wornSince < PutOnMs)
                stretches.Cut(middle, SeatedAtFirst, true);
            else
            {
                var facing = reference.Facing;
                if (followed)
                    facing.Lean(Travel.AsideX, Travel.AsideY, Travel.AsideZ, Travel.Seconds);
                evidence.Weigh((MoveEnd - MoveStart) * 0.001f, turned, facing.Back(FromX, FromY, FromZ, RestX, RestY, RestZ), facing.Certainty);
                if (followed)
                    evidence.Follow(Travel.Rise, TravelError, Travel.Lean, turned);
                var changed = stretches.Move(middle, evidence);
                if (followed)
                    Measure(changed, turned);
            }
        }

        // Where upright is not known yet: nobody sits and stands so far apart.
        bool Lies(float turned) =>
            reference.IsKnown ? Tilt > (lying ? TrunkUpAngle : LyingAngle)
            : lying ? turned < TrunkUpAngle
            : !stretches.IsGuess && turned > LyingAngle && FastestTurn < FastestLying;

        /// <inheritdoc/>
        protected override bool Judge(long ms)
        {
            if (reference.IsRestored && Tilt > HandAngle)
                Forget();
            if (Gait.IsWalking && !Epoch.IsStill)
                Walk();
            else if (!IsMoving)
                Rest((Epoch.End - Epoch.Start) * 0.001f);
            else if (!walking && ms - MoveStart > UnrestMs)
                stretches.Unrest(MoveStart, 0.5f - 0.5f * (float)Math.Exp((MoveStart + UnrestMs - ms) / FadeMs));
            stretches.Smooth();
            Pelvis.Add(Epoch, lying ? PostureKind.Unknown : Opinion(stretches.Count - 1), Gait.IsWalking);
            TellTransitions();
            return Decide(ms);
        }

        void Walk()
        {
            if (!walking)
            {
                stretches.Up(MoveStart > Gait.WalkingSince - BeforeWalkMs && MoveStart < Gait.WalkingSince ? MoveStart : Gait.WalkingSince);
                NewStretch();
            }
            walking = true;
            lying = false;
            if (Tilt > HandAngle)
            {
                reference.ForgetUpright();
                Pelvis.Forget();
            }
            var seconds = (Epoch.End - Epoch.Start) * 0.001f;
            reference.LearnUpright(RestX, RestY, RestZ, seconds);
            Pelvis.Walk(RestX, RestY, RestZ, seconds);
        }

        // Each rest votes by its tilt, and teaches what this wearer's sitting and standing look like where the moves leave no doubt.
        void Rest(float seconds)
        {
            if (lying)
                return;
            if (stretches.ByMoves < 1 - SureToTeach && !stretches.IsGuess)
                reference.LearnUpright(RestX, RestY, RestZ, seconds);
            if (!reference.IsKnown)
                return;
            var back = reference.Back(RestX, RestY, RestZ);
            if (stretches.ByMoves > SureToTeach)
                reference.LearnSeated(back, seconds);
            voted += seconds;
            vote += (reference.Evidence(back) - vote) * seconds / (voted < VoteSeconds ? voted : VoteSeconds);
            stretches.Vote((float)Math.Exp(vote));
        }

        // What a move that could be followed says beyond posture.
        void Measure(bool changed, float turned)
        {
            stretches.Smooth();
            var last = stretches.Count - 1;
            if (changed && stretches.SatDown(last) + stretches.StoodUp(last) > Sure)
                Pelvis.Change(stretches.StoodUp(last) > Sure, MoveEnd - MoveStart, Travel);
            else if (Travel.Lean > BowAngle && turned < BackUpright && stretches.Sitting(last) < 1 - Sure)
                Pelvis.Bow(Travel);
        }

        // The mounting is another.
        void Forget()
        {
            reference.Forget();
            Pelvis.Forget();
        }

        void NewStretch() => vote = voted = 0;

        void TellTransitions()
        {
            for (var i = 1; i < stretches.Count; i++)
            {
                if (stretches.IsTold(i))
                    continue;
                if (stretches.SatDown(i) > Sure)
                    See(Transition.Sit, stretches.Since(i));
                else if (stretches.StoodUp(i) > Sure)
                    See(Transition.Rise, stretches.Since(i));
                else
                    continue;
                stretches.Tell(i);
                return;
            }
        }

        PostureKind Opinion(int i)
        {
            if (stretches.IsLying(i))
                return LyingIsSitting ? PostureKind.Sitting : PostureKind.Unknown;
            var sits = stretches.Sitting(i);
            var last = i == stretches.Count - 1;
            if (last && stretches.IsGuess)
                return PostureKind.Unknown;
            if (sits > Sure || last && Current == PostureKind.Sitting && sits > Doubt)
                return PostureKind.Sitting;
            return sits < 1 - Sure || last && Current == PostureKind.Upright && sits < 1 - Doubt ? PostureKind.Upright : PostureKind.Unknown;
        }

        // The first stretch after the last decision that says something else and is long enough; a shorter one counts for what is around it.
        bool Decide(long ms)
        {
            var i = Wear.IsDoubtful(ms) ? stretches.Count : 0;
            while (i < stretches.Count)
            {
                var kind = Opinion(i);
                var from = stretches.Since(i);
                while (++i < stretches.Count && Opinion(i) == kind)
                {
                }
                var to = i < stretches.Count ? stretches.Since(i) : ms;
                from = from < Since ? Since : from;
                from = from < TrustedSince ? TrustedSince : from;
                if (to - from >= MinimumMs && (kind != Current || !HasDecided))
                    return Conclude(kind, from, ms);
            }
            return Say(Current, Since, ms);
        }
    }
}
