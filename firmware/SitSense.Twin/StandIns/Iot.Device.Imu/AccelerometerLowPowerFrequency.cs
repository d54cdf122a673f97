namespace Iot.Device.Imu;

/// <summary>Wake-ups a second; a register of the MPU9250.</summary>
public enum AccelerometerLowPowerFrequency
{
    Frequency0Dot24Hz = 0,
    Frequency0Dot49Hz = 1,
    Frequency0Dot98Hz = 2,
    Frequency1Dot95Hz = 3,
    Frequency3Dot91Hz = 4,
    Frequency7dot81Hz = 5,
    Frequency15Dot63Hz = 6,
    Frequency31Dot25Hz = 7,
    Frequency62Dot5Hz = 8,
    Frequency125Hz = 9,
    Frequency250Hz = 10,
    Frequency500Hz = 11,
}
