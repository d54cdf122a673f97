using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>What a SUBSCRIBE asks for.</summary>
public sealed class MqttClientSubscribeOptions
{
    public uint SubscriptionIdentifier { get; set; }
    public List<MqttTopicFilter> TopicFilters { get; set; } = [];
    public List<MqttUserProperty> UserProperties { get; set; }
}
