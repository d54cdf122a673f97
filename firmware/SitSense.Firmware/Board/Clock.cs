using System;
using System.Threading;

namespace SitSense.Firmware.Board
{
    /// <summary>The board's time and its threads. Everything that waits, waits here.</summary>
    public sealed class Clock
    {
        /// <summary>Years below are those of a board that nobody has told the time: it starts in 1970.</summary>
        const int FirstRealYear = 2024;

        readonly AutoResetEvent wake = new AutoResetEvent(false);
        long missed;

        /// <summary>Monotonic time since power-on, ms.</summary>
        public long Now => Environment.TickCount64 + missed;

        /// <summary>Whether the wall time is known.</summary>
        public bool IsSet => DateTime.UtcNow.Year >= FirstRealYear;

        /// <summary>The wall time; meaningful only when <see cref="IsSet"/>.</summary>
        public DateTime UtcNow => DateTime.UtcNow;

        /// <summary>Time passed in which the board's ticks stood still, as they do in light sleep.</summary>
        /// <param name="ms">How much, ms.</param>
        public void CatchUp(long ms) => missed += ms;

        /// <summary>Lets the calling thread sleep.</summary>
        /// <param name="ms">How long, ms.</param>
        public void Sleep(int ms) => Thread.Sleep(ms);

        /// <summary>Starts a thread that lives as long as the power does.</summary>
        /// <param name="work">What it does.</param>
        public void Start(ThreadStart work) => new Thread(work).Start();

        /// <summary>Lets the one thread that idles here sleep, until <see cref="Wake"/> at the latest.</summary>
        /// <param name="ms">How long at most, ms.</param>
        public void Idle(int ms) => wake.WaitOne(ms, false);

        /// <summary>Ends the idling early; remembered when nobody idles.</summary>
        public void Wake() => wake.Set();
    }
}
