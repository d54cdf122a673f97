using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Formatter;

/// <summary>The properties of a received packet, each with the value that stands when it is absent.</summary>
sealed class PacketProperties
{
    public static readonly PacketProperties None = new();

    public string AssignedClientIdentifier { get; private set; }
    public byte[] AuthenticationData { get; private set; }
    public string AuthenticationMethod { get; private set; }
    public string ContentType { get; private set; }
    public byte[] CorrelationData { get; private set; }
    public uint MaximumPacketSize { get; private set; }
    public MqttQualityOfServiceLevel MaximumQoS { get; private set; } = MqttQualityOfServiceLevel.ExactlyOnce;
    public uint MessageExpiryInterval { get; private set; }
    public MqttPayloadFormatIndicator PayloadFormatIndicator { get; private set; }
    public string ReasonString { get; private set; }
    public ushort ReceiveMaximum { get; private set; }
    public bool RequestProblemInformation { get; private set; } = true;
    public bool RequestResponseInformation { get; private set; }
    public string ResponseInformation { get; private set; }
    public string ResponseTopic { get; private set; }
    public bool RetainAvailable { get; private set; } = true;
    public ushort ServerKeepAlive { get; private set; }
    public string ServerReference { get; private set; }
    public uint SessionExpiryInterval { get; private set; }
    public bool SharedSubscriptionAvailable { get; private set; } = true;
    public List<uint> SubscriptionIdentifiers { get; private set; }
    public bool SubscriptionIdentifiersAvailable { get; private set; } = true;
    public ushort TopicAlias { get; private set; }
    public ushort TopicAliasMaximum { get; private set; }
    public List<MqttUserProperty> User { get; private set; }
    public bool WildcardSubscriptionAvailable { get; private set; } = true;
    public uint WillDelayInterval { get; private set; }

    /// <summary>A set of the properties that a packet may carry, beside user properties.</summary>
    public static ulong Set(params ReadOnlySpan<MqttPropertyId> ids)
    {
        var set = 1UL << (int)MqttPropertyId.UserProperty;
        foreach (var id in ids)
            set |= 1UL << (int)id;
        return set;
    }

    /// <summary>Reads the length and the properties; a body that ends before them has none.</summary>
    /// <exception cref="MqttProtocolViolationException">A property is unknown, not allowed here or malformed.</exception>
    public static PacketProperties Read(ref PacketReader body, ulong allowed)
    {
        var length = body.AtEnd ? 0 : body.VariableInt();
        if (length == 0)
            return None;
        var reader = new PacketReader(body.Take((int)length));
        var properties = new PacketProperties();
        while (!reader.AtEnd)
        {
            var id = reader.Byte();
            if (id > 63 || (allowed & (1UL << id)) == 0)
                throw new MqttProtocolViolationException($"Property ID '{(MqttPropertyId)id}' is not supported here.");
            properties.ReadValue((MqttPropertyId)id, ref reader);
        }
        return properties;
    }

    void ReadValue(MqttPropertyId id, ref PacketReader reader)
    {
        switch (id)
        {
            case MqttPropertyId.AssignedClientIdentifier: AssignedClientIdentifier = reader.String(); break;
            case MqttPropertyId.AuthenticationData: AuthenticationData = reader.Binary(); break;
            case MqttPropertyId.AuthenticationMethod: AuthenticationMethod = reader.String(); break;
            case MqttPropertyId.ContentType: ContentType = reader.String(); break;
            case MqttPropertyId.CorrelationData: CorrelationData = reader.Binary(); break;
            case MqttPropertyId.MaximumPacketSize: MaximumPacketSize = reader.UInt32(); break;
            case MqttPropertyId.MaximumQoS: MaximumQoS = (MqttQualityOfServiceLevel)(Flag(ref reader) ? 1 : 0); break;
            case MqttPropertyId.MessageExpiryInterval: MessageExpiryInterval = reader.UInt32(); break;
            case MqttPropertyId.PayloadFormatIndicator: PayloadFormatIndicator = (MqttPayloadFormatIndicator)reader.Byte(); break;
            case MqttPropertyId.ReasonString: ReasonString = reader.String(); break;
            case MqttPropertyId.ReceiveMaximum: ReceiveMaximum = reader.UInt16(); break;
            case MqttPropertyId.RequestProblemInformation: RequestProblemInformation = Flag(ref reader); break;
            case MqttPropertyId.RequestResponseInformation: RequestResponseInformation = Flag(ref reader); break;
            case MqttPropertyId.ResponseInformation: ResponseInformation = reader.String(); break;
            case MqttPropertyId.ResponseTopic: ResponseTopic = reader.String(); break;
            case MqttPropertyId.RetainAvailable: RetainAvailable = Flag(ref reader); break;
            case MqttPropertyId.ServerKeepAlive: ServerKeepAlive = reader.UInt16(); break;
            case MqttPropertyId.ServerReference: ServerReference = reader.String(); break;
            case MqttPropertyId.SessionExpiryInterval: SessionExpiryInterval = reader.UInt32(); break;
            case MqttPropertyId.SharedSubscriptionAvailable: SharedSubscriptionAvailable = Flag(ref reader); break;
            case MqttPropertyId.SubscriptionIdentifier: (SubscriptionIdentifiers ??= []).Add(reader.VariableInt()); break;
            case MqttPropertyId.SubscriptionIdentifiersAvailable: SubscriptionIdentifiersAvailable = Flag(ref reader); break;
            case MqttPropertyId.TopicAlias: TopicAlias = reader.UInt16(); break;
            case MqttPropertyId.TopicAliasMaximum: TopicAliasMaximum = reader.UInt16(); break;
            case MqttPropertyId.UserProperty: (User ??= []).Add(new MqttUserProperty(reader.String(), (ReadOnlyMemory<byte>)reader.Binary())); break;
            case MqttPropertyId.WildcardSubscriptionAvailable: WildcardSubscriptionAvailable = Flag(ref reader); break;
            case MqttPropertyId.WillDelayInterval: WillDelayInterval = reader.UInt32(); break;
        }
    }

    static bool Flag(ref PacketReader reader) => reader.Byte() switch
    {
        0 => false,
        1 => true,
        var other => throw new MqttProtocolViolationException($"A flag is 0 or 1, not {other}."),
    };
}
