#nullable enable
namespace SitSense.Twin.Bodies;

/// <summary>How a body segment stands and is pushed at an instant.</summary>
/// <param name="Pitch">Degrees from how it is while standing, backwards positive (a thigh: towards the horizontal).</param>
/// <param name="Roll">Degrees to the left.</param>
/// <param name="Yaw">Degrees about the vertical.</param>
/// <param name="Up">Acceleration upwards, in g.</param>
/// <param name="Ahead">Acceleration forwards, in g.</param>
public readonly record struct Pose(double Pitch, double Roll, double Yaw, double Up, double Ahead)
{
    public static Pose operator +(Pose a, Pose b) => new(a.Pitch + b.Pitch, a.Roll + b.Roll, a.Yaw + b.Yaw, a.Up + b.Up, a.Ahead + b.Ahead);

    /// <summary>From <paramref name="a"/> to <paramref name="b"/> as <paramref name="share"/> goes from 0 to 1.</summary>
    public static Pose Between(Pose a, Pose b, double share) => new(
        a.Pitch + (b.Pitch - a.Pitch) * share, a.Roll + (b.Roll - a.Roll) * share, a.Yaw + (b.Yaw - a.Yaw) * share,
        a.Up + (b.Up - a.Up) * share, a.Ahead + (b.Ahead - a.Ahead) * share);
}
