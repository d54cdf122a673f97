using SitSense.Firmware.Board;

namespace SitSense.Firmware
{
    /// <summary>The device as a program.</summary>
    public static class Program
    {
        /// <summary>Where a board begins that was flashed with this assembly alone, built as an Exe: told what it is by its file, and changed by cable.</summary>
        public static void Main() => Run(new Caretaker());

        /// <summary>Runs the device until the power ends.</summary>
        /// <param name="caretaker">Who looks after it.</param>
        public static void Run(Caretaker caretaker) => new Device(new Clock(), new Flash(), caretaker).Run();
    }
}
