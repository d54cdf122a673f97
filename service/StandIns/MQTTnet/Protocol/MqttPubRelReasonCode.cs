namespace MQTTnet.Protocol;

/// <summary>The sender's release of a QoS 2 message (MQTT 5).</summary>
public enum MqttPubRelReasonCode
{
    Success = 0,
    PacketIdentifierNotFound = 146,
}
