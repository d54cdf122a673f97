using System;

namespace SitSense.Firmware.Posture
{
    /// <summary>What upright and sitting look like with this wearer and this mounting: where up is while upright, which way is forward, how far back sitting leans.</summary>
    internal sealed class BeltReference
    {
        /// <summary>How many values <see cref="Save"/> gives.</summary>
        public const int SavedValues = 8;

        const float UprightMemory = 10f;    // s over which upright is averaged
        const float SeatedMemory = 30f;     // s over which the tilt of sitting is,
        const float SeatedPrior = 10f;      // of which the usual one counts for so many
        const float LeastBack = 6f;         // degrees between sitting and standing: the 5th percentile of people
        const float MostBack = 70f;         // degrees: more is lying
        const float SideKnown = 0.5f;       // certainty of facing from which the sign of a tilt counts
        const float Around = 120f;          // degrees: range of a tilt that is like nothing known

        readonly BeltTraits people;
        readonly Facing facing = new Facing();
        float x, y, z, seconds;             // upright, and how long it was seen
        bool restored;
        float seatedBack, seatedSeconds;

        /// <summary>With these people's traits, until this one is known.</summary>
        public BeltReference(BeltTraits people)
        {
            this.people = people;
            Forget();
        }

        /// <summary>Whether upright is known.</summary>
        public bool IsKnown => seconds > 0;

        /// <summary>Whether upright is only remembered: the clip may sit otherwise by now.</summary>
        public bool IsRestored => restored && IsKnown;

        /// <summary>Which way is forward.</summary>
        public Facing Facing => facing;

        /// <summary>Nothing is known of this mounting any more; how this person sits is.</summary>
        public void Forget()
        {
            seconds = 0;
            facing.Forget();
            seatedBack = people.SeatedBack;
            seatedSeconds = SeatedPrior;
        }

        /// <summary>Upright looks different now.</summary>
        public void ForgetUpright() => seconds = 0;

        /// <summary>Somebody has been upright, with this up vector (unit), for so long.</summary>
        public void LearnUpright(float ux, float uy, float uz, float during)
        {
            restored = false;
            seconds += during;
            var share = during / (seconds < UprightMemory ? seconds : UprightMemory);
            x += (ux - x) * share;
            y += (uy - y) * share;
            z += (uz - z) * share;
            var scale = MotionDetector.Length(x, y, z);
            x /= scale;
            y /= scale;
            z /= scale;
        }

        /// <summary>Somebody has been standing still to be measured: this is upright.</summary>
        public void Teach(float ux, float uy, float uz)
        {
            seconds = 0;
            LearnUpright(ux, uy, uz, UprightMemory);
        }

        /// <summary>Somebody has been sitting, leaning back so far, for so long.</summary>
        public void LearnSeated(float back, float during)
        {
            seatedSeconds += during;
            seatedBack += (back - seatedBack) * during / (seatedSeconds < SeatedMemory ? seatedSeconds : SeatedMemory);
            if (seatedBack < LeastBack)
                seatedBack = LeastBack;
        }

        /// <summary>Angle from upright, degrees; 0 while that is not known.</summary>
        public float Tilt(float ux, float uy, float uz) => IsKnown ? MotionDetector.Angle(x, y, z, ux, uy, uz) : 0;

        /// <summary>How far back somebody leans from upright, degrees; where forward is not known, how far in any direction.</summary>
        public float Back(float ux, float uy, float uz) => facing.Certainty > SideKnown ? facing.Back(x, y, z, ux, uy, uz) : Tilt(ux, uy, uz);

        /// <summary>What leaning back so far says for sitting, as a logarithm of odds.</summary>
        public float Evidence(float back)
        {
            var sits = Likely(back - seatedBack, people.SeatedSway);
            var stands = Likely(back, people.StandSway);
            var evidence = (float)Math.Log(sits / stands);
            return evidence > people.LoudestTilt ? people.LoudestTilt : evidence < -people.LoudestTilt ? -people.LoudestTilt : evidence;
        }

        float Likely(float off, float spread) =>
            (1 - people.SwayTail) * 0.39894228f / spread * (float)Math.Exp(-0.5f * off * off / (spread * spread)) + people.SwayTail / Around;

        /// <summary>Gives what was learned; false when that is nothing.</summary>
        public bool Save(float[] values)
        {
            values[0] = x;
            values[1] = y;
            values[2] = z;
            values[3] = seconds < UprightMemory ? seconds : UprightMemory;
            values[4] = seatedBack;
            facing.Save(values, 5);
            return IsKnown;
        }

        /// <summary>Takes back what was saved; false when it cannot be right.</summary>
        public bool Restore(float[] values)
        {
            var length = MotionDetector.Length(values[0], values[1], values[2]);
            if (!(length > 0.9f && length < 1.1f && values[3] > 0 && values[4] >= LeastBack && values[4] < MostBack && facing.Restore(values, 5)))
                return false;
            x = values[0] / length;
            y = values[1] / length;
            z = values[2] / length;
            seconds = values[3];
            seatedBack = values[4];
            seatedSeconds = SeatedMemory;
            restored = true;
            return true;
        }
    }
}
