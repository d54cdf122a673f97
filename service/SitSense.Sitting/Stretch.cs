using NodaTime;

namespace SitSense.Sitting;

/// <summary>A piece of a timeline in which one posture holds.</summary>
/// <param name="From">Its start, included.</param>
/// <param name="To">Its end, excluded; equal to <paramref name="From"/> where a posture had no length.</param>
/// <param name="Posture">What holds; <see cref="Posture.Unknown"/> also where nobody vouched.</param>
/// <param name="Device">The device that vouched; empty where nobody did.</param>
public readonly record struct Stretch(Instant From, Instant To, Posture Posture, string Device);
