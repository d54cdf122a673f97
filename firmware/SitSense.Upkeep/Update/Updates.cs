using System.IO;
using SitSense.Firmware;
using SitSense.Firmware.Board;
using SitSense.Firmware.Settings;

namespace SitSense.Upkeep.Update
{
    /// <summary>What the main loop has to do with programs from afar: how the present one does, when the next one begins, and the way back.</summary>
    public sealed class Updates
    {
        /// <summary>How long a program that is ready waits for the wearer to stop sitting, so that no sitting is cut in two, ms.</summary>
        const int PatienceMs = 60 * 60 * 1000;

        readonly Faults faults;
        readonly Programs programs;
        readonly Trial trial;
        long restartBy;

        /// <summary>The updates of a device.</summary>
        /// <param name="clock">The board's time.</param>
        /// <param name="flash">Where programs lie.</param>
        /// <param name="place">Whose signature counts.</param>
        /// <param name="running">Counter of the program that runs; 0 = the deployed one.</param>
        /// <param name="faults">Where faults are told.</param>
        public Updates(Clock clock, Flash flash, Place place, int running, Faults faults)
        {
            this.faults = faults;
            programs = new Programs(flash);
            var key = place.UpdateKey == null ? null : PublicKey.Read(place.UpdateKey);
            if (place.UpdateKey != null && key == null)
                faults.Report("update", "updateKey: must be an RSA modulus of 2048 bits in base 64");
            Download = new Download(clock, flash, programs, key);
            try
            {
                programs.Load();
                Download.GiveBackRoom();
            }
            catch (IOException e)
            {
                faults.Report("update", e.Message);
            }
            trial = new Trial(programs, running, faults);
        }

        /// <summary>What fetches programs, for the link.</summary>
        public Download Download { get; }

        /// <summary>Whether a program is being fetched or waits to begin.</summary>
        public bool IsLoading => Download.IsReady || Download.NextAt != long.MaxValue;

        /// <summary>Why the program before this one was given up, once; else null.</summary>
        public string TakeFailure()
        {
            if (programs.Failed == 0)
                return null;
            var failure = "program " + programs.Failed.ToString() + " did not show itself healthy in " + Programs.MostStarts.ToString()
                + " starts: " + Release.Version + " runs again";
            try
            {
                programs.Told();
            }
            catch (IOException e)
            {
                faults.Report("update", e.Message);
            }
            return failure;
        }

        /// <summary>Looks how the present program does.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <param name="isWell">Whether sensor and broker are there.</param>
        /// <returns>True once: it was on trial, and is healthy.</returns>
        public bool Tick(long now, bool isWell) => trial.Tick(now, isWell);

        /// <summary>Whether the board shall be started anew for a program that is ready.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <param name="isSitting">Whether somebody sits.</param>
        public bool WantsRestart(long now, bool isSitting)
        {
            if (!Download.IsReady)
                return false;
            if (restartBy == 0)
                restartBy = now + PatienceMs;
            return !isSitting || now >= restartBy;
        }

        /// <summary>Goes back to the deployed program, from the next start.</summary>
        /// <returns>Why not; null when it is done.</returns>
        public string Revert()
        {
            try
            {
                programs.Drop();
                return null;
            }
            catch (IOException e)
            {
                return e.Message;
            }
        }
    }
}
