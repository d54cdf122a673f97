namespace SitSense.Firmware.Posture
{
    /// <summary>Whether what bears on the seat is a thing: a load that stirs no more than its pads' noise for three minutes, since when it was put down.</summary>
    internal sealed class SeatThing
    {
        const float StepShare = 0.3f;      // of the load within a second: put down, taken away, sat on
        const int SettleMs = 60000;        // from putting down until nothing moves: foam gives way
        const int StepFrames = 2;          // 1 s
        const int SitFrames = 5;           // 2.5 s: what was added stays
        const float LevelSeconds = 60f;
        const float LightShare = 0.25f;    // of a known sitter: rather a cat
        const float GoneShare = 0.2f;      // of the load before: the sitter may have gone, and a thing come
        const int AliveBlocks = 2;         // half minutes that make a thing a sitter: nobody is wronged for long
        const int AliveLightBlocks = 6;    // a cat moves now and then
        const int LivingMs = 420000;       // not dead in so long is a sitter, who does not turn into a thing
        const int LivingJolts = 2;         // half minutes with a jolt: so is what moves by itself, if not whoever bumps it twice
        const int DeadLivingBlocks = 40;   // until the seat was as good as empty, or has been dead for 20 min

        readonly SeatTrace trace;
        readonly SeatStir stir;
        float level;
        long steppedAt, cameAt;

        /// <summary>Watches a trace and its stirring.</summary>
        public SeatThing(SeatTrace trace, SeatStir stir)
        {
            this.trace = trace;
            this.stir = stir;
        }

        /// <summary>Whether it is a thing.</summary>
        public bool Is { get; private set; }

        /// <summary>Since when it lies there, ms; of a thing that turned out to be a sitter since when it had been taken for one.</summary>
        public long Since { get; private set; }

        /// <summary>Whether somebody has sat down on the thing; it has been forgotten then.</summary>
        public bool WasSatOn { get; private set; }

        /// <summary>Another load, or none.</summary>
        public void Begin(long ms)
        {
            Is = false;
            steppedAt = cameAt = ms;
            stir.Begin();
        }

        /// <summary>Takes a frame of an occupied seat, which is already in the trace and in the stirring.</summary>
        /// <param name="ms">Now.</param>
        /// <param name="load">The load over empty, counts of eight pads.</param>
        /// <param name="sitter">What a known sitter weighs, 0 when none is known.</param>
        /// <param name="seconds">Time since the last one.</param>
        /// <returns>True when it became a thing, or is none any more.</returns>
        public bool Add(long ms, float load, float sitter, float seconds)
        {
            WasSatOn = false;
            var before = trace.Ago(StepFrames);
            var most = load > before ? load : before;
            if (load - before > most * StepShare || before - load > most * StepShare)
                steppedAt = ms;
            var light = load < sitter * LightShare;
            if (load < before * GoneShare)
            {
                cameAt = ms;
                stir.Begin();
            }
            return Is ? IsAlive(ms, load, light, seconds) : IsDead(ms, load, light);
        }

        bool IsDead(long ms, float load, bool light)
        {
            var lives = !light && (ms - cameAt > LivingMs || stir.JoltedBlocks >= LivingJolts) && stir.DeadBlocks < DeadLivingBlocks;
            if (lives || !(light && stir.IsFast) && stir.DeadBlocks == 0)
                return false;
            Is = true;
            level = load;
            var still = ms - SeatStir.WindowMs - stir.DeadBlocks * SeatStir.BlockMs;
            Since = still - steppedAt < SettleMs ? steppedAt : still;
            return true;
        }

        bool IsAlive(long ms, float load, bool light, float seconds)
        {
            var line = level + (level * StepShare > SeatOccupancy.SitLoad * 0.5f ? level * StepShare : SeatOccupancy.SitLoad * 0.5f);
            if (load > line)
                WasSatOn = trace.Ago(SitFrames) > line;
            else
                level += (load - level) * seconds / (LevelSeconds + seconds);
            if (!WasSatOn && (light && stir.IsFast || stir.AliveBlocks < (light ? AliveLightBlocks : AliveBlocks)))
                return false;
            if (WasSatOn)
            {
                Begin(ms);
                Since = trace.Step(ms - SettleMs, true);
            }
            Is = false;
            return true;
        }
    }
}
