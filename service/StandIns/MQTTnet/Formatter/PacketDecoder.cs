using System.Buffers;
using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Id = MQTTnet.Protocol.MqttPropertyId;

namespace MQTTnet.Formatter;

/// <summary>Bytes to packets. Whatever the protocol forbids is a <see cref="MqttProtocolViolationException"/>, which ends the connection.</summary>
sealed class PacketDecoder
{
    static readonly ulong OfConnect = PacketProperties.Set(
        Id.SessionExpiryInterval, Id.AuthenticationMethod, Id.AuthenticationData, Id.ReceiveMaximum, Id.TopicAliasMaximum,
        Id.MaximumPacketSize, Id.RequestResponseInformation, Id.RequestProblemInformation);
    static readonly ulong OfWill = PacketProperties.Set(
        Id.PayloadFormatIndicator, Id.MessageExpiryInterval, Id.ResponseTopic, Id.CorrelationData, Id.ContentType, Id.WillDelayInterval);
    static readonly ulong OfConnAck = PacketProperties.Set(
        Id.SessionExpiryInterval, Id.AuthenticationMethod, Id.AuthenticationData, Id.RetainAvailable, Id.ReceiveMaximum, Id.MaximumQoS,
        Id.AssignedClientIdentifier, Id.TopicAliasMaximum, Id.ReasonString, Id.MaximumPacketSize, Id.WildcardSubscriptionAvailable,
        Id.SubscriptionIdentifiersAvailable, Id.SharedSubscriptionAvailable, Id.ServerKeepAlive, Id.ResponseInformation, Id.ServerReference);
    static readonly ulong OfPublish = PacketProperties.Set(
        Id.PayloadFormatIndicator, Id.MessageExpiryInterval, Id.TopicAlias, Id.ResponseTopic, Id.CorrelationData, Id.SubscriptionIdentifier, Id.ContentType);
    static readonly ulong OfAcknowledgement = PacketProperties.Set(Id.ReasonString);
    static readonly ulong OfSubscribe = PacketProperties.Set(Id.SubscriptionIdentifier);
    static readonly ulong OfUnsubscribe = PacketProperties.Set();
    static readonly ulong OfDisconnect = PacketProperties.Set(Id.SessionExpiryInterval, Id.ReasonString, Id.ServerReference);

    // A device publishes to the same few topics for ever: one string for each run of equal topics.
    byte[] _lastTopicBytes = [];
    string _lastTopic = "";

    public MqttPacket Decode(byte firstByte, ReadOnlySpan<byte> body, MqttProtocolVersion version)
    {
        var type = (MqttControlPacketType)(firstByte >> 4);
        var v5 = version == MqttProtocolVersion.V500;
        if (type != MqttControlPacketType.Publish)
        {
            var flags = type is MqttControlPacketType.PubRel or MqttControlPacketType.Subscribe or MqttControlPacketType.Unsubscribe ? 2 : 0;
            if ((firstByte & 0x0F) != flags)
                throw new MqttProtocolViolationException($"The flags of a {type} packet are invalid [MQTT-2.1.3-1].");
        }
        var reader = new PacketReader(body);
        return type switch
        {
            MqttControlPacketType.Connect => Connect(ref reader, v5),
            MqttControlPacketType.ConnAck => ConnAck(ref reader, v5),
            MqttControlPacketType.Publish => Publish(ref reader, v5, firstByte),
            MqttControlPacketType.PubAck => Acknowledgement(ref reader, v5, (id, code, with) => new MqttPubAckPacket
                { PacketIdentifier = id, ReasonCode = (MqttPubAckReasonCode)code, ReasonString = with.ReasonString, UserProperties = with.User }),
            MqttControlPacketType.PubRec => Acknowledgement(ref reader, v5, (id, code, with) => new MqttPubRecPacket
                { PacketIdentifier = id, ReasonCode = (MqttPubRecReasonCode)code, ReasonString = with.ReasonString, UserProperties = with.User }),
            MqttControlPacketType.PubRel => Acknowledgement(ref reader, v5, (id, code, with) => new MqttPubRelPacket
                { PacketIdentifier = id, ReasonCode = (MqttPubRelReasonCode)code, ReasonString = with.ReasonString, UserProperties = with.User }),
            MqttControlPacketType.PubComp => Acknowledgement(ref reader, v5, (id, code, with) => new MqttPubCompPacket
                { PacketIdentifier = id, ReasonCode = (MqttPubCompReasonCode)code, ReasonString = with.ReasonString, UserProperties = with.User }),
            MqttControlPacketType.Subscribe => Subscribe(ref reader, v5),
            MqttControlPacketType.SubAck => SubAck(ref reader, v5),
            MqttControlPacketType.Unsubscribe => Unsubscribe(ref reader, v5),
            MqttControlPacketType.UnsubAck => UnsubAck(ref reader, v5),
            MqttControlPacketType.PingReq => MqttPingReqPacket.Instance,
            MqttControlPacketType.PingResp => MqttPingRespPacket.Instance,
            MqttControlPacketType.Disconnect => Disconnect(ref reader, v5),
            _ => throw new MqttProtocolViolationException($"Packet type ({(int)type}) not supported."),
        };
    }

    static MqttConnectPacket Connect(ref PacketReader reader, bool v5)
    {
        reader.String(); // name and level were looked at when the version was found
        var level = reader.Byte();
        var flags = reader.Byte();
        if ((flags & 0x01) != 0)
            throw new MqttProtocolViolationException("The first bit of the Connect Flags must be set to 0.");
        var packet = new MqttConnectPacket
        {
            TryPrivate = (level & 0x80) != 0,
            CleanSession = (flags & 0x02) != 0,
            WillFlag = (flags & 0x04) != 0,
            WillQoS = QoS((flags >> 3) & 3),
            WillRetain = (flags & 0x20) != 0,
            KeepAlivePeriod = reader.UInt16(),
        };
        if (!packet.WillFlag && (flags & 0x38) != 0)
            throw new MqttProtocolViolationException("Will QoS and Will Retain without a will [MQTT-3.1.2-11].");
        if (v5)
        {
            var with = PacketProperties.Read(ref reader, OfConnect);
            packet.SessionExpiryInterval = with.SessionExpiryInterval;
            packet.AuthenticationMethod = with.AuthenticationMethod;
            packet.AuthenticationData = with.AuthenticationData;
            packet.ReceiveMaximum = with.ReceiveMaximum;
            packet.TopicAliasMaximum = with.TopicAliasMaximum;
            packet.MaximumPacketSize = with.MaximumPacketSize;
            packet.RequestResponseInformation = with.RequestResponseInformation;
            packet.RequestProblemInformation = with.RequestProblemInformation;
            packet.UserProperties = with.User;
        }
        packet.ClientId = reader.String();
        if (packet.WillFlag)
            Will(ref reader, v5, packet);
        if ((flags & 0x80) != 0)
            packet.Username = reader.String();
        if ((flags & 0x40) != 0)
            packet.Password = reader.Binary();
        if (!v5 && packet.ClientId.Length == 0 && !packet.CleanSession)
            throw new MqttProtocolViolationException("CleanSession must be set if ClientId is empty [MQTT-3.1.3-7].");
        return packet;
    }

    static void Will(ref PacketReader reader, bool v5, MqttConnectPacket packet)
    {
        if (v5)
        {
            var with = PacketProperties.Read(ref reader, OfWill);
            packet.WillPayloadFormatIndicator = with.PayloadFormatIndicator;
            packet.WillMessageExpiryInterval = with.MessageExpiryInterval;
            packet.WillResponseTopic = with.ResponseTopic;
            packet.WillCorrelationData = with.CorrelationData;
            packet.WillContentType = with.ContentType;
            packet.WillDelayInterval = with.WillDelayInterval;
            packet.WillUserProperties = with.User;
        }
        packet.WillTopic = reader.String();
        packet.WillMessage = reader.Binary();
        MqttTopicValidator.ThrowIfInvalid(packet.WillTopic);
    }

    static MqttConnAckPacket ConnAck(ref PacketReader reader, bool v5)
    {
        var packet = new MqttConnAckPacket { IsSessionPresent = (reader.Byte() & 1) != 0 };
        if (!v5)
        {
            packet.ReturnCode = (MqttConnectReturnCode)reader.Byte();
            return packet;
        }
        packet.ReasonCode = (MqttConnectReasonCode)reader.Byte();
        packet.ReturnCode = ReturnCodes.From(packet.ReasonCode);
        var with = PacketProperties.Read(ref reader, OfConnAck);
        packet.SessionExpiryInterval = with.SessionExpiryInterval;
        packet.AuthenticationMethod = with.AuthenticationMethod;
        packet.AuthenticationData = with.AuthenticationData;
        packet.RetainAvailable = with.RetainAvailable;
        packet.ReceiveMaximum = with.ReceiveMaximum;
        packet.MaximumQoS = with.MaximumQoS;
        packet.AssignedClientIdentifier = with.AssignedClientIdentifier;
        packet.TopicAliasMaximum = with.TopicAliasMaximum;
        packet.ReasonString = with.ReasonString;
        packet.MaximumPacketSize = with.MaximumPacketSize;
        packet.WildcardSubscriptionAvailable = with.WildcardSubscriptionAvailable;
        packet.SubscriptionIdentifiersAvailable = with.SubscriptionIdentifiersAvailable;
        packet.SharedSubscriptionAvailable = with.SharedSubscriptionAvailable;
        packet.ServerKeepAlive = with.ServerKeepAlive;
        packet.ResponseInformation = with.ResponseInformation;
        packet.ServerReference = with.ServerReference;
        packet.UserProperties = with.User;
        return packet;
    }

    MqttPublishPacket Publish(ref PacketReader reader, bool v5, byte firstByte)
    {
        var packet = new MqttPublishPacket
        {
            Retain = (firstByte & 1) != 0,
            QualityOfServiceLevel = QoS((firstByte >> 1) & 3),
            Dup = (firstByte & 8) != 0,
            Topic = Topic(reader.Take(reader.UInt16())),
        };
        if (packet.QualityOfServiceLevel > MqttQualityOfServiceLevel.AtMostOnce)
            packet.PacketIdentifier = Identifier(ref reader);
        if (v5)
        {
            var with = PacketProperties.Read(ref reader, OfPublish);
            packet.PayloadFormatIndicator = with.PayloadFormatIndicator;
            packet.MessageExpiryInterval = with.MessageExpiryInterval;
            packet.TopicAlias = with.TopicAlias;
            packet.ResponseTopic = with.ResponseTopic;
            packet.CorrelationData = with.CorrelationData;
            packet.SubscriptionIdentifiers = with.SubscriptionIdentifiers;
            packet.ContentType = with.ContentType;
            packet.UserProperties = with.User;
        }
        if (packet.TopicAlias == 0)
            MqttTopicValidator.ThrowIfInvalid(packet.Topic);
        packet.Payload = reader.AtEnd ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(reader.Take(reader.Left).ToArray());
        return packet;
    }

    string Topic(ReadOnlySpan<byte> bytes)
    {
        if (bytes.SequenceEqual(_lastTopicBytes))
            return _lastTopic;
        _lastTopic = PacketReader.Text(bytes);
        _lastTopicBytes = bytes.ToArray();
        return _lastTopic;
    }

    static MqttPacket Acknowledgement(ref PacketReader reader, bool v5, Func<ushort, byte, PacketProperties, MqttPacket> make)
    {
        var id = Identifier(ref reader);
        var code = v5 && !reader.AtEnd ? reader.Byte() : (byte)0;
        return make(id, code, v5 ? PacketProperties.Read(ref reader, OfAcknowledgement) : PacketProperties.None);
    }

    static MqttSubscribePacket Subscribe(ref PacketReader reader, bool v5)
    {
        var packet = new MqttSubscribePacket { PacketIdentifier = Identifier(ref reader) };
        if (v5)
        {
            var with = PacketProperties.Read(ref reader, OfSubscribe);
            packet.SubscriptionIdentifier = with.SubscriptionIdentifiers?[^1] ?? 0;
            packet.UserProperties = with.User;
        }
        while (!reader.AtEnd)
        {
            var topic = reader.String();
            var options = reader.Byte();
            packet.TopicFilters.Add(new MqttTopicFilter
            {
                Topic = topic,
                QualityOfServiceLevel = QoS(options & 3),
                NoLocal = (options & 0x04) != 0,
                RetainAsPublished = (options & 0x08) != 0,
                RetainHandling = (MqttRetainHandling)((options >> 4) & 3),
            });
        }
        return packet.TopicFilters.Count > 0 ? packet : throw new MqttProtocolViolationException("At least one topic filter must be set [MQTT-3.8.3-3].");
    }

    static MqttSubAckPacket SubAck(ref PacketReader reader, bool v5)
    {
        var packet = new MqttSubAckPacket { PacketIdentifier = Identifier(ref reader), ReasonCodes = [] };
        if (v5)
        {
            var with = PacketProperties.Read(ref reader, OfAcknowledgement);
            packet.ReasonString = with.ReasonString;
            packet.UserProperties = with.User;
        }
        while (!reader.AtEnd)
            packet.ReasonCodes.Add((MqttSubscribeReasonCode)reader.Byte());
        return packet;
    }

    static MqttUnsubscribePacket Unsubscribe(ref PacketReader reader, bool v5)
    {
        var packet = new MqttUnsubscribePacket { PacketIdentifier = Identifier(ref reader) };
        if (v5)
            packet.UserProperties = PacketProperties.Read(ref reader, OfUnsubscribe).User;
        while (!reader.AtEnd)
            packet.TopicFilters.Add(reader.String());
        return packet.TopicFilters.Count > 0 ? packet : throw new MqttProtocolViolationException("At least one topic filter must be set [MQTT-3.10.3-2].");
    }

    static MqttUnsubAckPacket UnsubAck(ref PacketReader reader, bool v5)
    {
        var packet = new MqttUnsubAckPacket { PacketIdentifier = Identifier(ref reader) };
        if (!v5)
            return packet;
        var with = PacketProperties.Read(ref reader, OfAcknowledgement);
        packet.ReasonString = with.ReasonString;
        packet.UserProperties = with.User;
        packet.ReasonCodes = [];
        while (!reader.AtEnd)
            packet.ReasonCodes.Add((MqttUnsubscribeReasonCode)reader.Byte());
        return packet;
    }

    static MqttDisconnectPacket Disconnect(ref PacketReader reader, bool v5)
    {
        if (!v5 || reader.AtEnd)
            return new MqttDisconnectPacket();
        var code = (MqttDisconnectReasonCode)reader.Byte();
        var with = PacketProperties.Read(ref reader, OfDisconnect);
        return new MqttDisconnectPacket
        {
            ReasonCode = code,
            ReasonString = with.ReasonString,
            ServerReference = with.ServerReference,
            SessionExpiryInterval = with.SessionExpiryInterval,
            UserProperties = with.User,
        };
    }

    static ushort Identifier(ref PacketReader reader)
    {
        var id = reader.UInt16();
        return id > 0 ? id : throw new MqttProtocolViolationException("The packet identifier is 0 [MQTT-2.2.1-3].");
    }

    static MqttQualityOfServiceLevel QoS(int value) => value <= 2
        ? (MqttQualityOfServiceLevel)value
        : throw new MqttProtocolViolationException("There is no QoS 3 [MQTT-3.3.1-4].");
}
