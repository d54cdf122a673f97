using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Exceptions;

/// <summary>The server sent a DISCONNECT while an answer was awaited.</summary>
public sealed class MqttClientUnexpectedDisconnectReceivedException(MqttDisconnectPacket disconnectPacket, Exception innerException = null)
    : MqttCommunicationException($"Unexpected DISCONNECT (Reason code={disconnectPacket.ReasonCode}) received.", innerException)
{
    public MqttDisconnectReasonCode? ReasonCode { get; } = disconnectPacket.ReasonCode;
    public string ReasonString { get; } = disconnectPacket.ReasonString;
    public string ServerReference { get; } = disconnectPacket.ServerReference;
    public uint? SessionExpiryInterval { get; } = disconnectPacket.SessionExpiryInterval;
    public List<MqttUserProperty> UserProperties { get; } = disconnectPacket.UserProperties;
}
