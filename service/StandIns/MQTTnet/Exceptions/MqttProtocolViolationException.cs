namespace MQTTnet.Exceptions;

/// <summary>Somebody, this program included, does not keep the protocol.</summary>
public class MqttProtocolViolationException(string message) : Exception(message);
