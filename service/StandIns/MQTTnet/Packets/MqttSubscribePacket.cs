namespace MQTTnet.Packets;

/// <summary>SUBSCRIBE.</summary>
public sealed class MqttSubscribePacket : MqttPacketWithIdentifier
{
    public uint SubscriptionIdentifier { get; set; }
    public List<MqttTopicFilter> TopicFilters { get; set; } = [];
    public List<MqttUserProperty> UserProperties { get; set; }
}
