using MQTTnet.Exceptions;
using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>The server's answer to UNSUBSCRIBE, one item a filter; MQTT 3.1.1 knows only success.</summary>
public sealed class MqttClientUnsubscribeResult(
    ushort packetIdentifier, IReadOnlyCollection<MqttClientUnsubscribeResultItem> items, string reasonString, IReadOnlyCollection<MqttUserProperty> userProperties)
{
    public IReadOnlyCollection<MqttClientUnsubscribeResultItem> Items { get; } = items ?? throw new ArgumentNullException(nameof(items));
    public ushort PacketIdentifier { get; } = packetIdentifier;
    public string ReasonString { get; } = reasonString;
    public IReadOnlyCollection<MqttUserProperty> UserProperties { get; } = userProperties ?? throw new ArgumentNullException(nameof(userProperties));

    internal static MqttClientUnsubscribeResult From(MqttUnsubscribePacket request, MqttUnsubAckPacket ack)
    {
        if (ack.ReasonCodes is not null && ack.ReasonCodes.Count != request.TopicFilters.Count)
            throw new MqttProtocolViolationException("The return codes are not matching the topic filters [MQTT-3.9.3-1].");
        var items = request.TopicFilters.Select((filter, i) =>
            new MqttClientUnsubscribeResultItem(filter, (MqttClientUnsubscribeResultCode)(ack.ReasonCodes?[i] ?? 0)));
        return new MqttClientUnsubscribeResult(request.PacketIdentifier, items.ToList(), ack.ReasonString, ack.UserProperties ?? []);
    }
}
