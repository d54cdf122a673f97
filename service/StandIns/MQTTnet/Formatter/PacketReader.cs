using System.Buffers.Binary;
using System.Text;
using MQTTnet.Exceptions;

namespace MQTTnet.Formatter;

/// <summary>Reads a packet's body; whatever does not fit is a <see cref="MqttProtocolViolationException"/>.</summary>
ref struct PacketReader(ReadOnlySpan<byte> body)
{
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    ReadOnlySpan<byte> _rest = body;

    public readonly bool AtEnd => _rest.IsEmpty;

    public readonly int Left => _rest.Length;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public uint VariableInt()
    {
        uint value = 0;
        for (var shift = 0; shift < 28; shift += 7)
        {
            var next = Byte();
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw new MqttProtocolViolationException("Variable length integer is invalid.");
    }

    public string String() => Text(Take(UInt16()));

    public byte[] Binary() => Take(UInt16()).ToArray();

    public ReadOnlySpan<byte> Take(int length)
    {
        if (_rest.Length < length)
            throw new MqttProtocolViolationException($"Expected at least {length} bytes but there are only {_rest.Length} bytes");
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    public static string Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var text = Utf8.GetString(bytes);
            return text.Contains('\0') ? throw new MqttProtocolViolationException("A string holds U+0000 [MQTT-1.5.4-2].") : text;
        }
        catch (DecoderFallbackException)
        {
            throw new MqttProtocolViolationException("A string is no UTF-8 [MQTT-1.5.4-1].");
        }
    }
}
