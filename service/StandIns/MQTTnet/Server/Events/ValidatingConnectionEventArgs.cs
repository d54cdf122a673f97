using System.Collections;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Server;

/// <summary>A client sent its CONNECT. A handler that throws closes the connection without an answer.</summary>
public sealed class ValidatingConnectionEventArgs(
    MqttConnectPacket connectPacket, IMqttChannelAdapter clientAdapter, IDictionary sessionItems, CancellationToken cancellationToken) : EventArgs
{
    readonly MqttConnectPacket _connectPacket = connectPacket ?? throw new ArgumentNullException(nameof(connectPacket));

    /// <summary>For a client of MQTT 5 that brings no id; one that is given none is refused.</summary>
    public string AssignedClientIdentifier { get; set; }

    public CancellationToken CancellationToken { get; } = cancellationToken;
    public IMqttChannelAdapter ChannelAdapter { get; } = clientAdapter ?? throw new ArgumentNullException(nameof(clientAdapter));
    public bool? CleanSession => _connectPacket.CleanSession;
    public X509Certificate2 ClientCertificate => ChannelAdapter.ClientCertificate;
    public string ClientId => _connectPacket.ClientId;
    public bool IsSecureConnection => ChannelAdapter.IsSecureConnection;
    public ushort? KeepAlivePeriod => _connectPacket.KeepAlivePeriod;
    public uint MaximumPacketSize => _connectPacket.MaximumPacketSize;

    /// <summary>Empty when there is none.</summary>
    public string Password => Encoding.UTF8.GetString(RawPassword ?? []);

    public MqttProtocolVersion ProtocolVersion => ChannelAdapter.PacketFormatterAdapter.ProtocolVersion;
    public byte[] RawPassword => _connectPacket.Password;
    public MqttConnectReasonCode ReasonCode { get; set; }
    public string ReasonString { get; set; }
    public ushort ReceiveMaximum => _connectPacket.ReceiveMaximum;
    public EndPoint RemoteEndPoint => ChannelAdapter.RemoteEndPoint;
    public List<MqttUserProperty> ResponseUserProperties { get; set; }
    public string ServerReference { get; set; }
    public uint SessionExpiryInterval => _connectPacket.SessionExpiryInterval;
    public IDictionary SessionItems { get; } = sessionItems ?? throw new ArgumentNullException(nameof(sessionItems));
    public ushort TopicAliasMaximum => _connectPacket.TopicAliasMaximum;
    public string UserName => _connectPacket.Username;
    public List<MqttUserProperty> UserProperties => _connectPacket.UserProperties;
    public uint WillDelayInterval => _connectPacket.WillDelayInterval;
}
