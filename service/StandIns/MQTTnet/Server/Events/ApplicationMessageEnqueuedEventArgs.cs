namespace MQTTnet.Server;

/// <summary>A message was queued for a subscriber, or dropped because the queue is full.</summary>
public sealed class ApplicationMessageEnqueuedEventArgs(
    string senderClientId, string receiverClientId, MqttApplicationMessage applicationMessage, bool isDropped) : EventArgs
{
    public MqttApplicationMessage ApplicationMessage { get; } = applicationMessage ?? throw new ArgumentNullException(nameof(applicationMessage));
    public bool IsDropped { get; } = isDropped;
    public string ReceiverClientId { get; } = receiverClientId ?? throw new ArgumentNullException(nameof(receiverClientId));
    public string SenderClientId { get; } = senderClientId ?? throw new ArgumentNullException(nameof(senderClientId));
}
