using MQTTnet.Protocol;

namespace MQTTnet.Packets;

/// <summary>PUBACK.</summary>
public sealed class MqttPubAckPacket : MqttPacketWithIdentifier
{
    public MqttPubAckReasonCode ReasonCode { get; set; }
    public string ReasonString { get; set; }
    public List<MqttUserProperty> UserProperties { get; set; }
}
