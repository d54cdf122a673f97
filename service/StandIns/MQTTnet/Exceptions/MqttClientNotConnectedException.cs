namespace MQTTnet.Exceptions;

/// <summary>The call needs a connection and there is none.</summary>
public class MqttClientNotConnectedException() : MqttCommunicationException("The MQTT client is not connected.");
