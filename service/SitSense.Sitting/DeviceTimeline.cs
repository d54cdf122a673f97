namespace SitSense.Sitting;

/// <summary>What one device vouched for, and when.</summary>
/// <param name="Stretches">Ascending, without overlap; what lies between them nobody vouched for.</param>
/// <param name="Moved">How many records told a time before their predecessor's in the same boot, and were moved to it.</param>
public sealed record DeviceTimeline(Stretch[] Stretches, int Moved);
