namespace MQTTnet.Protocol;

/// <summary>The receiver's answer to a QoS 1 PUBLISH (MQTT 5).</summary>
public enum MqttPubAckReasonCode
{
    Success = 0,
    NoMatchingSubscribers = 16,
    UnspecifiedError = 128,
    ImplementationSpecificError = 131,
    NotAuthorized = 135,
    TopicNameInvalid = 144,
    PacketIdentifierInUse = 145,
    QuotaExceeded = 151,
    PayloadFormatInvalid = 153,
}
