using System.Buffers;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>A message with its topic, as the application sees it.</summary>
public sealed class MqttApplicationMessage
{
    public string ContentType { get; set; }
    public byte[] CorrelationData { get; set; }

    /// <summary>Whether this may be a second delivery.</summary>
    public bool Dup { get; set; }

    /// <summary>Seconds; 0 = for ever.</summary>
    public uint MessageExpiryInterval { get; set; }

    public ReadOnlySequence<byte> Payload { get; set; } = ReadOnlySequence<byte>.Empty;

    public ArraySegment<byte> PayloadSegment
    {
        set => Payload = new ReadOnlySequence<byte>(value);
    }

    public MqttPayloadFormatIndicator PayloadFormatIndicator { get; set; }
    public MqttQualityOfServiceLevel QualityOfServiceLevel { get; set; }
    public string ResponseTopic { get; set; }
    public bool Retain { get; set; }
    public List<uint> SubscriptionIdentifiers { get; set; }
    public string Topic { get; set; }
    public ushort TopicAlias { get; set; }
    public List<MqttUserProperty> UserProperties { get; set; }

    internal static MqttApplicationMessage From(MqttPublishPacket packet) => new()
    {
        Topic = packet.Topic,
        Payload = packet.Payload,
        QualityOfServiceLevel = packet.QualityOfServiceLevel,
        Retain = packet.Retain,
        Dup = packet.Dup,
        ResponseTopic = packet.ResponseTopic,
        ContentType = packet.ContentType,
        CorrelationData = packet.CorrelationData,
        MessageExpiryInterval = packet.MessageExpiryInterval,
        SubscriptionIdentifiers = packet.SubscriptionIdentifiers,
        TopicAlias = packet.TopicAlias,
        PayloadFormatIndicator = packet.PayloadFormatIndicator,
        UserProperties = packet.UserProperties,
    };

    internal MqttPublishPacket ToPacket() => new()
    {
        Topic = Topic,
        Payload = Payload,
        QualityOfServiceLevel = QualityOfServiceLevel,
        Retain = Retain,
        Dup = Dup,
        ResponseTopic = ResponseTopic,
        ContentType = ContentType,
        CorrelationData = CorrelationData,
        MessageExpiryInterval = MessageExpiryInterval,
        SubscriptionIdentifiers = SubscriptionIdentifiers,
        TopicAlias = TopicAlias,
        PayloadFormatIndicator = PayloadFormatIndicator,
        UserProperties = UserProperties,
    };
}
