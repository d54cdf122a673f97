using System;

namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// How likely sitting is, as a hidden Markov model of two states (sitting, upright) that is told about each move from rest to rest: how
    /// far it rose, how far it turned, and where it leaned. Stays and transitions have different spreads of each; the model weighs them.
    /// </summary>
    internal sealed class PostureBelief
    {
        const float SeatDrop = 0.30f;     // m: how far the waist goes down or up between chair and standing; HAPT's medians are 0.25 and 0.32
        const float SeatSpread = 0.09f;   // m: over chairs and people
        const float StaySway = 8f;         // degrees
        const float ChangeLean = 42f;      // degrees: the trunk leans that far in a transition, in the median
        const float ChangeLeanSpread = 18f;
        const float ShortestChange = 0.7f; // s: no one sits down or stands up in less
        const float Unheard = 0.02f;      // share of moves of which the measured rise says nothing

        /// <summary>Probability of sitting when a clip-on has just been put on: mostly done standing.</summary>
        public const float WhenPutOn = 0.35f;

        /// <summary>Probability of sitting now.</summary>
        public float Sitting = WhenPutOn;

        /// <summary>Probability of having sat before the last move, knowing it.</summary>
        public float Before = 0.5f;

        /// <summary>Probability that the last move was a sit-down, and that it was a rise.</summary>
        public float SatDown, Rose;

        /// <summary>Begins anew with so much belief in sitting.</summary>
        public void Set(float sitting) => Sitting = sitting;

        /// <summary>Forgets a share of what is believed.</summary>
        public void Fade(float share) => Sitting += (0.5f - Sitting) * share;

        /// <summary>Takes a move.</summary>
        /// <param name="seconds">How long it took.</param>
        /// <param name="followed">Whether rise and lean are known.</param>
        /// <param name="rise">m.</param>
        /// <param name="error">The rise's standard error, m.</param>
        /// <param name="lean">How far the body leaned on the way, degrees.</param>
        /// <param name="side">Which way: see <see cref="VerticalTravel.Side"/>.</param>
        public void Move(float seconds, bool followed, float rise, float error, float lean, float side)
        {
            float stay = 1, down = 1, up = 1;
            if (followed)
            {
                var spread = (float)Math.Sqrt(error * error + SeatSpread * SeatSpread);
                stay = Bell(rise, error);
                down = Bell(rise + SeatDrop, spread);
                up = Bell(rise - SeatDrop, spread);
                side *= 5;
                side = side > 1 ? 1 : side < -1 ? -1 : side;
                down *= 1 - 0.8f * side;
                up *= 1 + 0.8f * side;
            }
            // Nobody sits down or stands up without leaning; who stays sways, shifts, or bends down and comes back.
            stay *= 0.85f * Half(lean, StaySway) + 0.15f / 90;
            var turn = 0.9f * Normal(lean - ChangeLean, ChangeLeanSpread) + 0.1f / 90;
            down *= turn;
            up *= turn;

            var change = seconds < ShortestChange ? 0.01f : seconds > 2 ? 0.25f : 0.01f + 0.24f * (seconds - ShortestChange) / (2 - ShortestChange);
            var sat = Sitting;
            var stayed = sat * (1 - change) * stay;
            var stood = (1 - sat) * (1 - change) * stay;
            SatDown = (1 - sat) * change * down;
            Rose = sat * change * up;
            var all = stayed + stood + SatDown + Rose;
            if (!(all > 0))
                return;
            SatDown /= all;
            Rose /= all;
            Sitting = Clip(stayed / all + SatDown);
            Before = stayed / all + Rose;
        }

        /// <summary>Belief in sitting when the evidence multiplies the odds by so much.</summary>
        public float With(float odds) => Sitting * odds / (Sitting * odds + 1 - Sitting);

        static float Clip(float p) => p < 0.005f ? 0.005f : p > 0.995f ? 0.995f : p;

        static float Bell(float x, float spread) => (1 - Unheard) * Normal(x, spread) + Unheard / 2;

        static float Half(float x, float spread) => 2 * Normal(x, spread);

        static float Normal(float x, float spread) => 0.39894228f / spread * (float)Math.Exp(-0.5f * x * x / (spread * spread));
    }
}
