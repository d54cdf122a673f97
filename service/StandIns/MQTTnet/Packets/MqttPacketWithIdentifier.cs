namespace MQTTnet.Packets;

/// <summary>A packet that belongs to an exchange of several.</summary>
public abstract class MqttPacketWithIdentifier : MqttPacket
{
    /// <summary>1 to 65535; 0 only in a QoS 0 PUBLISH.</summary>
    public ushort PacketIdentifier { get; set; }
}
