namespace SitSense.Firmware.Board
{
    /// <summary>Why the board was started anew, by the program's own doing.</summary>
    public enum RestartKind
    {
        /// <summary>Nothing was noted.</summary>
        None = 0,

        /// <summary>Somebody ordered it.</summary>
        Ordered = 1,

        /// <summary>The main loop stood still.</summary>
        WatchdogMain = 2,

        /// <summary>The link stood still.</summary>
        WatchdogLink = 3,

        /// <summary>The board's tick counter would have ended soon.</summary>
        Planned = 4,

        /// <summary>Another program is to begin.</summary>
        Update = 5
    }
}
