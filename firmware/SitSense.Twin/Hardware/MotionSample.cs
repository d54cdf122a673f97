#nullable enable
namespace SitSense.Twin.Hardware;

/// <summary>What a motion sensor feels: specific force in g (+1 on the axis that points up at rest) and rotation in deg/s, in its own axes.</summary>
public readonly record struct MotionSample(double Ax, double Ay, double Az, double Gx, double Gy, double Gz)
{
    public static MotionSample operator +(MotionSample a, MotionSample b) =>
        new(a.Ax + b.Ax, a.Ay + b.Ay, a.Az + b.Az, a.Gx + b.Gx, a.Gy + b.Gy, a.Gz + b.Gz);

    public static MotionSample operator *(MotionSample a, double by) => new(a.Ax * by, a.Ay * by, a.Az * by, a.Gx * by, a.Gy * by, a.Gz * by);
}
