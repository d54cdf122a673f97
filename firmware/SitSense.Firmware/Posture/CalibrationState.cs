namespace SitSense.Firmware.Posture
{
    /// <summary>How the last calibration goes or went.</summary>
    public enum CalibrationState
    {
        /// <summary>None was asked for.</summary>
        None = 0,

        /// <summary>It goes on; the old one holds until it ends.</summary>
        Running = 1,

        /// <summary>What was measured holds now.</summary>
        Done = 2,

        /// <summary>What was measured cannot be right; the old one stays.</summary>
        Failed = 3
    }
}
