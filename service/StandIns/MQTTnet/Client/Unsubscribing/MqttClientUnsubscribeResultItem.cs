namespace MQTTnet;

/// <summary>One topic filter and the server's answer to its removal.</summary>
public sealed class MqttClientUnsubscribeResultItem(string topicFilter, MqttClientUnsubscribeResultCode resultCode)
{
    public MqttClientUnsubscribeResultCode ResultCode { get; } = resultCode;
    public string TopicFilter { get; } = topicFilter ?? throw new ArgumentNullException(nameof(topicFilter));
}
