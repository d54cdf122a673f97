namespace SitSense.Firmware.Board
{
    /// <summary>What was done with the button.</summary>
    public enum Press
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>Pressed and let go.</summary>
        Short = 1,

        /// <summary>Held for <see cref="Button.LongMs"/> and let go.</summary>
        Long = 2,

        /// <summary>Held for <see cref="Button.ResetMs"/>.</summary>
        Reset = 3
    }
}
