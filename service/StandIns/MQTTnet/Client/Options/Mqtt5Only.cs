using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>Refuses what a connection of MQTT 3.1.1 could only drop silently.</summary>
static class Mqtt5Only
{
    public static void ThrowIfUsed(MqttClientOptions options)
    {
        if (options.ProtocolVersion == MqttProtocolVersion.V500)
            return;
        Refuse(options.WillContentType?.Length > 0, nameof(options.WillContentType));
        Refuse(options.UserProperties?.Count > 0, nameof(options.UserProperties));
        Refuse(options.ReceiveMaximum > 0, nameof(options.ReceiveMaximum));
        Refuse(options.MaximumPacketSize > 0, nameof(options.MaximumPacketSize));
        Refuse(options.WillPayloadFormatIndicator != MqttPayloadFormatIndicator.Unspecified, nameof(options.WillPayloadFormatIndicator));
        Refuse(options.WillCorrelationData?.Length > 0, nameof(options.WillCorrelationData));
        Refuse(options.WillResponseTopic?.Length > 0, nameof(options.WillResponseTopic));
        Refuse(options.WillDelayInterval > 0, nameof(options.WillDelayInterval));
        Refuse(options.WillMessageExpiryInterval > 0, nameof(options.WillMessageExpiryInterval));
        Refuse(options.WillUserProperties?.Count > 0, nameof(options.WillUserProperties));
    }

    public static void ThrowIfUsed(MqttApplicationMessage message, MqttProtocolVersion version)
    {
        if (version == MqttProtocolVersion.V500)
            return;
        Refuse(message.ContentType?.Length > 0, nameof(message.ContentType));
        Refuse(message.UserProperties?.Count > 0, nameof(message.UserProperties));
        Refuse(message.CorrelationData?.Length > 0, nameof(message.CorrelationData));
        Refuse(message.ResponseTopic?.Length > 0, nameof(message.ResponseTopic));
        Refuse(message.SubscriptionIdentifiers?.Count > 0, nameof(message.SubscriptionIdentifiers));
        Refuse(message.TopicAlias > 0, nameof(message.TopicAlias));
        Refuse(message.PayloadFormatIndicator != MqttPayloadFormatIndicator.Unspecified, nameof(message.PayloadFormatIndicator));
    }

    public static void ThrowIfUsed(MqttClientSubscribeOptions options, MqttProtocolVersion version)
    {
        if (version == MqttProtocolVersion.V500)
            return;
        Refuse(options.UserProperties?.Count > 0, nameof(options.UserProperties));
        Refuse(options.SubscriptionIdentifier != 0, nameof(options.SubscriptionIdentifier));
        Refuse(options.TopicFilters.Any(filter => filter.NoLocal), "NoLocal");
        Refuse(options.TopicFilters.Any(filter => filter.RetainAsPublished), "RetainAsPublished");
        Refuse(options.TopicFilters.Any(filter => filter.RetainHandling != MqttRetainHandling.SendAtSubscribe), "RetainHandling");
    }

    public static void ThrowIfUsed(MqttClientUnsubscribeOptions options, MqttProtocolVersion version) =>
        Refuse(version != MqttProtocolVersion.V500 && options.UserProperties?.Count > 0, nameof(options.UserProperties));

    public static void ThrowIfUsed(MqttClientDisconnectOptions options, MqttProtocolVersion version)
    {
        if (version == MqttProtocolVersion.V500)
            return;
        Refuse(options.ReasonString?.Length > 0, nameof(options.ReasonString));
        Refuse(options.Reason != MqttClientDisconnectOptionsReason.NormalDisconnection, nameof(options.Reason));
    }

    static void Refuse(bool used, string feature)
    {
        if (used)
            throw new NotSupportedException($"Feature {feature} requires MQTT version 5.0.0.");
    }
}
