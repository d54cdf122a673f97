using SitSense.Twin.Hardware;

namespace System.Device.I2c;

/// <summary>A chip on a bus of the current virtual board. A chip that does not answer shows in the result, never as an exception.</summary>
public class I2cDevice : IDisposable
{
    readonly VirtualBoard board = VirtualBoard.Current;
    readonly byte[] one = new byte[1];
    bool disposed;

    /// <exception cref="ArgumentException">The ESP32 has buses 1 and 2 only.</exception>
    public I2cDevice(I2cConnectionSettings settings)
    {
        if (settings.BusId is < 1 or > 2)
            throw new ArgumentException();
        ConnectionSettings = settings;
    }

    public I2cConnectionSettings ConnectionSettings { get; }

    public static I2cDevice Create(I2cConnectionSettings settings) => new I2cDevice(settings);

    /// <summary>One byte, or 0 when nobody answers.</summary>
    public byte ReadByte()
    {
        one[0] = 0;
        Transfer(default, one);
        return one[0];
    }

    public I2cTransferResult Read(SpanByte buffer) => Transfer(default, buffer);

    public I2cTransferResult WriteByte(byte value)
    {
        one[0] = value;
        return Transfer(one, default);
    }

    public I2cTransferResult Write(SpanByte buffer) => Transfer(buffer, default);

    public I2cTransferResult WriteRead(SpanByte writeBuffer, SpanByte readBuffer) => Transfer(writeBuffer, readBuffer);

    public void Dispose() => disposed = true;

    I2cTransferResult Transfer(SpanByte write, SpanByte read)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        board.NeedPower();
        return board.I2c.Transfer(ConnectionSettings.BusId, ConnectionSettings.DeviceAddress, write.Inside(), read.Inside());
    }
}
