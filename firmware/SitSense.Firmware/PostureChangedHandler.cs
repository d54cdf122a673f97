using SitSense.Firmware.Posture;

namespace SitSense.Firmware
{
    /// <summary>Hears of a change of posture that the journal has.</summary>
    /// <param name="posture">What holds now.</param>
    /// <param name="sinceMs">Since when, monotonic ms.</param>
    /// <param name="decidedMs">When it was known, monotonic ms.</param>
    public delegate void PostureChangedHandler(PostureKind posture, long sinceMs, long decidedMs);
}
