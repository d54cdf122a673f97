namespace MQTTnet.Server;

/// <summary>A retained message was set, or, with an empty payload, cleared. What changes nothing is not told.</summary>
public sealed class RetainedMessageChangedEventArgs(
    string clientId, MqttApplicationMessage changedRetainedMessage, List<MqttApplicationMessage> storedRetainedMessages) : EventArgs
{
    public MqttApplicationMessage ChangedRetainedMessage { get; } = changedRetainedMessage ?? throw new ArgumentNullException(nameof(changedRetainedMessage));
    public string ClientId { get; } = clientId ?? throw new ArgumentNullException(nameof(clientId));
    public List<MqttApplicationMessage> StoredRetainedMessages { get; } = storedRetainedMessages ?? throw new ArgumentNullException(nameof(storedRetainedMessages));
}
