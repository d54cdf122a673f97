using SitSense.Firmware;
using SitSense.Firmware.Board;

namespace SitSense.Upkeep
{
    /// <summary>Where the board begins.</summary>
    public static class Program
    {
        /// <summary>Runs the device, looked after, until the power ends.</summary>
        public static void Main() => new Device(new Clock(), new Flash(), new ResidentCaretaker()).Run();
    }
}
