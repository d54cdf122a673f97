namespace MQTTnet.Protocol;

/// <summary>How hard delivery is tried, between one client and the server.</summary>
public enum MqttQualityOfServiceLevel
{
    AtMostOnce = 0,
    AtLeastOnce = 1,
    ExactlyOnce = 2,
}
