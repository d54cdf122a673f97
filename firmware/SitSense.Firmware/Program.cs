using SitSense.Firmware.Board;

namespace SitSense.Firmware
{
    /// <summary>Where the board begins.</summary>
    public static class Program
    {
        /// <summary>Runs the device until the power ends.</summary>
        public static void Main() => new Device(new Clock(), new Flash()).Run();
    }
}
