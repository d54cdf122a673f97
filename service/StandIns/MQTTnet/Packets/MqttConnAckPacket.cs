using MQTTnet.Protocol;

namespace MQTTnet.Packets;

/// <summary>CONNACK.</summary>
public sealed class MqttConnAckPacket : MqttPacket
{
    public string AssignedClientIdentifier { get; set; }
    public byte[] AuthenticationData { get; set; }
    public string AuthenticationMethod { get; set; }
    public bool IsSessionPresent { get; set; }
    public uint MaximumPacketSize { get; set; }
    public MqttQualityOfServiceLevel MaximumQoS { get; set; }
    public MqttConnectReasonCode ReasonCode { get; set; }
    public string ReasonString { get; set; }
    public ushort ReceiveMaximum { get; set; }
    public string ResponseInformation { get; set; }
    public bool RetainAvailable { get; set; }
    public MqttConnectReturnCode ReturnCode { get; set; }
    public ushort ServerKeepAlive { get; set; }
    public string ServerReference { get; set; }
    public uint SessionExpiryInterval { get; set; }
    public bool SharedSubscriptionAvailable { get; set; }
    public bool SubscriptionIdentifiersAvailable { get; set; }
    public ushort TopicAliasMaximum { get; set; }
    public List<MqttUserProperty> UserProperties { get; set; }
    public bool WildcardSubscriptionAvailable { get; set; }
}
