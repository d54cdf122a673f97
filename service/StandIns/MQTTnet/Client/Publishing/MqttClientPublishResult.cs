using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>What became of a message.</summary>
public sealed class MqttClientPublishResult(
    ushort? packetIdentifier, MqttClientPublishReasonCode reasonCode, string reasonString, IReadOnlyCollection<MqttUserProperty> userProperties)
{
    internal static readonly MqttClientPublishResult AtMostOnce = new(null, MqttClientPublishReasonCode.Success, null, []);

    public bool IsSuccess => ReasonCode is MqttClientPublishReasonCode.Success or MqttClientPublishReasonCode.NoMatchingSubscribers;

    /// <summary>null for QoS 0.</summary>
    public ushort? PacketIdentifier { get; } = packetIdentifier;

    public MqttClientPublishReasonCode ReasonCode { get; } = reasonCode;
    public string ReasonString { get; } = reasonString;
    public IReadOnlyCollection<MqttUserProperty> UserProperties { get; } = userProperties;

    internal static MqttClientPublishResult From(MqttPubAckPacket ack) =>
        new(ack.PacketIdentifier, (MqttClientPublishReasonCode)ack.ReasonCode, ack.ReasonString, ack.UserProperties ?? []);

    internal static MqttClientPublishResult From(MqttPubRecPacket received, MqttPubCompPacket complete) =>
        complete.ReasonCode == MqttPubCompReasonCode.PacketIdentifierNotFound
            ? new(complete.PacketIdentifier, MqttClientPublishReasonCode.UnspecifiedError, complete.ReasonString, complete.UserProperties ?? [])
            : new(complete.PacketIdentifier, (MqttClientPublishReasonCode)received.ReasonCode, null, complete.UserProperties ?? []);
}
