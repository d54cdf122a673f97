using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>Builds a topic filter; QoS 0 unless said.</summary>
public sealed class MqttTopicFilterBuilder
{
    bool _noLocal;
    MqttQualityOfServiceLevel _qualityOfServiceLevel;
    bool _retainAsPublished;
    MqttRetainHandling _retainHandling;
    string _topic;

    /// <exception cref="MqttProtocolViolationException">There is no topic.</exception>
    public MqttTopicFilter Build()
    {
        if (string.IsNullOrEmpty(_topic))
            throw new MqttProtocolViolationException("Topic is not set.");
        return new MqttTopicFilter
        {
            Topic = _topic,
            QualityOfServiceLevel = _qualityOfServiceLevel,
            NoLocal = _noLocal,
            RetainAsPublished = _retainAsPublished,
            RetainHandling = _retainHandling,
        };
    }

    public MqttTopicFilterBuilder WithAtLeastOnceQoS() => WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);

    public MqttTopicFilterBuilder WithAtMostOnceQoS() => WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtMostOnce);

    public MqttTopicFilterBuilder WithExactlyOnceQoS() => WithQualityOfServiceLevel(MqttQualityOfServiceLevel.ExactlyOnce);

    public MqttTopicFilterBuilder WithNoLocal(bool value = true)
    {
        _noLocal = value;
        return this;
    }

    public MqttTopicFilterBuilder WithQualityOfServiceLevel(MqttQualityOfServiceLevel qualityOfServiceLevel)
    {
        _qualityOfServiceLevel = qualityOfServiceLevel;
        return this;
    }

    public MqttTopicFilterBuilder WithRetainAsPublished(bool value = true)
    {
        _retainAsPublished = value;
        return this;
    }

    public MqttTopicFilterBuilder WithRetainHandling(MqttRetainHandling value)
    {
        _retainHandling = value;
        return this;
    }

    public MqttTopicFilterBuilder WithTopic(string topic)
    {
        _topic = topic;
        return this;
    }
}
