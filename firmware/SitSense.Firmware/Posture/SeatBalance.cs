namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// How the load lies between left and right, over half a minute. Pads 1, 3, 5, 7 are left and 2, 4, 6, 8 right, as seen by who sits; the last
    /// of an odd number lies in the middle.
    /// </summary>
    internal sealed class SeatBalance
    {
        const float Seconds = 30f;
        const float Unknown = 0f / 0f; // the board knows no float.NaN by name

        float left, right, passed;

        /// <summary>Right minus left as a share of both, -1 (all left) to 1 (all right); NaN while nobody sits, or with a single pad.</summary>
        public float Value => left + right > 0 ? (right - left) / (right + left) : Unknown;

        /// <summary>Nobody sits, or another one.</summary>
        public void Clear() => left = right = passed = 0;

        /// <summary>Takes a frame of a sitting.</summary>
        /// <param name="over">Counts over empty of each pad, at least 0.</param>
        /// <param name="seconds">Time since the last frame.</param>
        public void Add(float[] over, float seconds)
        {
            float l = 0, r = 0;
            for (var i = 0; i + 1 < over.Length; i += 2)
            {
                l += over[i];
                r += over[i + 1];
            }
            // The mean of all that was seen until half a minute has passed.
            passed = passed + seconds < Seconds ? passed + seconds : Seconds;
            left += (l - left) * seconds / passed;
            right += (r - right) * seconds / passed;
        }
    }
}
