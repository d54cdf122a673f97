namespace SitSense.Firmware.Posture
{
    /// <summary>The load of the last half minute, and when it stepped from one level to another.</summary>
    internal sealed class SeatTrace
    {
        const int Frames = 64;
        const int FewestFrames = 2; // on either side of a step

        readonly float[] loads = new float[Frames];
        readonly long[] times = new long[Frames];
        int newest = -1, count;

        /// <summary>Forgets: nothing was seen for a while.</summary>
        public void Clear() => count = 0;

        /// <summary>Takes a frame's load, in counts of eight pads.</summary>
        public void Add(long at, float load)
        {
            newest = (newest + 1) % Frames;
            loads[newest] = load;
            times[newest] = at;
            if (count < Frames)
                count++;
        }

        /// <summary>The load some frames ago; the oldest known when there are not so many.</summary>
        public float Ago(int frames) => loads[Index(count - 1 - (frames < count ? frames : count - 1))];

        /// <summary>
        /// When the load stepped: the one split into two levels that leaves the least squares, and around it the crossing of the middle between them.
        /// </summary>
        /// <param name="from">Where to begin to look, ms.</param>
        /// <param name="up">Whether it stepped upwards.</param>
        /// <returns>The time, ms; that of the first frame when there is no level before it.</returns>
        public long Step(long from, bool up)
        {
            var first = 0;
            while (first < count && times[Index(first)] < from)
                first++;
            var n = count - first;
            var all = 0f;
            for (var i = first; i < count; i++)
                all += loads[Index(i)];
            var best = -1f;
            var at = first;
            float sum = 0, middle = 0;
            for (var i = 1; i <= n - FewestFrames; i++)
            {
                sum += loads[Index(first + i - 1)];
                float before = sum / i, after = (all - sum) / (n - i);
                if (i < FewestFrames || after > before != up)
                    continue;
                // What a split explains: the square of the step by how evenly it splits.
                var explained = (after - before) * (after - before) * i * (n - i);
                if (explained <= best)
                    continue;
                best = explained;
                at = first + i;
                middle = (before + after) * 0.5f;
            }
            return best < 0 ? times[Index(first < count ? first : count - 1)] : Crossing(at, middle, first, up);
        }

        // A frame's value stands for its middle, so that the step between two clean levels is where the second one's frame begins.
        long Crossing(int at, float middle, int first, bool up)
        {
            while (at - 1 > first && loads[Index(at - 1)] > middle == up)
                at--;
            while (at + 1 < count && loads[Index(at)] > middle != up)
                at++;
            float a = loads[Index(at - 1)], b = loads[Index(at)];
            var share = b == a ? 0.5f : (middle - a) / (b - a);
            share = share < 0 ? 0 : share > 1 ? 1 : share > 0.4f && share < 0.6f ? 0.5f : share;
            long t = times[Index(at - 1)], span = times[Index(at)] - t;
            return t + span / 2 + (long)(span * share);
        }

        int Index(int i) => (newest - count + 1 + i + Frames) % Frames;
    }
}
