using System;

namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// What a move from rest to rest says: how likely it is of somebody who stays seated, stays up, sits down, or stands up.
    /// </summary>
    internal sealed class MoveEvidence
    {
        const float ShortestChange = 0.7f;  // s: nobody sits down or stands up in less,
        const float LongChange = 2f;        // and most take so long
        const float LeastChanges = 0.01f;   // share of the shortest moves
        const float Loudest = 2f;           // m: range of a rise that says nothing
        const float Around = 90f;           // degrees: range of a lean or turn that is like nothing known

        readonly BeltTraits people;

        /// <summary>By these traits.</summary>
        public MoveEvidence(BeltTraits people) => this.people = people;

        /// <summary>Likelihoods, up to a common factor.</summary>
        public float StaysSeated, StaysUp, SitsDown, StandsUp;

        /// <summary>Weighs a move.</summary>
        /// <param name="seconds">How long it took.</param>
        /// <param name="turned">Angle between its two rests, degrees.</param>
        /// <param name="back">How much further back the body leans after it, degrees; negative = forward.</param>
        /// <param name="certainty">How sure it is which way is back, 0 to 1.</param>
        public void Weigh(float seconds, float turned, float back, float certainty)
        {
            var length = (seconds - ShortestChange) / (LongChange - ShortestChange);
            length = length < 0 ? 0 : length > 1 ? 1 : length;
            var changes = LeastChanges + (people.Changes - LeastChanges) * length;
            StaysUp = 1 - changes;
            StaysUp *= Tailed(2 * Bell(turned, people.StandTurn), people.StayTail, 2);
            StaysSeated = 1 - changes;
            StaysSeated *= Tailed(2 * ((1 - people.SitShifts) * Bell(turned, people.SitTurn) + people.SitShifts * Bell(turned, people.SitShift)), people.StayTail, 2);
            float down = Tailed(Bell(back - people.ChangeBack, people.ChangeBackSpread), people.ChangeTail, 1);
            float up = Tailed(Bell(back + people.ChangeBack, people.ChangeBackSpread), people.ChangeTail, 1);
            var either = 0.5f * (1 - certainty) * (down + up);
            SitsDown = changes * (certainty * down + either);
            StandsUp = changes * (certainty * up + either);
        }

        /// <summary>Weighs what the gyroscope followed of it.</summary>
        /// <param name="rise">m.</param>
        /// <param name="error">The rise's standard error, m.</param>
        /// <param name="lean">How far the body leaned on the way, degrees.</param>
        /// <param name="turned">Angle between its two rests, degrees.</param>
        public void Follow(float rise, float error, float lean, float turned)
        {
            error *= people.RiseError;
            var spread = (float)Math.Sqrt(error * error + people.SeatSpread * people.SeatSpread);
            var stays = Heard(rise, error);
            var more = lean > turned ? lean - turned : 0;
            StaysUp *= stays * Tailed(2 * Bell(more, people.StandLean), people.StayTail, 1);
            StaysSeated *= stays * Tailed(2 * Bell(more, people.SitLean), people.StayTail, 1);
            var leans = Tailed(Bell(lean - people.ChangeLean, people.ChangeLeanSpread), people.ChangeTail, 1);
            SitsDown *= Heard(rise + people.SeatDrop, spread) * leans;
            StandsUp *= Heard(rise - people.SeatDrop, spread) * leans;
        }

        float Heard(float rise, float spread) => (1 - people.Unheard) * Bell(rise, spread) + people.Unheard / Loudest;

        static float Tailed(float bell, float share, float weight) => (1 - share) * bell + share * weight / Around;

        static float Bell(float x, float spread) => 0.39894228f / spread * (float)Math.Exp(-0.5f * x * x / (spread * spread));
    }
}
