namespace SitSense.Firmware.Posture
{
    /// <summary>A transition that a detector has just seen, before the 10 s rule has confirmed or dropped it.</summary>
    public enum Transition
    {
        /// <summary>Nothing was seen.</summary>
        None = 0,

        /// <summary>Stand to sit.</summary>
        Sit = 1,

        /// <summary>Sit to stand.</summary>
        Rise = 2
    }
}
