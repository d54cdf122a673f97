namespace MQTTnet.Protocol;

/// <summary>The registered TCP ports.</summary>
public static class MqttPorts
{
    public const int Default = 1883;
    public const int Secure = 8883;
}
