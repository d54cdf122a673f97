using System.IO;
using SitSense.Firmware.Board;

namespace SitSense.Upkeep.Update
{
    /// <summary>
    /// Whether the program that runs is healthy: its sensor was read and its broker was there for two minutes without a gap. What cannot reach the broker
    /// could never be replaced from afar again.
    /// </summary>
    public sealed class Trial
    {
        /// <summary>How long it must have been well, ms.</summary>
        public const int WellMs = 2 * 60 * 1000;

        readonly Programs programs;
        readonly Faults faults;
        readonly uint running;
        readonly bool isOn;
        long wellSince = -1;
        bool isOver;

        /// <summary>The trial of the program that runs.</summary>
        /// <param name="programs">What is known of it.</param>
        /// <param name="running">Its counter; 0 = it is the deployed one, which needs none.</param>
        /// <param name="faults">Where faults are told.</param>
        public Trial(Programs programs, int running, Faults faults)
        {
            this.programs = programs;
            this.faults = faults;
            this.running = (uint)running;
            isOn = running != 0 && programs.Trial == (uint)running;
            isOver = !isOn && (running == 0 || programs.Starts == 0);
        }

        /// <summary>Looks how it goes.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <param name="isWell">Whether sensor and broker are there.</param>
        /// <returns>True once: it is healthy, and was on trial until now.</returns>
        public bool Tick(long now, bool isWell)
        {
            if (isOver)
                return false;
            if (!isWell)
                wellSince = -1;
            else if (wellSince < 0)
                wellSince = now;
            if (wellSince < 0 || now - wellSince < WellMs)
                return false;
            try
            {
                programs.Confirm(running);
                isOver = true;
                faults.Report("update", null);
                return isOn;
            }
            catch (IOException e)
            {
                faults.Report("update", e.Message);
                programs.Load();
                wellSince = now;
                return false;
            }
        }
    }
}
