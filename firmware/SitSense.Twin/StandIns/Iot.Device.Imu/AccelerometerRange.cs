namespace Iot.Device.Imu;

/// <summary>Full scale of the accelerometer.</summary>
public enum AccelerometerRange
{
    Range02G = 0,
    Range04G = 1,
    Range08G = 2,
    Range16G = 3,
}
