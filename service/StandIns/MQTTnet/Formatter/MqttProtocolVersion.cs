namespace MQTTnet.Formatter;

/// <summary>The protocol level of a connection.</summary>
public enum MqttProtocolVersion
{
    Unknown = 0,
    V310 = 3,
    V311 = 4,
    V500 = 5,
}
