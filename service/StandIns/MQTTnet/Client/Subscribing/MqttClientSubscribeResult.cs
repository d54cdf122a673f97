using MQTTnet.Exceptions;
using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>The server's answer to SUBSCRIBE, one item a filter. A refused filter is no exception.</summary>
public sealed class MqttClientSubscribeResult(
    ushort packetIdentifier, IReadOnlyCollection<MqttClientSubscribeResultItem> items, string reasonString, IReadOnlyCollection<MqttUserProperty> userProperties)
{
    public IReadOnlyCollection<MqttClientSubscribeResultItem> Items { get; } = items ?? throw new ArgumentNullException(nameof(items));
    public ushort PacketIdentifier { get; } = packetIdentifier;
    public string ReasonString { get; } = reasonString;
    public IReadOnlyCollection<MqttUserProperty> UserProperties { get; } = userProperties ?? throw new ArgumentNullException(nameof(userProperties));

    internal static MqttClientSubscribeResult From(MqttSubscribePacket request, MqttSubAckPacket ack)
    {
        if (ack.ReasonCodes.Count != request.TopicFilters.Count)
            throw new MqttProtocolViolationException("The reason codes are not matching the topic filters [MQTT-3.9.3-1].");
        var items = request.TopicFilters.Zip(ack.ReasonCodes, (filter, code) => new MqttClientSubscribeResultItem(filter, (MqttClientSubscribeResultCode)code));
        return new MqttClientSubscribeResult(ack.PacketIdentifier, items.ToList(), ack.ReasonString, ack.UserProperties ?? []);
    }
}
