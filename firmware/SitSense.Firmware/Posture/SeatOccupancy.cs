namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// Whether something bears on the seat, with hysteresis, and since when: a change is dated where the load steps from its level before to
    /// its level after, not where it passes a line.
    /// </summary>
    /// <remarks>Loads are counts over empty of eight pads; fewer pads are scaled up to eight.</remarks>
    internal sealed class SeatOccupancy
    {
        /// <summary>Least load of a sitter: the 1200 of a sum of eight whose empty pads show 300 together.</summary>
        public const float SitLoad = 900f;

        /// <summary>Least load of a sitter on pads that are known to show little.</summary>
        public const float LeastSitLoad = 300f;

        const float SitterShare = 0.3f;       // of this seat's usual sitter, where that is less: weak pads, thick foam
        const float RiseShare = 0.55f;        // of the load from which somebody sits, below it nobody does: 800 of a sum of eight likewise
        const float EmptyShare = 0.1f;        // of the usual load, below it nobody sits
        const float CreepShare = 0.2f;        // below it nobody sits unless it stirs: foam and sensors creep back, an edge sitter moves
        const float UsualRiseSeconds = 10f;   // the usual load is near the upper end of
        const float UsualFallSeconds = 300f;  // the last minutes, so that who leans on the desk is no change of sitter
        const int SettleMs = 2500;            // until the level after a step is known
        const int BeforeMs = 8000;            // over which the level before it is
        const int PassMs = 2000;              // until a step has left the second differences at 1 s
        const int StirFrames = 12;            // 6 s: a breath and a half
        const float NoiseFactor = 4f;         // twice the amplitude of the empty seat's noise is stirring
        const float SmallestNoise = 24f;      // counts2, second differences: a converter that wavers by 2
        const float NoiseSeconds = 60f;

        readonly SeatTrace trace;
        float noise = SmallestNoise, line = SitLoad, residual, stirSum;
        int stirFrames;
        long againstSince, highAt;
        bool against, stirs, started;

        /// <summary>Watches a trace.</summary>
        public SeatOccupancy(SeatTrace trace) => this.trace = trace;

        /// <summary>Whether something bears on the seat.</summary>
        public bool IsOccupied { get; private set; }

        /// <summary>Since when, ms.</summary>
        public long Since { get; private set; }

        /// <summary>Whether the load speaks against it just now, and may only be a moment.</summary>
        public bool IsDoubted => against;

        /// <summary>This sitter's usual load.</summary>
        public float Usual { get; private set; }

        /// <summary>Takes what an empty pad shows now for its rest: nothing of the last load is left over.</summary>
        public void Rested() => residual = 0;

        /// <summary>The sitter's usual load was measured.</summary>
        public void Calibrated(float load) => Usual = load;

        /// <summary>Another load lies on what bore already.</summary>
        public void Begin(long since)
        {
            Since = since;
            Usual = trace.Ago(0);
        }

        /// <summary>Takes a frame, which is already in the trace.</summary>
        /// <param name="ms">Now.</param>
        /// <param name="load">The load.</param>
        /// <param name="sitter">What this seat's sitters usually weigh; 0 when none is known.</param>
        /// <param name="stir">Mean square second difference of the loaded pads, counts2; negative when they cannot tell.</param>
        /// <param name="seconds">Time since the last one.</param>
        /// <returns>True when it changed.</returns>
        public bool Add(long ms, float load, float sitter, float stir, float seconds)
        {
            line = sitter > 0 && sitter * SitterShare < SitLoad ? sitter * SitterShare : SitLoad;
            line = line > LeastSitLoad ? line : LeastSitLoad;
            if (!started)
            {
                started = true;
                IsOccupied = load > line;
                Usual = load;
                Since = ms;
                return true;
            }
            var now = IsOccupied ? IsLeft(ms, load, stir) : IsTaken(load, stir, seconds);
            if (now && !against)
                againstSince = ms;
            against = now;
            if (!against || ms - againstSince < SettleMs)
                return false;
            Change(load);
            return true;
        }

        bool IsTaken(float load, float stir, float seconds)
        {
            residual = residual < load ? residual : load;
            if (stir >= 0 && load < line)
                noise += ((stir > SmallestNoise ? stir : SmallestNoise) - noise) * seconds / (NoiseSeconds + seconds);
            return load > residual + line;
        }

        bool IsLeft(long ms, float load, float stir)
        {
            var share = SeatFrame.Ms * 0.001f / (load > Usual ? UsualRiseSeconds : UsualFallSeconds);
            var empty = Usual * EmptyShare > line * RiseShare ? Usual * EmptyShare : line * RiseShare;
            var creep = Usual * CreepShare > empty ? Usual * CreepShare : empty;
            if (load >= creep)
            {
                Usual += (load - Usual) * share;
                highAt = ms;
                stirs = true;
                stirFrames = 0;
                stirSum = 0;
                return false;
            }
            if (ms - highAt >= PassMs)
            {
                stirSum += stir > 0 ? stir : 0;
                if (++stirFrames >= StirFrames)
                {
                    stirs = stirSum > NoiseFactor * noise * stirFrames;
                    stirFrames = 0;
                    stirSum = 0;
                }
            }
            return load < empty || !stirs;
        }

        void Change(float load)
        {
            IsOccupied = !IsOccupied;
            against = false;
            var began = IsOccupied || againstSince < highAt ? againstSince : highAt;
            var from = began - BeforeMs > Since ? began - BeforeMs : Since;
            Since = trace.Step(from, IsOccupied);
            residual = IsOccupied ? 0 : load;
            if (IsOccupied)
                Usual = load;
        }
    }
}
