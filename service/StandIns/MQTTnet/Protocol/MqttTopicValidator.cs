using MQTTnet.Exceptions;

namespace MQTTnet.Protocol;

/// <summary>What a topic and a topic filter may look like, as the client checks it before it sends.</summary>
public static class MqttTopicValidator
{
    /// <exception cref="MqttProtocolViolationException">The message has neither a topic alias nor a valid topic.</exception>
    public static void ThrowIfInvalid(MqttApplicationMessage applicationMessage)
    {
        ArgumentNullException.ThrowIfNull(applicationMessage);
        if (applicationMessage.TopicAlias == 0)
            ThrowIfInvalid(applicationMessage.Topic);
    }

    /// <exception cref="MqttProtocolViolationException">The topic is empty or holds a wildcard.</exception>
    public static void ThrowIfInvalid(string topic)
    {
        if (string.IsNullOrEmpty(topic))
            throw new MqttProtocolViolationException("Topic should not be empty.");
        var wildcard = topic.AsSpan().IndexOfAny('+', '#');
        if (wildcard >= 0)
            throw new MqttProtocolViolationException($"The character '{topic[wildcard]}' is not allowed in topics.");
    }

    /// <exception cref="MqttProtocolViolationException">The filter is empty, or has a <c>#</c> that is not its last character.</exception>
    public static void ThrowIfInvalidSubscribe(string topic)
    {
        if (string.IsNullOrEmpty(topic))
            throw new MqttProtocolViolationException("Topic should not be empty.");
        var hash = topic.IndexOf('#');
        if (hash >= 0 && hash != topic.Length - 1)
            throw new MqttProtocolViolationException("The character '#' is only allowed as last character");
    }
}
