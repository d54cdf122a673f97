using System.Collections;
using System.Net;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Server;

/// <summary>A client is gone.</summary>
public sealed class ClientDisconnectedEventArgs(
    MqttConnectPacket connectPacket, MqttDisconnectPacket disconnectPacket, MqttClientDisconnectType disconnectType, EndPoint remoteEndPoint, IDictionary sessionItems)
    : EventArgs
{
    public string ClientId => connectPacket.ClientId;
    public MqttClientDisconnectType DisconnectType { get; } = disconnectType;

    /// <summary>What the client's DISCONNECT said; null when it sent none.</summary>
    public MqttDisconnectReasonCode? ReasonCode => disconnectPacket?.ReasonCode;

    public string ReasonString => disconnectPacket?.ReasonString;
    public EndPoint RemoteEndPoint { get; } = remoteEndPoint;
    public uint SessionExpiryInterval => disconnectPacket?.SessionExpiryInterval ?? 0;
    public IDictionary SessionItems { get; } = sessionItems ?? throw new ArgumentNullException(nameof(sessionItems));
    public string UserName => connectPacket.Username;
    public List<MqttUserProperty> UserProperties => disconnectPacket?.UserProperties;
}
