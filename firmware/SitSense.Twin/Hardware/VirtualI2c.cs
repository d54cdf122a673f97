#nullable enable
using System;
using System.Collections.Generic;
using System.Device.I2c;

namespace SitSense.Twin.Hardware;

/// <summary>The I2C buses: chips on a pair of pins, and faults to inject.</summary>
public sealed class VirtualI2c
{
    readonly VirtualPins pins;
    readonly Dictionary<(int Data, int Clock, int Address), II2cPeripheral> chips = [];
    readonly Random noise = new(1);

    internal VirtualI2c(VirtualPins pins) => this.pins = pins;

    /// <summary>Asked before each transfer; what it returns goes wrong. Null: nothing does.</summary>
    public Func<I2cFault>? Fault { get; set; }

    /// <summary>Transfers asked for so far.</summary>
    public long Transfers { get; private set; }

    /// <summary>Bytes on the wires so far, addresses included.</summary>
    public long Bytes { get; private set; }

    /// <summary>Wires a chip to a pair of pins.</summary>
    public void Connect(int dataPin, int clockPin, int address, II2cPeripheral chip) => chips[(dataPin, clockPin, address)] = chip;

    internal void PowerGone()
    {
        foreach (var chip in chips.Values)
            chip.PowerGone();
    }

    /// <summary>One transfer as the ESP32's driver does it: status instead of exceptions.</summary>
    internal I2cTransferResult Transfer(int busId, int address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        Transfers++;
        Bytes += (write.IsEmpty ? 0 : 1 + write.Length) + (read.IsEmpty ? 0 : 1 + read.Length);
        var fault = Fault?.Invoke() ?? I2cFault.None;
        var chip = Find(busId, address);
        if (chip is null || fault == I2cFault.NotAcknowledged)
            return new I2cTransferResult(I2cTransferStatus.SlaveAddressNotAcknowledged, 0);
        if (fault == I2cFault.ClockStretch)
            return new I2cTransferResult(I2cTransferStatus.ClockStretchTimeout, 0);
        if (fault == I2cFault.Partial)
            return new I2cTransferResult(I2cTransferStatus.PartialTransfer, 0);
        if (!write.IsEmpty)
            chip.Write(write);
        if (!read.IsEmpty)
            chip.Read(read);
        if (fault == I2cFault.Noise)
            noise.NextBytes(read);
        return new I2cTransferResult(I2cTransferStatus.FullTransfer, (uint)(write.Length + read.Length));
    }

    II2cPeripheral? Find(int busId, int address)
    {
        // The ESP32's own pins of a bus, until Configuration.SetPinFunction says otherwise (ESP32_DeviceMapping).
        var (data, clock) = busId == 1 ? (18, 19) : (25, 26);
        var function = 0x20000 + (busId << 8);
        if (pins.FunctionPin(function) is >= 0 and var mappedData)
            data = mappedData;
        if (pins.FunctionPin(function + 1) is >= 0 and var mappedClock)
            clock = mappedClock;
        return chips.TryGetValue((data, clock, address), out var chip) ? chip : null;
    }
}
