using MQTTnet.Protocol;

namespace MQTTnet.Packets;

/// <summary>UNSUBACK. Without reason codes in MQTT 3.1.1.</summary>
public sealed class MqttUnsubAckPacket : MqttPacketWithIdentifier
{
    public List<MqttUnsubscribeReasonCode> ReasonCodes { get; set; }
    public string ReasonString { get; set; }
    public List<MqttUserProperty> UserProperties { get; set; }
}
