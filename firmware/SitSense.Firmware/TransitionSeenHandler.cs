using SitSense.Firmware.Posture;

namespace SitSense.Firmware
{
    /// <summary>Hears of a transition that the detector saw before the 10 s rule.</summary>
    /// <param name="transition">What was seen.</param>
    /// <param name="ms">When, monotonic ms.</param>
    public delegate void TransitionSeenHandler(Transition transition, long ms);
}
