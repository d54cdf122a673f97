using System.Buffers;
using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Id = MQTTnet.Protocol.MqttPropertyId;

namespace MQTTnet.Formatter;

/// <summary>Packets to bytes. What the protocol forbids is a <see cref="MqttProtocolViolationException"/>, and nothing is written.</summary>
sealed class PacketEncoder(MqttBufferWriter body)
{
    const uint MaximumLength = 268_435_455;

    readonly MqttBufferWriter _properties = new(256, 4096);

    /// <returns>The number of bytes written.</returns>
    public int Encode(MqttPacket packet, MqttProtocolVersion version, IBufferWriter<byte> output)
    {
        body.Clear();
        _properties.Clear();
        var firstByte = Body(packet, version);
        var payload = packet is MqttPublishPacket publish ? publish.Payload : default;
        var length = body.Length + payload.Length;
        if (length > MaximumLength)
            throw new MqttProtocolViolationException($"The packet is too large: {length} bytes, where {MaximumLength} are allowed.");
        var target = output.GetSpan(5 + body.Length);
        target[0] = firstByte;
        var header = 1 + MqttBufferWriter.VariableInt((uint)length, target[1..]);
        body.Written.CopyTo(target[header..]);
        output.Advance(header + body.Length);
        foreach (var part in payload)
            output.Write(part.Span);
        return header + (int)length;
    }

    byte Body(MqttPacket packet, MqttProtocolVersion version)
    {
        var v5 = version == MqttProtocolVersion.V500;
        switch (packet)
        {
            case MqttPublishPacket publish:
                return Publish(publish, v5);
            case MqttPubAckPacket ack:
                return Acknowledgement(ack, MqttControlPacketType.PubAck, (byte)ack.ReasonCode, ack.ReasonString, ack.UserProperties, v5);
            case MqttPubRecPacket rec:
                return Acknowledgement(rec, MqttControlPacketType.PubRec, (byte)rec.ReasonCode, rec.ReasonString, rec.UserProperties, v5);
            case MqttPubRelPacket rel:
                return (byte)(2 | Acknowledgement(rel, MqttControlPacketType.PubRel, (byte)rel.ReasonCode, rel.ReasonString, rel.UserProperties, v5));
            case MqttPubCompPacket comp:
                return Acknowledgement(comp, MqttControlPacketType.PubComp, (byte)comp.ReasonCode, comp.ReasonString, comp.UserProperties, v5);
            case MqttConnectPacket connect:
                return Connect(connect, version);
            case MqttConnAckPacket connAck:
                return ConnAck(connAck, version);
            case MqttSubscribePacket subscribe:
                return Subscribe(subscribe, v5);
            case MqttSubAckPacket subAck:
                return SubAck(subAck, v5);
            case MqttUnsubscribePacket unsubscribe:
                return Unsubscribe(unsubscribe, v5);
            case MqttUnsubAckPacket unsubAck:
                return UnsubAck(unsubAck, v5);
            case MqttDisconnectPacket disconnect:
                return Disconnect(disconnect, v5);
            case MqttPingReqPacket:
                return First(MqttControlPacketType.PingReq);
            case MqttPingRespPacket:
                return First(MqttControlPacketType.PingResp);
            default:
                throw new MqttProtocolViolationException("Packet type invalid.");
        }
    }

    byte Publish(MqttPublishPacket packet, bool v5)
    {
        if (packet.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce && packet.Dup)
            throw new MqttProtocolViolationException("Dup flag must be false for QoS 0 packets [MQTT-3.3.1-2].");
        body.String(packet.Topic);
        if (packet.QualityOfServiceLevel > MqttQualityOfServiceLevel.AtMostOnce)
            Identifier(packet);
        if (v5)
        {
            _properties.Property(Id.ContentType, packet.ContentType);
            _properties.Property(Id.CorrelationData, packet.CorrelationData);
            _properties.Property(Id.MessageExpiryInterval, packet.MessageExpiryInterval);
            PayloadFormat(packet.PayloadFormatIndicator);
            _properties.Property(Id.ResponseTopic, packet.ResponseTopic);
            if (packet.SubscriptionIdentifiers is { } identifiers)
                foreach (var identifier in identifiers)
                    _properties.SubscriptionIdentifier(identifier);
            _properties.Properties(packet.UserProperties);
            _properties.Property(Id.TopicAlias, packet.TopicAlias);
            Properties();
        }
        return (byte)(First(MqttControlPacketType.Publish) | (packet.Dup ? 8 : 0) | ((int)packet.QualityOfServiceLevel << 1) | (packet.Retain ? 1 : 0));
    }

    byte Acknowledgement(MqttPacketWithIdentifier packet, MqttControlPacketType type, byte reason, string text, List<MqttUserProperty> user, bool v5)
    {
        Identifier(packet);
        if (v5 && (reason != 0 || !string.IsNullOrEmpty(text) || user?.Count > 0))
        {
            body.Byte(reason);
            _properties.Property(Id.ReasonString, text);
            _properties.Properties(user);
            Properties();
        }
        return First(type);
    }

    byte Connect(MqttConnectPacket packet, MqttProtocolVersion version)
    {
        if (string.IsNullOrEmpty(packet.ClientId) && !packet.CleanSession)
            throw new MqttProtocolViolationException("CleanSession must be set if ClientId is empty [MQTT-3.1.3-7].");
        if (packet.Password is not null && packet.Username is null)
            throw new MqttProtocolViolationException("If the User Name Flag is set to 0, the Password Flag MUST be set to 0 [MQTT-3.1.2-22].");
        body.String(version == MqttProtocolVersion.V310 ? "MQIsdp" : "MQTT");
        body.Byte((byte)((int)version | (packet.TryPrivate ? 0x80 : 0)));
        var flags = (packet.CleanSession ? 0x02 : 0) | (packet.Password is null ? 0 : 0x40) | (packet.Username is null ? 0 : 0x80);
        if (packet.WillFlag)
            flags |= 0x04 | ((int)packet.WillQoS << 3) | (packet.WillRetain ? 0x20 : 0);
        body.Byte((byte)flags);
        body.UInt16(packet.KeepAlivePeriod);
        if (version == MqttProtocolVersion.V500)
        {
            _properties.Property(Id.SessionExpiryInterval, packet.SessionExpiryInterval);
            _properties.Property(Id.AuthenticationMethod, packet.AuthenticationMethod);
            _properties.Property(Id.AuthenticationData, packet.AuthenticationData);
            _properties.Property(Id.RequestProblemInformation, packet.RequestProblemInformation, absent: true);
            _properties.Property(Id.RequestResponseInformation, packet.RequestResponseInformation, absent: false);
            _properties.Property(Id.ReceiveMaximum, packet.ReceiveMaximum);
            _properties.Property(Id.TopicAliasMaximum, packet.TopicAliasMaximum);
            _properties.Property(Id.MaximumPacketSize, packet.MaximumPacketSize);
            _properties.Properties(packet.UserProperties);
            Properties();
        }
        body.String(packet.ClientId);
        if (packet.WillFlag)
            Will(packet, version);
        if (packet.Username is not null)
            body.String(packet.Username);
        if (packet.Password is not null)
            body.Binary(packet.Password);
        return First(MqttControlPacketType.Connect);
    }

    void Will(MqttConnectPacket packet, MqttProtocolVersion version)
    {
        if (version == MqttProtocolVersion.V500)
        {
            PayloadFormat(packet.WillPayloadFormatIndicator);
            _properties.Property(Id.MessageExpiryInterval, packet.WillMessageExpiryInterval);
            _properties.Property(Id.ResponseTopic, packet.WillResponseTopic);
            _properties.Property(Id.CorrelationData, packet.WillCorrelationData);
            _properties.Property(Id.ContentType, packet.WillContentType);
            _properties.Property(Id.WillDelayInterval, packet.WillDelayInterval);
            _properties.Properties(packet.WillUserProperties);
            Properties();
        }
        body.String(packet.WillTopic);
        body.Binary(packet.WillMessage);
    }

    byte ConnAck(MqttConnAckPacket packet, MqttProtocolVersion version)
    {
        body.Byte(packet.IsSessionPresent && version != MqttProtocolVersion.V310 ? (byte)1 : (byte)0);
        if (version != MqttProtocolVersion.V500)
        {
            body.Byte((byte)packet.ReturnCode);
            return First(MqttControlPacketType.ConnAck);
        }
        body.Byte((byte)packet.ReasonCode);
        _properties.Property(Id.SessionExpiryInterval, packet.SessionExpiryInterval);
        _properties.Property(Id.AuthenticationMethod, packet.AuthenticationMethod);
        _properties.Property(Id.AuthenticationData, packet.AuthenticationData);
        _properties.Property(Id.RetainAvailable, packet.RetainAvailable, absent: true);
        _properties.Property(Id.ReceiveMaximum, packet.ReceiveMaximum);
        if (packet.MaximumQoS != MqttQualityOfServiceLevel.ExactlyOnce)
            _properties.Property(Id.MaximumQoS, (byte)packet.MaximumQoS);
        _properties.Property(Id.AssignedClientIdentifier, packet.AssignedClientIdentifier);
        _properties.Property(Id.TopicAliasMaximum, packet.TopicAliasMaximum);
        _properties.Property(Id.ReasonString, packet.ReasonString);
        _properties.Property(Id.MaximumPacketSize, packet.MaximumPacketSize);
        _properties.Property(Id.WildcardSubscriptionAvailable, packet.WildcardSubscriptionAvailable, absent: true);
        _properties.Property(Id.SubscriptionIdentifiersAvailable, packet.SubscriptionIdentifiersAvailable, absent: true);
        _properties.Property(Id.SharedSubscriptionAvailable, packet.SharedSubscriptionAvailable, absent: true);
        _properties.Property(Id.ServerKeepAlive, packet.ServerKeepAlive);
        _properties.Property(Id.ResponseInformation, packet.ResponseInformation);
        _properties.Property(Id.ServerReference, packet.ServerReference);
        _properties.Properties(packet.UserProperties);
        Properties();
        return First(MqttControlPacketType.ConnAck);
    }

    byte Subscribe(MqttSubscribePacket packet, bool v5)
    {
        if (packet.TopicFilters is not { Count: > 0 })
            throw new MqttProtocolViolationException("At least one topic filter must be set [MQTT-3.8.3-3].");
        Identifier(packet);
        if (v5)
        {
            if (packet.SubscriptionIdentifier > 0)
                _properties.SubscriptionIdentifier(packet.SubscriptionIdentifier);
            _properties.Properties(packet.UserProperties);
            Properties();
        }
        foreach (var filter in packet.TopicFilters)
        {
            body.String(filter.Topic);
            var options = (int)filter.QualityOfServiceLevel;
            if (v5)
                options |= (filter.NoLocal ? 0x04 : 0) | (filter.RetainAsPublished ? 0x08 : 0) | ((int)filter.RetainHandling << 4);
            body.Byte((byte)options);
        }
        return (byte)(2 | First(MqttControlPacketType.Subscribe));
    }

    byte SubAck(MqttSubAckPacket packet, bool v5)
    {
        Identifier(packet);
        if (v5)
            ReasonProperties(packet.ReasonString, packet.UserProperties);
        foreach (var code in packet.ReasonCodes)
            body.Byte((byte)(v5 || code <= MqttSubscribeReasonCode.GrantedQoS2 ? code : MqttSubscribeReasonCode.UnspecifiedError));
        return First(MqttControlPacketType.SubAck);
    }

    byte Unsubscribe(MqttUnsubscribePacket packet, bool v5)
    {
        if (packet.TopicFilters is not { Count: > 0 })
            throw new MqttProtocolViolationException("At least one topic filter must be set [MQTT-3.10.3-2].");
        Identifier(packet);
        if (v5)
        {
            _properties.Properties(packet.UserProperties);
            Properties();
        }
        foreach (var filter in packet.TopicFilters)
            body.String(filter);
        return (byte)(2 | First(MqttControlPacketType.Unsubscribe));
    }

    byte UnsubAck(MqttUnsubAckPacket packet, bool v5)
    {
        Identifier(packet);
        if (v5)
        {
            ReasonProperties(packet.ReasonString, packet.UserProperties);
            foreach (var code in packet.ReasonCodes)
                body.Byte((byte)code);
        }
        return First(MqttControlPacketType.UnsubAck);
    }

    byte Disconnect(MqttDisconnectPacket packet, bool v5)
    {
        if (v5)
        {
            body.Byte((byte)packet.ReasonCode);
            _properties.Property(Id.ServerReference, packet.ServerReference);
            _properties.Property(Id.SessionExpiryInterval, packet.SessionExpiryInterval);
            ReasonProperties(packet.ReasonString, packet.UserProperties);
        }
        return First(MqttControlPacketType.Disconnect);
    }

    void ReasonProperties(string text, List<MqttUserProperty> user)
    {
        _properties.Property(Id.ReasonString, text);
        _properties.Properties(user);
        Properties();
    }

    void PayloadFormat(MqttPayloadFormatIndicator value)
    {
        if (value != MqttPayloadFormatIndicator.Unspecified)
            _properties.Property(Id.PayloadFormatIndicator, (byte)value);
    }

    /// <summary>Appends the collected properties with their length.</summary>
    void Properties()
    {
        body.VariableInt((uint)_properties.Length);
        body.Bytes(_properties.Written);
        _properties.Clear();
    }

    void Identifier(MqttPacketWithIdentifier packet)
    {
        if (packet.PacketIdentifier == 0)
            throw new MqttProtocolViolationException($"Packet identifier is not set for {packet.GetType().Name}.");
        body.UInt16(packet.PacketIdentifier);
    }

    static byte First(MqttControlPacketType type) => (byte)((int)type << 4);
}
