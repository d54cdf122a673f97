using SitSense.Firmware;
using SitSense.Firmware.Board;
using SitSense.Upkeep.Update;

namespace SitSense.Upkeep
{
    /// <summary>Where the board begins.</summary>
    public static class Program
    {
        /// <summary>Runs the newest program that may run, until the power ends.</summary>
        public static void Main()
        {
            new Loader(new Clock(), new Flash()).Run();
            Run(0);
        }

        /// <summary>Where a program from a package begins: the device, looked after.</summary>
        /// <param name="package">Its counter; 0 = this is the deployed program.</param>
        public static void Run(int package) => Firmware.Program.Run(new ResidentCaretaker(package));
    }
}
