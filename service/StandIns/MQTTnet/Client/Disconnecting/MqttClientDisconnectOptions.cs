using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>What a DISCONNECT says (MQTT 5 but for the mere act).</summary>
public sealed class MqttClientDisconnectOptions
{
    public MqttClientDisconnectOptionsReason Reason { get; set; }
    public string ReasonString { get; set; }

    /// <summary>Seconds; 0 = as at CONNECT.</summary>
    public uint SessionExpiryInterval { get; set; }

    public List<MqttUserProperty> UserProperties { get; set; }
}
