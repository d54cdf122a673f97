using SitSense.Firmware.Board;

namespace SitSense.Firmware
{
    /// <summary>Where a board begins that has nothing but this: it is told by cable what it is. SitSense.Upkeep begins the same device with a caretaker.</summary>
    public static class Program
    {
        /// <summary>Runs the device until the power ends.</summary>
        public static void Main() => new Device(new Clock(), new Flash(), new Caretaker()).Run();
    }
}
