namespace MQTTnet.Protocol;

/// <summary>The end of a QoS 2 delivery (MQTT 5).</summary>
public enum MqttPubCompReasonCode
{
    Success = 0,
    PacketIdentifierNotFound = 146,
}
