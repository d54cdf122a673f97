namespace SitSense.Firmware.Board
{
    /// <summary>
    /// What the light says: ms lit, dark, lit..., over and over. hardware/README.md has the same table for people; the first that holds is shown.
    /// </summary>
    public static class Signs
    {
        /// <summary>The button was held long enough: stays lit.</summary>
        public static readonly int[] Held = { 2000, 1 };

        /// <summary>Here it is: flickers.</summary>
        public static readonly int[] Here = { 60, 100 };

        /// <summary>A new program is being loaded: as long lit as dark, so leave the power on.</summary>
        public static readonly int[] Updating = { 1000, 1000 };

        /// <summary>Wants to be set up: two blinks.</summary>
        public static readonly int[] Setup = { 60, 240, 60, 1640 };

        /// <summary>Is being calibrated: lit, with gaps.</summary>
        public static readonly int[] Calibrating = { 400, 100 };

        /// <summary>A reminder that nobody has answered yet: four times a second.</summary>
        public static readonly int[] Owed = { 60, 190 };

        /// <summary>The battery is nearly empty: three blinks.</summary>
        public static readonly int[] LowBattery = { 60, 240, 60, 240, 60, 3340 };

        /// <summary>Something is wrong with it: twice a second.</summary>
        public static readonly int[] Fault = { 60, 440 };

        /// <summary>The broker is not there: one blink.</summary>
        public static readonly int[] Offline = { 60, 1940 };
    }
}
