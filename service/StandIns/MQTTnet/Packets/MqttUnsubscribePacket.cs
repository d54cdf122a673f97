namespace MQTTnet.Packets;

/// <summary>UNSUBSCRIBE.</summary>
public sealed class MqttUnsubscribePacket : MqttPacketWithIdentifier
{
    public List<string> TopicFilters { get; set; } = [];
    public List<MqttUserProperty> UserProperties { get; set; }
}
