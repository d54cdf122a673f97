using System;

namespace Iot.Device.Imu;

/// <summary>What goes into the FIFO.</summary>
[Flags]
public enum FifoModes
{
    None = 0,
    I2CSlave0 = 1,
    I2CSlave1 = 2,
    I2CSlave2 = 4,
    Accelerometer = 8,
    GyroscopeZ = 16,
    GyroscopeY = 32,
    GyroscopeX = 64,
    Temperature = 128,
}
