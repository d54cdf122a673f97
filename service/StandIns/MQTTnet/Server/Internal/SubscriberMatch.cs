using MQTTnet.Protocol;

namespace MQTTnet.Server.Internal;

/// <summary>A session that gets a message, once, however many of its filters match.</summary>
/// <param name="Session">Who.</param>
/// <param name="MaximumQoS">The highest that one of the filters was granted.</param>
/// <param name="RetainAsPublished">Whether one of them wants the sender's retain flag.</param>
/// <param name="Identifiers">Of the subscriptions that have one; null for none.</param>
record struct SubscriberMatch(Session Session, MqttQualityOfServiceLevel MaximumQoS, bool RetainAsPublished, List<uint> Identifiers);
