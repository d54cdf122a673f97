using MQTTnet.Packets;

namespace MQTTnet.Server.Internal;

/// <summary>What became of a message; the reason is a code of PUBACK and of PUBREC alike.</summary>
readonly record struct DispatchResult(int ReasonCode, bool CloseConnection, string ReasonString, List<MqttUserProperty> UserProperties);
