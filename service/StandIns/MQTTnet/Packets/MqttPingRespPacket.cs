namespace MQTTnet.Packets;

/// <summary>PINGRESP.</summary>
public sealed class MqttPingRespPacket : MqttPacket
{
    public static readonly MqttPingRespPacket Instance = new();
}
