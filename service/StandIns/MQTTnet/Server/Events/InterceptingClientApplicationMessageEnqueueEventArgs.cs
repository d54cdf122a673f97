namespace MQTTnet.Server;

/// <summary>A message is about to be queued for one subscriber.</summary>
public sealed class InterceptingClientApplicationMessageEnqueueEventArgs(
    string senderClientId, string receiverClientId, MqttApplicationMessage applicationMessage) : EventArgs
{
    public bool AcceptEnqueue { get; set; } = true;
    public MqttApplicationMessage ApplicationMessage { get; } = applicationMessage ?? throw new ArgumentNullException(nameof(applicationMessage));
    public string ReceiverClientId { get; } = receiverClientId ?? throw new ArgumentNullException(nameof(receiverClientId));
    public string SenderClientId { get; } = senderClientId ?? throw new ArgumentNullException(nameof(senderClientId));
}
