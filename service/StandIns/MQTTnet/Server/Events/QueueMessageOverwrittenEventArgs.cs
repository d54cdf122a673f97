using MQTTnet.Packets;

namespace MQTTnet.Server;

/// <summary>The oldest message of a full queue gave way to a new one.</summary>
public sealed class QueueMessageOverwrittenEventArgs(string receiverClientId, MqttPacket packet) : EventArgs
{
    public MqttPacket Packet { get; } = packet ?? throw new ArgumentNullException(nameof(packet));
    public string ReceiverClientId { get; } = receiverClientId ?? throw new ArgumentNullException(nameof(receiverClientId));
}
