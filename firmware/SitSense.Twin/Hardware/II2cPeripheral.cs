#nullable enable
using System;

namespace SitSense.Twin.Hardware;

/// <summary>A chip on an I2C bus.</summary>
public interface II2cPeripheral
{
    /// <summary>The bytes of a write transfer.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Fills a read transfer.</summary>
    void Read(Span<byte> bytes);

    /// <summary>Power was taken: registers are as from the factory.</summary>
    void PowerGone();
}
