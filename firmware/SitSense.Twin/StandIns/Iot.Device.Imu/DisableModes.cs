using System;

namespace Iot.Device.Imu;

/// <summary>Which axes are off.</summary>
[Flags]
public enum DisableModes
{
    DisableNone = 0,
    DisableAccelerometerX = 32,
    DisableAccelerometerY = 16,
    DisableAccelerometerZ = 8,
    DisableGyroscopeX = 4,
    DisableGyroscopeY = 2,
    DisableGyroscopeZ = 1,
}
