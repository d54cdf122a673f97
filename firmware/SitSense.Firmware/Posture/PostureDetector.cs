namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// Decides a posture from samples. A detector forms an opinion with every sample; the opinion becomes the decided posture once it has
    /// held for <see cref="MinimumMs"/> (activPAL's 10 s rule, in every direction), and then carries since when it holds.
    /// All times are monotonic milliseconds given by the caller; a detector has no clock, and allocates only in its constructor.
    /// </summary>
    public abstract class PostureDetector
    {
        /// <summary>How long an opinion must hold before it is decided, and the least time between two decisions, ms.</summary>
        public const int MinimumMs = 10000;

        /// <summary>Longest time between two samples that counts as seen, ms; a longer gap means that there were no samples.</summary>
        protected const int GapMs = 1000;

        /// <summary>How long no sample could be read before the posture is unknown, ms.</summary>
        public const int FaultMs = 10000;

        PostureKind opinion;
        long opinionSince;
        long opinionHeldMs;
        long lastOpinion;
        long lastDecision;
        bool started;

        /// <summary>The decided posture.</summary>
        public PostureKind Current { get; private set; }

        /// <summary>Since when it holds, ms; never after the decision, never before the previous one.</summary>
        public long Since { get; private set; }

        /// <summary>What the last sample showed before the 10 s rule; <see cref="Transition.None"/> mostly.</summary>
        public Transition Seen { get; private set; }

        /// <summary>When the transition last seen happened, ms.</summary>
        public long SeenAt { get; private set; }

        /// <summary>Time of the first sample, ms.</summary>
        protected long First { get; private set; }

        /// <summary>How the last <see cref="Calibrate"/> goes or went.</summary>
        public CalibrationState Calibration { get; protected set; }

        /// <summary>Whether anything has been decided yet.</summary>
        protected bool HasDecided { get; private set; }

        /// <summary>Whether a sample has come yet.</summary>
        protected bool HasStarted => started;

        /// <summary>The guided check of standing on one leg; null where the sensor cannot see it.</summary>
        public virtual StanceCheck Stance => null;

        /// <summary>Adds what is measured beyond posture, as far as it is known.</summary>
        public virtual void Measure(Figures figures)
        {
        }

        /// <summary>Begins to calibrate; <see cref="Calibration"/> tells how it ends.</summary>
        /// <param name="step">What the wearer does now.</param>
        /// <param name="ms">Now, ms.</param>
        /// <returns>False when the step does not apply to this sensor; nothing changes then.</returns>
        public abstract bool Calibrate(CalibrationStep step, long ms);

        /// <summary>How many values <see cref="Save"/> gives.</summary>
        public abstract int SavedValues { get; }

        /// <summary>Gives what was learned of this wearer and mounting, to be stored.</summary>
        /// <param name="values">Takes <see cref="SavedValues"/> values.</param>
        /// <returns>False when nothing was learned yet.</returns>
        public abstract bool Save(float[] values);

        /// <summary>Takes back what <see cref="Save"/> gave.</summary>
        /// <returns>False when the values cannot be right; nothing changes then.</returns>
        public abstract bool Restore(float[] values);

        /// <summary>Tells that no sample could be read at <paramref name="ms"/>.</summary>
        /// <returns>True when this decided a change.</returns>
        public abstract bool Miss(long ms);

        /// <summary>Opens the handling of one sample; what was seen before is over.</summary>
        protected void Begin(long ms)
        {
            Seen = Transition.None;
            if (started)
                return;
            started = true;
            First = Since = SeenAt = opinionSince = lastOpinion = ms;
            lastDecision = ms - MinimumMs;
        }

        /// <summary>What was seen before is over.</summary>
        protected void SeeNothing() => Seen = Transition.None;

        /// <summary>Reports a transition before the 10 s rule.</summary>
        protected void See(Transition transition, long at)
        {
            Seen = transition;
            SeenAt = at;
        }

        /// <summary>
        /// Holds an opinion at <paramref name="now"/>. One against the decided posture gains while it is held and loses while it is not, so
        /// that a moment's doubt neither starts it anew nor confirms it.
        /// </summary>
        /// <returns>True when this decided a change.</returns>
        protected bool Hold(PostureKind posture, long since, long now)
        {
            var passed = now - lastOpinion;
            if (passed > GapMs)
                passed = GapMs;
            lastOpinion = now;
            if (posture != opinion)
            {
                if (posture == Current)
                {
                    opinionHeldMs -= passed;
                    if (opinionHeldMs > 0)
                        return false;
                }
                opinion = posture;
                opinionSince = since < Since ? Since : since;
                opinionHeldMs = now - opinionSince;
            }
            else
                opinionHeldMs += passed;
            if (opinion == Current || opinionHeldMs < MinimumMs || now - lastDecision < MinimumMs)
                return false;
            return Decide(opinion, opinionSince, now);
        }

        /// <summary>Decides at once what moves since then have shown of a time that may be past.</summary>
        /// <returns>False within ten seconds of the last decision, or of the first sample.</returns>
        protected bool Conclude(PostureKind posture, long since, long now) =>
            now - lastDecision >= MinimumMs && now - First >= MinimumMs && Decide(posture, since < Since ? Since : since, now);

        bool Decide(PostureKind posture, long since, long now)
        {
            // Before the first decision nothing else was known: it holds from the first sample.
            Since = HasDecided ? since : First;
            HasDecided = true;
            Current = opinion = posture;
            opinionHeldMs = 0;
            lastDecision = now;
            return true;
        }
    }
}
