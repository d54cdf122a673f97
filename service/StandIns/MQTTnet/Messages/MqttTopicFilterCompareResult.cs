namespace MQTTnet;

/// <summary>What <see cref="MqttTopicFilterComparer"/> found.</summary>
public enum MqttTopicFilterCompareResult
{
    NoMatch,
    IsMatch,
    FilterInvalid,
    TopicInvalid,
}
