using System;

namespace SitSense.Firmware.Link
{
    /// <summary>How long to wait before the next attempt: twice as long each time up to a bound, give or take a quarter so that devices spread.</summary>
    public sealed class Backoff
    {
        const int FirstMs = 1000;
        const int MostMs = 60000;

        readonly Random chance;
        int next = FirstMs;

        /// <summary>A fresh one.</summary>
        public Backoff(int seed) => chance = new Random(seed);

        /// <summary>An attempt failed; how long to wait, ms.</summary>
        public int Next()
        {
            var wait = next * 3 / 4 + chance.Next(next / 2);
            next = next >= MostMs / 2 ? MostMs : next * 2;
            return wait;
        }

        /// <summary>An attempt succeeded.</summary>
        public void Reset() => next = FirstMs;
    }
}
