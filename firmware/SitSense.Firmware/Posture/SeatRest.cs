namespace SitSense.Firmware.Posture
{
    /// <summary>What one pad shows while nobody sits. It drifts with temperature, and is higher for minutes after somebody got up: foam and sensor creep back.</summary>
    internal sealed class SeatRest
    {
        /// <summary>Counts that an empty pad is taken to show at most before the seat was seen empty: eight of them are the 300 that an office chair shows.</summary>
        public const float Largest = 37.5f;

        const float RiseSeconds = 120f; // a load that is too small for a sitter becomes rest slowly
        const float FallSeconds = 2f;   // nothing pulls at a pad

        /// <summary>Counts of the empty pad.</summary>
        public float Counts;

        /// <summary>Takes the first reading for empty, as far as it can be.</summary>
        public void Guess(float counts) => Counts = counts < Largest ? counts : Largest;

        /// <summary>Follows a reading.</summary>
        /// <param name="counts">The pad's mean over <paramref name="seconds"/>.</param>
        /// <param name="empty">Whether nobody sits: only then does it rise.</param>
        /// <param name="seconds">Time since the last one.</param>
        /// <returns>Counts over empty, at least 0.</returns>
        public float Follow(float counts, bool empty, float seconds)
        {
            var over = counts - Counts;
            if (over < 0)
                Counts += over * seconds / (FallSeconds + seconds);
            else if (empty)
                Counts += over * seconds / (RiseSeconds + seconds);
            return over > 0 ? over : 0;
        }
    }
}
