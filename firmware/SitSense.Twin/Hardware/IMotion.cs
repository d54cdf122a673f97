#nullable enable
namespace SitSense.Twin.Hardware;

/// <summary>What moves a motion sensor, as a pure function of virtual time.</summary>
public interface IMotion
{
    /// <param name="ms">Virtual ms since the clock's start.</param>
    MotionSample At(double ms);

    /// <summary>Whether the sensor samples at all then.</summary>
    /// <param name="ms">Virtual ms since the clock's start.</param>
    bool IsSampled(double ms) => true;
}
