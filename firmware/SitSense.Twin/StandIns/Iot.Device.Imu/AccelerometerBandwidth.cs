namespace Iot.Device.Imu;

/// <summary>Values of a register that the MPU6050 does not have: there CONFIG, the gyroscope bandwidth, filters both.</summary>
public enum AccelerometerBandwidth
{
    Bandwidth1130Hz = 0,
    Bandwidth0460Hz = 8,
    Bandwidth0184Hz = 9,
    Bandwidth0092Hz = 10,
    Bandwidth0041Hz = 11,
    Bandwidth0020Hz = 12,
    Bandwidth0010Hz = 14,
    Bandwidth0005Hz = 15,
}
