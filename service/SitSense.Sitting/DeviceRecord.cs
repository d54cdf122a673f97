using NodaTime;

namespace SitSense.Sitting;

/// <summary>One message that a device numbered: a change of posture, or a reminder, which only takes its number.</summary>
/// <param name="Boot">Which start of the device counted it; 0 and up.</param>
/// <param name="Seq">Its number within the boot; 0 and up. Within a boot the order is this number's.</param>
/// <param name="At">Since when the posture holds, by the device's clock.</param>
/// <param name="Posture">What holds from then on; null for a reminder.</param>
public readonly record struct DeviceRecord(long Boot, long Seq, Instant At, Posture? Posture);
