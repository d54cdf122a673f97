namespace SitSense.Firmware.Sensing
{
    /// <summary>
    /// Tells a double tap on a clip-on from all else by its silence: two short knocks, a third of a second or so apart, out of a body at rest that
    /// is at rest in the same attitude after them. The filter at 10 Hz leaves 0.1 to 0.4 g of a tap, in one or two samples. Allocates nothing.
    /// </summary>
    public sealed class TapDetector
    {
        /// <summary>How long nothing may move before the first and after the second knock, ms; a tap is told so much later.</summary>
        const int SilenceMs = 600;

        /// <summary>What a body at rest stays under, g from its mean force.</summary>
        const float Rest = 0.05f;

        /// <summary>What a knock reaches, g,</summary>
        const float Knock = 0.12f;

        /// <summary>and does not pass, g: that is a blow, or a step.</summary>
        const float Blow = 1.5f;

        /// <summary>A knock and its echo in flesh and strap are over after, ms.</summary>
        const int KnockMs = 160;

        /// <summary>The latest second knock after the first, ms; two with hardly a pause between them are one blow with its echo.</summary>
        const int LatestMs = 520;

        /// <summary>One knock may be so many times as strong as the other.</summary>
        const float Unlike = 3f;

        /// <summary>Without a sample for so long it begins anew, ms.</summary>
        const int BreakMs = 200;

        // Shares of a sample in the mean force: at rest, and while finding another attitude.
        const float Slow = 0.1f, Fast = 0.25f;

        enum Part
        {
            Waiting,
            First,
            Between,
            Second,
            After
        }

        Part part;
        float x, y, z;               // mean force at rest
        float peak, firstPeak;
        long last, restSince, knockAt, firstAt;

        /// <summary>When the first knock of the last double tap began, monotonic ms; 0 = there was none.</summary>
        public long ToldAt { get; private set; }

        /// <summary>Takes one sample, at 20 to 100 Hz.</summary>
        /// <param name="ms">Its time, monotonic ms.</param>
        /// <param name="ax">Specific force, g.</param>
        /// <param name="ay">Specific force, g.</param>
        /// <param name="az">Specific force, g.</param>
        /// <returns>True when a double tap has just been told.</returns>
        public bool Add(long ms, float ax, float ay, float az)
        {
            if (ms - last > BreakMs || last == 0)
            {
                x = ax;
                y = ay;
                z = az;
                Begin(ms);
            }
            last = ms;
            float dx = ax - x, dy = ay - y, dz = az - z;
            var off = (float)System.Math.Sqrt(dx * dx + dy * dy + dz * dz);
            var rests = off < Rest;
            var told = rests ? Rests(ms) : Moves(ms, off);
            // In a knock the attitude is taken to stay: where it does not, no silence follows.
            var share = rests ? Slow : part == Part.Waiting ? Fast : 0f;
            x += dx * share;
            y += dy * share;
            z += dz * share;
            return told;
        }

        bool Rests(long ms)
        {
            switch (part)
            {
                case Part.First:
                case Part.Second:
                    if (peak < Knock)
                        Begin(ms);
                    else
                    {
                        restSince = ms;
                        part = part == Part.First ? Part.Between : Part.After;
                    }
                    break;
                case Part.Between:
                    // A single tap: the rest since then is silence before another.
                    if (ms - knockAt > LatestMs)
                        part = Part.Waiting;
                    break;
                case Part.After:
                    if (ms - restSince < SilenceMs)
                        break;
                    Begin(ms);
                    if (peak > firstPeak * Unlike || firstPeak > peak * Unlike)
                        break;
                    ToldAt = firstAt;
                    return true;
            }
            return false;
        }

        bool Moves(long ms, float off)
        {
            switch (part)
            {
                case Part.Waiting:
                    if (ms - restSince < SilenceMs)
                    {
                        restSince = ms;
                        return false;
                    }
                    firstAt = ms;
                    KnockBegins(ms, Part.First);
                    break;
                case Part.Between:
                    if (ms - knockAt <= KnockMs)
                        part = Part.First;
                    else
                    {
                        firstPeak = peak;
                        KnockBegins(ms, Part.Second);
                    }
                    break;
                case Part.After:
                    if (ms - knockAt <= KnockMs)
                        part = Part.Second;
                    else
                        Begin(ms);
                    break;
            }
            if (off > peak)
                peak = off;
            if (ms - knockAt > KnockMs || peak > Blow)
                Begin(ms);
            return false;
        }

        void KnockBegins(long ms, Part which)
        {
            part = which;
            knockAt = ms;
            peak = 0;
        }

        void Begin(long ms)
        {
            part = Part.Waiting;
            restSince = ms;
        }
    }
}
