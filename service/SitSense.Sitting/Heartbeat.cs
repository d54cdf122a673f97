using NodaTime;

namespace SitSense.Sitting;

/// <summary>A device's word that the posture of its newest change still holds.</summary>
/// <param name="Boot">Which start of the device counted <paramref name="Seq"/>.</param>
/// <param name="Seq">The number of the device's newest message.</param>
/// <param name="At">When it was said, by the device's clock.</param>
/// <param name="Posture">The posture that holds.</param>
public readonly record struct Heartbeat(long Boot, long Seq, Instant At, Posture Posture);
