#nullable enable
namespace SitSense.Twin.Hardware;

/// <summary>The registers of the MPU6050 that the virtual chip acts on (RM-MPU-6000A, revision 4.2).</summary>
static class MpuRegister
{
    public const byte SampleRateDivider = 0x19;
    public const byte Config = 0x1A;
    public const byte GyroConfig = 0x1B;
    public const byte AccelConfig = 0x1C;
    public const byte MotionThreshold = 0x1F;
    public const byte MotionDuration = 0x20;
    public const byte FifoEnable = 0x23;
    public const byte InterruptPinConfig = 0x37;
    public const byte InterruptEnable = 0x38;
    public const byte InterruptStatus = 0x3A;
    public const byte FirstData = 0x3B;
    public const byte LastData = 0x48;
    public const byte MotionControl = 0x69;
    public const byte UserControl = 0x6A;
    public const byte PowerManagement1 = 0x6B;
    public const byte PowerManagement2 = 0x6C;
    public const byte FifoCountHigh = 0x72;
    public const byte FifoCountLow = 0x73;
    public const byte FifoData = 0x74;
    public const byte WhoAmI = 0x75;
    public const int Count = 0x80;
}
