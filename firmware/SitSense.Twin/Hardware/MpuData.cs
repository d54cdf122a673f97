#nullable enable
using System;

namespace SitSense.Twin.Hardware;

/// <summary>The data registers of an MPU6050.</summary>
static class MpuData
{
    /// <summary>Counts of 1 g at +-2 g, and of 1 deg/s at +-250 deg/s (PS-MPU-6000A revision 3.4, 6.1 and 6.2).</summary>
    const double CountsPerG = 16384, CountsPerDps = 131.072;

    /// <summary>Puts a sample there, in the ranges that the other registers say; an axis in standby shows 0.</summary>
    public static void Put(MotionSample sample, double celsius, Span<byte> registers)
    {
        var g = CountsPerG / (1 << (registers[MpuRegister.AccelConfig] >> 3 & 3));
        var dps = CountsPerDps / (1 << (registers[MpuRegister.GyroConfig] >> 3 & 3));
        var off = registers[MpuRegister.PowerManagement2];
        var data = registers[MpuRegister.FirstData..];
        Store(data, (off & 0x20) != 0 ? 0 : sample.Ax * g);
        Store(data[2..], (off & 0x10) != 0 ? 0 : sample.Ay * g);
        Store(data[4..], (off & 0x08) != 0 ? 0 : sample.Az * g);
        Store(data[6..], (celsius - 36.53) * 340);
        Store(data[8..], (off & 0x04) != 0 ? 0 : sample.Gx * dps);
        Store(data[10..], (off & 0x02) != 0 ? 0 : sample.Gy * dps);
        Store(data[12..], (off & 0x01) != 0 ? 0 : sample.Gz * dps);
    }

    static void Store(Span<byte> at, double counts)
    {
        var value = (short)Math.Clamp(Math.Round(counts), short.MinValue, short.MaxValue);
        at[0] = (byte)(value >> 8);
        at[1] = (byte)value;
    }
}
