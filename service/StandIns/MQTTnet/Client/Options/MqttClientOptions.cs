using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>Everything about a connection.</summary>
public sealed class MqttClientOptions
{
    public IMqttClientChannelOptions ChannelOptions { get; set; }

    /// <summary>MQTT 3.1.1: no session before nor after; MQTT 5: no session before.</summary>
    public bool CleanSession { get; set; } = true;

    public string ClientId { get; set; } = Guid.NewGuid().ToString("N");
    public IMqttClientCredentialsProvider Credentials { get; set; }
    public TimeSpan KeepAlivePeriod { get; set; } = TimeSpan.FromSeconds(15);
    public uint MaximumPacketSize { get; set; }
    public MqttProtocolVersion ProtocolVersion { get; set; } = MqttProtocolVersion.V500;

    /// <summary>How many messages the server may have in flight unacknowledged; 0 = 65535.</summary>
    public ushort ReceiveMaximum { get; set; }

    /// <summary>Seconds that the server keeps the session after the connection; MQTT 5.</summary>
    public uint SessionExpiryInterval { get; set; }

    /// <summary>For connect, subscribe, unsubscribe and ping where the caller gives no token.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    public ushort TopicAliasMaximum { get; set; }
    public List<MqttUserProperty> UserProperties { get; set; }

    /// <summary>Whether what the protocol version does not know is refused, with a <see cref="NotSupportedException"/>.</summary>
    public bool ValidateFeatures { get; set; } = true;

    public string WillContentType { get; set; }
    public byte[] WillCorrelationData { get; set; }
    public uint WillDelayInterval { get; set; }
    public uint WillMessageExpiryInterval { get; set; }
    public byte[] WillPayload { get; set; }
    public MqttPayloadFormatIndicator WillPayloadFormatIndicator { get; set; }
    public MqttQualityOfServiceLevel WillQualityOfServiceLevel { get; set; }
    public string WillResponseTopic { get; set; }
    public bool WillRetain { get; set; }
    public string WillTopic { get; set; }
    public List<MqttUserProperty> WillUserProperties { get; set; }

    internal MqttConnectPacket ToPacket()
    {
        var packet = new MqttConnectPacket
        {
            ClientId = ClientId,
            Username = Credentials?.GetUserName(this),
            Password = Credentials?.GetPassword(this),
            CleanSession = CleanSession,
            KeepAlivePeriod = (ushort)KeepAlivePeriod.TotalSeconds,
            MaximumPacketSize = MaximumPacketSize,
            ReceiveMaximum = ReceiveMaximum,
            RequestProblemInformation = true,
            SessionExpiryInterval = SessionExpiryInterval,
            TopicAliasMaximum = TopicAliasMaximum,
            UserProperties = UserProperties,
        };
        if (string.IsNullOrEmpty(WillTopic))
            return packet;
        packet.WillFlag = true;
        packet.WillTopic = WillTopic;
        packet.WillQoS = WillQualityOfServiceLevel;
        packet.WillMessage = WillPayload;
        packet.WillRetain = WillRetain;
        packet.WillDelayInterval = WillDelayInterval;
        packet.WillContentType = WillContentType;
        packet.WillCorrelationData = WillCorrelationData;
        packet.WillResponseTopic = WillResponseTopic;
        packet.WillMessageExpiryInterval = WillMessageExpiryInterval;
        packet.WillPayloadFormatIndicator = WillPayloadFormatIndicator;
        packet.WillUserProperties = WillUserProperties;
        return packet;
    }
}
