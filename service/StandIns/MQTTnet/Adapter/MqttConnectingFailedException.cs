using MQTTnet.Exceptions;

namespace MQTTnet.Adapter;

/// <summary>The transport stands but the MQTT handshake failed.</summary>
public sealed class MqttConnectingFailedException(string message, Exception innerException)
    : MqttCommunicationException(message, innerException);
