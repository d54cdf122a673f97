using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Server.Internal;

/// <summary>One granted filter of one session.</summary>
sealed record Subscription(MqttTopicFilter Filter, MqttQualityOfServiceLevel GrantedQoS, uint Identifier);
