using System.Net;
using MQTTnet.Formatter;
using MQTTnet.Server.Internal;

namespace MQTTnet.Server;

/// <summary>A client that is connected. Sent and received are told from its own view.</summary>
public sealed class MqttClientStatus
{
    readonly ConnectedClient _client;

    internal MqttClientStatus(ConnectedClient client)
    {
        _client = client;
        Session = new MqttSessionStatus(client.Session);
    }

    public long BytesReceived => _client.ChannelAdapter.BytesReceived;
    public long BytesSent => _client.ChannelAdapter.BytesSent;
    public DateTime ConnectedTimestamp => _client.ConnectedTimestamp;
    public string Id => _client.Id;
    public DateTime LastPacketSentTimestamp => DateTime.UtcNow - _client.Silence;
    public MqttProtocolVersion ProtocolVersion => _client.ChannelAdapter.PacketFormatterAdapter.ProtocolVersion;
    public EndPoint RemoteEndPoint => _client.RemoteEndPoint;
    public MqttSessionStatus Session { get; set; }

    public Task DisconnectAsync(MqttServerClientDisconnectOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return _client.Stop(options);
    }
}
