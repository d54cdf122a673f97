using System.Collections;
using System.Net;
using System.Text;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace MQTTnet.Server;

/// <summary>A client has its CONNACK.</summary>
public sealed class ClientConnectedEventArgs(
    MqttConnectPacket connectPacket, MqttProtocolVersion protocolVersion, EndPoint remoteEndPoint, IDictionary sessionItems) : EventArgs
{
    readonly MqttConnectPacket _connectPacket = connectPacket ?? throw new ArgumentNullException(nameof(connectPacket));

    public string ClientId => _connectPacket.ClientId;
    public string Password => Encoding.UTF8.GetString(_connectPacket.Password.AsSpan());
    public MqttProtocolVersion ProtocolVersion { get; } = protocolVersion;
    public EndPoint RemoteEndPoint { get; } = remoteEndPoint;
    public IDictionary SessionItems { get; } = sessionItems ?? throw new ArgumentNullException(nameof(sessionItems));
    public string UserName => _connectPacket.Username;
    public List<MqttUserProperty> UserProperties => _connectPacket.UserProperties;
}
