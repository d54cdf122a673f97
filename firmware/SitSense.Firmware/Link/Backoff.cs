using System;

namespace SitSense.Firmware.Link
{
    /// <summary>
    /// How long to wait before the next attempt: twice as long each time up to a bound, give or take a quarter so that devices spread. What only a person
    /// can put right is tried more rarely: a broker or a router that locks out whoever errs too often is not to be provoked.
    /// </summary>
    public sealed class Backoff
    {
        const int FirstMs = 1000;
        const int MostMs = 60 * 1000;
        const int MostRefusedMs = 15 * 60 * 1000;

        /// <summary>A connection that held so long had succeeded, ms: one of two devices with one id throws the other out sooner.</summary>
        const int SteadyMs = 60 * 1000;

        readonly Random chance;
        int next = FirstMs;

        /// <summary>A fresh one.</summary>
        public Backoff(int seed) => chance = new Random(seed);

        /// <summary>An attempt failed; how long to wait, ms.</summary>
        /// <param name="refused">Whether it will fail until somebody changes user or password.</param>
        public int Next(bool refused)
        {
            var most = refused ? MostRefusedMs : MostMs;
            if (next > most)
                next = most;
            var wait = next * 3 / 4 + chance.Next(next / 2);
            next = next >= most / 2 ? most : next * 2;
            return wait;
        }

        /// <summary>Whether a connection succeeded that has held so long, ms; then the next one is tried soon.</summary>
        public bool Steady(long heldMs)
        {
            if (heldMs >= SteadyMs)
                next = FirstMs;
            return heldMs >= SteadyMs;
        }
    }
}
