namespace SitSense.Firmware.Posture
{
    /// <summary>
    /// Finds walking by its rhythm: swings of the length of the specific force above and below its mean that follow each other evenly at a
    /// step's rate. Needs no orientation.
    /// </summary>
    internal sealed class StepCounter
    {
        const int ShortestStepMs = 280;     // 3.5 steps/s, a sprint
        const int LongestStepMs = 1000;     // 1 step/s, a stroll
        const float Evenness = 0.35f;       // share by which a step may differ from the one before
        const int StepsOfAWalk = 6;         // as many even steps in a row make a walk: 3 s or so; a transition has no more than three
        const float SmallestSwing = 0.03f;  // g: below any walk at the waist
        const float SwingShare = 0.5f;      // of the present spread

        float mean, smooth, spread;
        bool any, armed;
        long previous;
        int even;

        /// <summary>Whether the body walks.</summary>
        public bool IsWalking => even >= StepsOfAWalk;

        /// <summary>When the walk began, ms.</summary>
        public long WalkingSince;

        /// <summary>When the last step was seen, ms.</summary>
        public long LastStep;

        /// <summary>Takes the length of the specific force, g, <paramref name="dt"/> seconds after the last.</summary>
        public void Add(long ms, float dt, float force)
        {
            if (!any)
            {
                mean = smooth = force;
                any = true;
            }
            smooth += (force - smooth) * (dt / (0.04f + dt));
            mean += (smooth - mean) * (dt / (1f + dt));
            var swing = smooth - mean;
            spread += ((swing < 0 ? -swing : swing) - spread) * (dt / (1f + dt));
            var least = spread * SwingShare;
            if (least < SmallestSwing)
                least = SmallestSwing;

            if (swing < -least)
                armed = true;
            else if (armed && swing > least)
            {
                armed = false;
                Step(ms);
            }
            if (ms - LastStep > LongestStepMs)
                even = 0;
        }

        void Step(long ms)
        {
            var interval = ms - LastStep;
            LastStep = ms;
            if (interval < ShortestStepMs || interval > LongestStepMs)
            {
                even = 0;
                previous = 0;
                return;
            }
            var difference = interval > previous ? interval - previous : previous - interval;
            if (previous != 0 && difference <= Evenness * interval)
                even++;
            else
            {
                even = even >= StepsOfAWalk ? StepsOfAWalk - 2 : 1;
                WalkingSince = even == 1 ? ms - interval : WalkingSince;
            }
            previous = interval;
        }
    }
}
