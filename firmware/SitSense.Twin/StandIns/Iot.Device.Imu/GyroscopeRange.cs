namespace Iot.Device.Imu;

/// <summary>Full scale of the gyroscope.</summary>
public enum GyroscopeRange
{
    Range0250Dps = 0,
    Range0500Dps = 1,
    Range1000Dps = 2,
    Range2000Dps = 3,
}
