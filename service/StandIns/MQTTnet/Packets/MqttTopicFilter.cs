using MQTTnet.Protocol;

namespace MQTTnet.Packets;

/// <summary>One filter of a SUBSCRIBE with its options.</summary>
public sealed class MqttTopicFilter
{
    public bool NoLocal { get; set; }
    public MqttQualityOfServiceLevel QualityOfServiceLevel { get; set; }
    public bool RetainAsPublished { get; set; }
    public MqttRetainHandling RetainHandling { get; set; }
    public string Topic { get; set; }

    public override string ToString() =>
        $"TopicFilter: [Topic={Topic}] [QualityOfServiceLevel={QualityOfServiceLevel}] [NoLocal={NoLocal}] [RetainAsPublished={RetainAsPublished}] [RetainHandling={RetainHandling}]";
}
