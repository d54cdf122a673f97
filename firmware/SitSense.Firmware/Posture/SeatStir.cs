using System;

namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// Tells a living load from a dead one by the colour of its movement. What a dead load shows is the converter's noise, the same at every
    /// lag; breath (0.1 to 0.4 Hz), sway and fidgets differ from lag to lag. So neither the noise need be known nor the pads' gain.
    /// </summary>
    /// <remarks>
    /// Of each loaded pad the second difference x(t) - 2 x(t-d) + x(t-2d), which passes over creep, is squared and averaged for the lags d of
    /// 1, 1.5, 2 and 8 s. White noise of variance s2 gives 6 s2 at each. A breath of amplitude A gives 2 A2 at d = 1 s and 8 A2 at d = 2 s at 0.25 Hz, and no
    /// frequency from 0.1 to 0.45 Hz gives the same at the three short ones; a single step of h adds 2 h2 d to the sum over time, which shows at 8 s.
    /// The lags are whole frames, two at least, so that frames that share a held value do not matter.
    /// </remarks>
    internal sealed class SeatStir
    {
        const int Lags = 4;
        const int History = 33;              // frames: twice the longest lag, and now
        const int BlockFrames = 60;          // half a minute
        const int Blocks = 6;
        const float DeadSpread = 0.1f;       // of the least: what is allowed to noise that is not quite white, and
        const float DeadChance = 6f;         // over the root of the values averaged: white noise stays below in 99 of 100
        const float AliveSpread = 0.4f;      // of the least, and
        const float AliveChance = 10f;       // over that root: white noise stays below in all of a year's half minutes
        const float SmallestNoise = 0.5f;    // counts2: the rounding to whole counts, six times a twelfth
        const float LoadedShare = 0.03f;     // of the load, that a pad must bear to have a say
        const float Saturated = 4080f;       // counts: a pad at its end cannot show anything

        const float LargestNoise = 60f;      // counts, of a second difference: more is a jolt, which no dead load gives itself
        const int AliveJolts = 10;           // frames of half a minute: more than a bump against the chair

        const float Fraction = 8f;           // of a count, kept of a frame's mean

        static readonly int[] lagFrames = { 2, 3, 4, 16 };

        readonly int pads;
        readonly short[] past;             // in eighths of a count
        readonly float[] sums = new float[Blocks * Lags];
        readonly float[] block = new float[Lags];
        readonly bool[] calm = new bool[Blocks];
        readonly int[] values = new int[Blocks];
        int next, filled, frames, measured, blocks, oldest, jolts, loaded, told;

        /// <summary>Stirring on a seat with so many pads.</summary>
        public SeatStir(int pads)
        {
            this.pads = pads;
            past = new short[History * pads];
        }

        /// <summary>Mean square of the last frame's second differences at 1 s, counts2; negative when no pad could tell.</summary>
        public float Now { get; private set; }

        /// <summary>Half minutes in a row at whose end the last three minutes had shown nothing but noise.</summary>
        public int DeadBlocks { get; private set; }

        /// <summary>Half minutes with a jolt, since the load was new.</summary>
        public int JoltedBlocks { get; private set; }

        /// <summary>Whether the last three minutes showed at most what is faster than a sitter's breath: a cat's, say.</summary>
        public bool IsFast { get; private set; }

        /// <summary>Half minutes in a row that were alive without doubt.</summary>
        public int AliveBlocks { get; private set; }

        /// <summary>How long a verdict looks back, ms.</summary>
        public const int WindowMs = Blocks * BlockMs;

        /// <summary>Half a minute, ms.</summary>
        public const int BlockMs = BlockFrames * SeatFrame.Ms;

        /// <summary>Forgets what was before: another load.</summary>
        public void Begin()
        {
            filled = frames = measured = told = jolts = blocks = AliveBlocks = 0;
            DeadBlocks = JoltedBlocks = 0;
            IsFast = false;
            for (var i = 0; i < Lags; i++)
                block[i] = 0;
        }

        /// <summary>Takes a frame.</summary>
        /// <param name="counts">Mean counts of each pad.</param>
        /// <param name="over">The same over empty.</param>
        /// <param name="load">The sum of <paramref name="over"/>.</param>
        public void Add(float[] counts, float[] over, float load)
        {
            for (var i = 0; i < pads; i++)
                past[next * pads + i] = (short)(counts[i] * Fraction + 0.5f);
            if (filled < History)
                filled++;
            Now = Difference(lagFrames[0], over, load);
            if (filled == History && Now >= LargestNoise * LargestNoise)
                jolts++;
            else if (filled == History && Now >= 0)
            {
                measured++;
                told += loaded;
                block[0] += Now;
                for (var lag = 1; lag < Lags; lag++)
                    block[lag] += Difference(lagFrames[lag], over, load);
            }
            next = (next + 1) % History;
            if (filled == History && ++frames >= BlockFrames)
                CloseBlock();
        }

        float Difference(int lag, float[] over, float load)
        {
            if (filled <= 2 * lag)
                return -1;
            int near = (next - lag + History) % History * pads, far = (next - 2 * lag + History) % History * pads, now = next * pads;
            var sum = 0f;
            loaded = 0;
            for (var i = 0; i < pads; i++)
            {
                float a = past[now + i] / Fraction, b = past[near + i] / Fraction, c = past[far + i] / Fraction;
                if (over[i] < load * LoadedShare || a >= Saturated || b >= Saturated || c >= Saturated)
                    continue;
                var d = a - 2 * b + c;
                sum += d * d;
                loaded++;
            }
            return loaded > 0 ? sum / loaded : -1;
        }

        void CloseBlock()
        {
            var blind = measured * 2 < BlockFrames;
            var alive = jolts >= AliveJolts || !blind && Spread(block, measured) >= AliveSpread + AliveChance / (float)Math.Sqrt(told);
            for (var i = 0; i < Lags; i++)
            {
                sums[oldest * Lags + i] = blind ? 0 : block[i] / measured;
                block[i] = 0;
            }
            JoltedBlocks += jolts > 0 ? 1 : 0;
            calm[oldest] = !blind && jolts == 0;
            values[oldest] = told;
            oldest = (oldest + 1) % Blocks;
            frames = measured = told = jolts = 0;
            if (blocks < Blocks)
                blocks++;
            AliveBlocks = alive ? AliveBlocks + 1 : 0;
            Judge();
        }

        void Judge()
        {
            var quiet = blocks == Blocks;
            var n = 0;
            for (var b = 0; b < Blocks; b++)
            {
                quiet &= calm[b];
                n += values[b];
                for (var i = 0; i < Lags; i++)
                    block[i] += sums[b * Lags + i];
            }
            var limit = DeadSpread + DeadChance / (float)Math.Sqrt(n > 0 ? n : 1);
            DeadBlocks = quiet && Spread(block, Blocks) < limit ? DeadBlocks + 1 : 0;
            IsFast = quiet && !IsSlow(limit);
            for (var i = 0; i < Lags; i++)
                block[i] = 0;
        }

        // Breath up to 0.3 Hz and sway show more at the longer lags.
        bool IsSlow(float limit)
        {
            for (var i = 1; i < Lags; i++)
                if (block[i] > block[0] * (1 + limit))
                    return true;
            return false;
        }

        // How far the lags lie apart, as a share of the least.
        static float Spread(float[] of, int n)
        {
            float least = of[0], most = of[0];
            for (var i = 1; i < Lags; i++)
            {
                var value = of[i];
                least = value < least ? value : least;
                most = value > most ? value : most;
            }
            var noise = least / n > SmallestNoise ? least / n : SmallestNoise;
            return (most - least) / n / noise;
        }
    }
}
