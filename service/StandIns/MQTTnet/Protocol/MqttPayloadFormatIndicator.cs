namespace MQTTnet.Protocol;

/// <summary>Whether a payload is UTF-8 text (MQTT 5).</summary>
public enum MqttPayloadFormatIndicator
{
    Unspecified = 0,
    CharacterData = 1,
}
