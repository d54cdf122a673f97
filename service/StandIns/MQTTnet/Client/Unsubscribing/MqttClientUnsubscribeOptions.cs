using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>What an UNSUBSCRIBE asks for.</summary>
public sealed class MqttClientUnsubscribeOptions
{
    public List<string> TopicFilters { get; set; } = [];
    public List<MqttUserProperty> UserProperties { get; set; }
}
