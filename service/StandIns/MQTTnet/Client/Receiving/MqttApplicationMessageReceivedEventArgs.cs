using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>A message arrived.</summary>
public sealed class MqttApplicationMessageReceivedEventArgs : EventArgs
{
    readonly Func<MqttApplicationMessageReceivedEventArgs, CancellationToken, Task> _acknowledge;
    int _acknowledged;

    public MqttApplicationMessageReceivedEventArgs(
        string clientId,
        MqttApplicationMessage applicationMessage,
        MqttPublishPacket publishPacket,
        Func<MqttApplicationMessageReceivedEventArgs, CancellationToken, Task> acknowledgeHandler)
    {
        ClientId = clientId;
        ApplicationMessage = applicationMessage ?? throw new ArgumentNullException(nameof(applicationMessage));
        PublishPacket = publishPacket ?? throw new ArgumentNullException(nameof(publishPacket));
        _acknowledge = acknowledgeHandler;
    }

    public MqttApplicationMessage ApplicationMessage { get; }

    /// <summary>Whether the message is acknowledged when the handlers return; false leaves it to <see cref="AcknowledgeAsync"/>.</summary>
    public bool AutoAcknowledge { get; set; } = true;

    public string ClientId { get; }
    public bool IsHandled { get; set; }
    public ushort PacketIdentifier => PublishPacket.PacketIdentifier;

    /// <summary>True sends no acknowledgement; the server delivers again to the session's next connection.</summary>
    public bool ProcessingFailed { get; set; }

    public MqttApplicationMessageReceivedReasonCode ReasonCode { get; set; }
    public string ResponseReasonString { get; set; }
    public List<MqttUserProperty> ResponseUserProperties { get; } = [];
    public object Tag { get; set; }
    internal MqttPublishPacket PublishPacket { get; }

    /// <summary>Acknowledges on the connection of this moment, which may be a later one than the message came by.</summary>
    /// <exception cref="InvalidOperationException">It is acknowledged already.</exception>
    public Task AcknowledgeAsync(CancellationToken cancellationToken)
    {
        if (_acknowledge is null)
            throw new NotSupportedException("Deferred acknowledgement of application message is not yet supported in MQTTnet server.");
        if (Interlocked.Exchange(ref _acknowledged, 1) != 0)
            throw new InvalidOperationException("The application message is already acknowledged.");
        return _acknowledge(this, cancellationToken);
    }
}
