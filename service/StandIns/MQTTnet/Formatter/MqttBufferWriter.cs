using System.Buffers.Binary;
using System.Text;
using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Formatter;

/// <summary>The scratch space in which packets are put together, used again for each.</summary>
public sealed class MqttBufferWriter(int bufferSize, int maxBufferSize)
{
    byte[] _buffer = new byte[bufferSize];

    /// <summary>Bytes written since the last <see cref="Clear"/>.</summary>
    public int Length { get; private set; }

    internal ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>Begins anew; a buffer that grew beyond the maximum is given up.</summary>
    internal void Clear()
    {
        Length = 0;
        if (_buffer.Length > maxBufferSize)
            _buffer = new byte[bufferSize];
    }

    internal void Byte(byte value) => Room(1)[0] = value;

    internal void UInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Room(2), value);

    internal void UInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Room(4), value);

    internal void VariableInt(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        Bytes(bytes[..VariableInt(value, bytes)]);
    }

    internal void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Room(value.Length));

    /// <summary>Two bytes of length, then the bytes; null is empty.</summary>
    internal void Binary(ReadOnlySpan<byte> value)
    {
        UInt16(FitsUInt16(value.Length));
        Bytes(value);
    }

    /// <summary>Two bytes of length, then UTF-8; null is empty.</summary>
    internal void String(string value)
    {
        var length = FitsUInt16(Encoding.UTF8.GetByteCount(value ??= ""));
        UInt16(length);
        Encoding.UTF8.GetBytes(value, Room(length));
    }

    internal void Property(MqttPropertyId id, byte value)
    {
        Byte((byte)id);
        Byte(value);
    }

    /// <summary>Left out when it says what its absence says.</summary>
    internal void Property(MqttPropertyId id, bool value, bool absent)
    {
        if (value != absent)
            Property(id, value ? (byte)1 : (byte)0);
    }

    /// <summary>0 is left out.</summary>
    internal void Property(MqttPropertyId id, ushort value)
    {
        if (value == 0)
            return;
        Byte((byte)id);
        UInt16(value);
    }

    /// <summary>0 is left out.</summary>
    internal void Property(MqttPropertyId id, uint value)
    {
        if (value == 0)
            return;
        Byte((byte)id);
        UInt32(value);
    }

    /// <summary>null and empty are left out.</summary>
    internal void Property(MqttPropertyId id, string value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        Byte((byte)id);
        String(value);
    }

    /// <summary>null is left out.</summary>
    internal void Property(MqttPropertyId id, byte[] value)
    {
        if (value is null)
            return;
        Byte((byte)id);
        Binary(value);
    }

    internal void SubscriptionIdentifier(uint value)
    {
        Byte((byte)MqttPropertyId.SubscriptionIdentifier);
        VariableInt(value);
    }

    internal void Properties(List<MqttUserProperty> properties)
    {
        if (properties is null)
            return;
        foreach (var property in properties)
        {
            Byte((byte)MqttPropertyId.UserProperty);
            String(property.Name);
            Binary(property.ValueBuffer.Span);
        }
    }

    /// <returns>How many bytes it took, 1 to 4.</returns>
    internal static int VariableInt(uint value, Span<byte> target)
    {
        var length = 0;
        do
        {
            target[length] = (byte)(value & 0x7F);
            value >>= 7;
            if (value > 0)
                target[length] |= 0x80;
            length++;
        }
        while (value > 0);
        return length;
    }

    static ushort FitsUInt16(int length) => length <= ushort.MaxValue
        ? (ushort)length
        : throw new MqttProtocolViolationException($"The value is too long: {length} bytes, where {ushort.MaxValue} are allowed.");

    Span<byte> Room(int size)
    {
        if (_buffer.Length - Length < size)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + size));
        var room = _buffer.AsSpan(Length, size);
        Length += size;
        return room;
    }
}
