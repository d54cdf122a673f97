namespace MQTTnet.Packets;

/// <summary>One control packet, decoded.</summary>
public abstract class MqttPacket;
