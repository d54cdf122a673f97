namespace MQTTnet.Packets;

/// <summary>PINGREQ.</summary>
public sealed class MqttPingReqPacket : MqttPacket
{
    public static readonly MqttPingReqPacket Instance = new();
}
