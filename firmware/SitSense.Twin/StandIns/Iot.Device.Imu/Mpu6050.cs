using System;
using System.Device.I2c;
using System.IO;
using SitSense.Twin.Hardware;

namespace Iot.Device.Imu;

/// <summary>
/// The binding of nanoFramework.Iot.Device.Mpu9250 for the MPU6050, over the virtual I2C and with the faults of the original: the scales are divided
/// by the sample rate divider, the bandwidth setter overwrites the gyroscope's range, and enabling the FIFO only resets it.
/// </summary>
public class Mpu6050 : IDisposable
{
    public const byte DefaultI2cAddress = 0x68;
    public const byte SecondI2cAddress = 0x69;

    const byte SampleRate = 0x19, Config = 0x1A, GyroConfig = 0x1B, AccelConfig = 0x1C, AccelConfig2 = 0x1D, LowPowerRate = 0x1E, WakeThreshold = 0x1F;
    const byte FifoEnable = 0x23, InterruptEnable = 0x38, MotionControl = 0x69, UserControl = 0x6A;
    const byte PowerManagement1 = 0x6B, PowerManagement2 = 0x6C, FifoCountHigh = 0x72, FifoData = 0x74, WhoAmI = 0x75;
    const byte FifoReset = 0x04;
    const float Counts = 0x8000, Gravity = 9.807f;

    readonly VirtualBoard board = VirtualBoard.Current;
    I2cDevice i2c;
    AccelerometerRange accelerometerRange;
    GyroscopeRange gyroscopeRange;
    AccelerometerBandwidth accelerometerBandwidth;
    GyroscopeBandwidth gyroscopeBandwidth;

    /// <exception cref="ArgumentNullException">No device.</exception>
    /// <exception cref="IOException">What answers is no MPU6050, or nobody does.</exception>
    public Mpu6050(I2cDevice i2cDevice)
    {
        i2c = i2cDevice ?? throw new ArgumentNullException(nameof(i2cDevice));
        Write(PowerManagement1, 0x80);
        board.Sleep(100);
        PowerOn();
        if (Read(WhoAmI) != 0x68)
            throw new IOException("This device does not contain the correct signature 0x68 for a MPU6050");
        GyroscopeBandwidth = GyroscopeBandwidth.Bandwidth0250Hz;
        GyroscopeRange = GyroscopeRange.Range0250Dps;
        AccelerometerBandwidth = AccelerometerBandwidth.Bandwidth1130Hz;
        AccelerometerRange = AccelerometerRange.Range02G;
    }

    /// <exception cref="IOException">The chip did not keep it.</exception>
    public AccelerometerRange AccelerometerRange
    {
        get => accelerometerRange;
        set
        {
            Write(AccelConfig, (byte)((int)value << 3));
            accelerometerRange = (AccelerometerRange)(Read(AccelConfig) >> 3);
            Check(accelerometerRange == value, nameof(AccelerometerRange));
        }
    }

    /// <exception cref="IOException">The chip did not keep it.</exception>
    public AccelerometerBandwidth AccelerometerBandwidth
    {
        get => accelerometerBandwidth;
        set
        {
            Write(AccelConfig2, (byte)value);
            accelerometerBandwidth = (AccelerometerBandwidth)Read(AccelConfig2);
            Check(accelerometerBandwidth == value, nameof(AccelerometerBandwidth));
        }
    }

    /// <summary>m/s2 a count, divided by the sample rate divider + 1 (the original's fault).</summary>
    public float AccelerationScale => (2 << (int)accelerometerRange) * Gravity / Counts / (1 + SampleRateDivider);

    public AccelerometerLowPowerFrequency AccelerometerLowPowerFrequency
    {
        get => (AccelerometerLowPowerFrequency)Read(LowPowerRate);
        set => Write(LowPowerRate, (byte)value);
    }

    /// <exception cref="IOException">The chip did not keep it.</exception>
    public GyroscopeRange GyroscopeRange
    {
        get => gyroscopeRange;
        set
        {
            Write(GyroConfig, (byte)((int)value << 3));
            gyroscopeRange = (GyroscopeRange)(Read(GyroConfig) >> 3);
            Check(gyroscopeRange == value, nameof(GyroscopeRange));
        }
    }

    /// <summary>Setting it overwrites the gyroscope's range with an unshifted one (the original's fault), so set ranges afterwards.</summary>
    /// <exception cref="IOException">The chip did not keep it.</exception>
    public GyroscopeBandwidth GyroscopeBandwidth
    {
        get => gyroscopeBandwidth;
        set
        {
            if (value == GyroscopeBandwidth.Bandwidth8800HzFS32)
                Write(GyroConfig, (byte)((byte)gyroscopeRange | 0x01));
            else if (value == GyroscopeBandwidth.Bandwidth3600HzFS32)
                Write(GyroConfig, (byte)((byte)gyroscopeRange | 0x02));
            else
            {
                Write(GyroConfig, (byte)gyroscopeRange);
                Write(Config, (byte)value);
            }
            var kept = Read(GyroConfig);
            gyroscopeBandwidth = (kept & 1) == 1 ? GyroscopeBandwidth.Bandwidth8800HzFS32
                : (kept & 3) == 0 ? (GyroscopeBandwidth)Read(Config)
                : GyroscopeBandwidth.Bandwidth3600HzFS32;
            Check(gyroscopeBandwidth == value, nameof(GyroscopeBandwidth));
        }
    }

    /// <summary>deg/s a count, divided by the sample rate divider + 1 unless the filter is passed by (the original's fault).</summary>
    public float GyroscopeScale
    {
        get
        {
            var scale = (250 << (int)gyroscopeRange) / Counts;
            var unfiltered = gyroscopeBandwidth is GyroscopeBandwidth.Bandwidth3600HzFS32 or GyroscopeBandwidth.Bandwidth8800HzFS32;
            return unfiltered ? scale : scale / (1 + SampleRateDivider);
        }
    }

    public byte SampleRateDivider
    {
        get => Read(SampleRate);
        set => Write(SampleRate, value);
    }

    public DisableModes DisableModes
    {
        get => (DisableModes)Read(PowerManagement2);
        set => Write(PowerManagement2, (byte)value);
    }

    public uint FifoCount
    {
        get
        {
            var count = new byte[2];
            Read(FifoCountHigh, count);
            return (uint)(count[0] << 8 | count[1]);
        }
    }

    /// <summary>Setting it resets the FIFO and chooses its content, but does not switch it on in USER_CTRL (the original's fault).</summary>
    public FifoModes FifoModes
    {
        get => (FifoModes)Read(FifoEnable);
        set
        {
            var control = Read(UserControl);
            Write(UserControl, (byte)(value == FifoModes.None ? control & ~FifoReset : control | FifoReset));
            Write(FifoEnable, (byte)value);
        }
    }

    public void ReadFifo(SpanByte readData) => Read(FifoData, readData);

    /// <summary>Writes what wakes an MPU9250; on an MPU6050 only the threshold's register means the same, in steps of 2 mg instead of 4.</summary>
    /// <exception cref="ArgumentException">Above 1020 mg.</exception>
    public void SetWakeOnMotion(uint accelerometerThreshold, AccelerometerLowPowerFrequency acceleratorLowPower)
    {
        if (accelerometerThreshold > 1020)
            throw new ArgumentException("Value has to be between 0mg and 1020mg", nameof(accelerometerThreshold));
        PowerOn();
        Write(PowerManagement1, 0);
        Write(PowerManagement2, (byte)(DisableModes.DisableGyroscopeX | DisableModes.DisableGyroscopeY | DisableModes.DisableGyroscopeZ));
        AccelerometerBandwidth = AccelerometerBandwidth.Bandwidth0184Hz;
        Write(InterruptEnable, 0x40);
        Write(MotionControl, 0xC0);
        Write(WakeThreshold, (byte)(accelerometerThreshold / 4));
        Write(LowPowerRate, (byte)acceleratorLowPower);
        Write(PowerManagement1, 0x20);
    }

    public void Dispose()
    {
        i2c?.Dispose();
        i2c = null;
    }

    void PowerOn()
    {
        Write(PowerManagement1, 0x01);
        board.Sleep(100);
    }

    static void Check(bool kept, string what)
    {
        if (!kept)
            throw new IOException($"Can set {what}");
    }

    void Write(byte register, byte value) => i2c.Write(new[] { register, value });

    byte Read(byte register)
    {
        i2c.WriteByte(register);
        return i2c.ReadByte();
    }

    void Read(byte register, SpanByte into)
    {
        i2c.WriteByte(register);
        i2c.Read(into);
    }
}
