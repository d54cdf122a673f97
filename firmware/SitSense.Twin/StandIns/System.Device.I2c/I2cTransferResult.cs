namespace System.Device.I2c;

/// <summary>How a transfer ended: the ESP32's driver reports faults here and does not throw.</summary>
public struct I2cTransferResult
{
    internal I2cTransferResult(I2cTransferStatus status, uint bytes)
    {
        Status = status;
        BytesTransferred = bytes;
    }

    public uint BytesTransferred { get; }

    public I2cTransferStatus Status { get; }
}
