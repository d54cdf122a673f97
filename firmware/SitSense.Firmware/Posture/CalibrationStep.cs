namespace SitSense.Firmware.Posture
{
    /// <summary>What the wearer does while a detector is told so.</summary>
    public enum CalibrationStep
    {
        /// <summary>The seat is empty.</summary>
        Empty = 0,

        /// <summary>Somebody sits on the seat.</summary>
        Occupied = 1,

        /// <summary>The wearer of a clip stands still.</summary>
        Standing = 2
    }
}
