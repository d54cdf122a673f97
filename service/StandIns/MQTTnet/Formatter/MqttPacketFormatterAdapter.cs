using System.Buffers;
using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Formatter;

/// <summary>Packets to bytes and back, in the version of one connection.</summary>
public sealed class MqttPacketFormatterAdapter(MqttBufferWriter mqttBufferWriter)
{
    readonly PacketEncoder _encoder = new(mqttBufferWriter ?? throw new ArgumentNullException(nameof(mqttBufferWriter)));
    readonly PacketDecoder _decoder = new();

    public MqttPacketFormatterAdapter(MqttProtocolVersion protocolVersion, MqttBufferWriter bufferWriter)
        : this(bufferWriter)
    {
        ProtocolVersion = protocolVersion;
    }

    /// <summary>What the client asked for in its CONNECT; until then unknown to a server.</summary>
    public MqttProtocolVersion ProtocolVersion { get; private set; }

    /// <returns>The number of bytes written.</returns>
    internal int Encode(MqttPacket packet, IBufferWriter<byte> output) => _encoder.Encode(packet, ProtocolVersion, output);

    /// <exception cref="MqttProtocolViolationException">The packet is malformed, or the first one and no CONNECT of a known version.</exception>
    internal MqttPacket Decode(byte firstByte, ReadOnlySpan<byte> body)
    {
        if (ProtocolVersion == MqttProtocolVersion.Unknown)
            ProtocolVersion = VersionOf((MqttControlPacketType)(firstByte >> 4), body);
        return _decoder.Decode(firstByte, body, ProtocolVersion);
    }

    static MqttProtocolVersion VersionOf(MqttControlPacketType type, ReadOnlySpan<byte> body)
    {
        if (type != MqttControlPacketType.Connect)
            throw new MqttProtocolViolationException("The first packet is no CONNECT [MQTT-3.1.0-1].");
        var reader = new PacketReader(body);
        var name = reader.String();
        var level = reader.Byte() & 0x7F; // the top bit says that a bridge asks
        return (name, level) switch
        {
            ("MQTT", 5) => MqttProtocolVersion.V500,
            ("MQTT", 4) => MqttProtocolVersion.V311,
            ("MQIsdp", 3) => MqttProtocolVersion.V310,
            _ => throw new MqttProtocolViolationException($"Protocol '{name}' level '{level}' not supported."),
        };
    }
}
