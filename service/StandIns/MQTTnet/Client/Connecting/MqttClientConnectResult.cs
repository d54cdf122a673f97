using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>The server's answer to CONNECT.</summary>
public sealed class MqttClientConnectResult
{
    public string AssignedClientIdentifier { get; init; }
    public byte[] AuthenticationData { get; init; }
    public string AuthenticationMethod { get; init; }

    /// <summary>Whether the server kept the session: the subscriptions stand.</summary>
    public bool IsSessionPresent { get; init; }

    public uint? MaximumPacketSize { get; init; }
    public MqttQualityOfServiceLevel MaximumQoS { get; init; }
    public string ReasonString { get; init; }
    public ushort? ReceiveMaximum { get; init; }
    public string ResponseInformation { get; init; }
    public MqttClientConnectResultCode ResultCode { get; init; }
    public bool RetainAvailable { get; init; }

    /// <summary>Seconds; 0 = the client's own stands.</summary>
    public ushort ServerKeepAlive { get; init; }

    public string ServerReference { get; init; }
    public uint? SessionExpiryInterval { get; init; }
    public bool SharedSubscriptionAvailable { get; init; }
    public bool SubscriptionIdentifiersAvailable { get; init; }
    public ushort TopicAliasMaximum { get; init; }
    public List<MqttUserProperty> UserProperties { get; init; }
    public bool WildcardSubscriptionAvailable { get; init; }

    internal static MqttClientConnectResult From(MqttConnAckPacket packet, MqttProtocolVersion version) => version != MqttProtocolVersion.V500
        ? new MqttClientConnectResult
        {
            RetainAvailable = true,
            WildcardSubscriptionAvailable = true,
            IsSessionPresent = packet.IsSessionPresent,
            ResultCode = ToResultCode(packet.ReturnCode),
        }
        : new MqttClientConnectResult
        {
            IsSessionPresent = packet.IsSessionPresent,
            ResultCode = (MqttClientConnectResultCode)packet.ReasonCode,
            WildcardSubscriptionAvailable = packet.WildcardSubscriptionAvailable,
            RetainAvailable = packet.RetainAvailable,
            AssignedClientIdentifier = packet.AssignedClientIdentifier,
            AuthenticationMethod = packet.AuthenticationMethod,
            AuthenticationData = packet.AuthenticationData,
            MaximumPacketSize = packet.MaximumPacketSize,
            ReasonString = packet.ReasonString,
            ReceiveMaximum = packet.ReceiveMaximum,
            MaximumQoS = packet.MaximumQoS,
            ResponseInformation = packet.ResponseInformation,
            TopicAliasMaximum = packet.TopicAliasMaximum,
            ServerReference = packet.ServerReference,
            ServerKeepAlive = packet.ServerKeepAlive,
            SessionExpiryInterval = packet.SessionExpiryInterval,
            SubscriptionIdentifiersAvailable = packet.SubscriptionIdentifiersAvailable,
            SharedSubscriptionAvailable = packet.SharedSubscriptionAvailable,
            UserProperties = packet.UserProperties,
        };

    static MqttClientConnectResultCode ToResultCode(MqttConnectReturnCode code) => code switch
    {
        MqttConnectReturnCode.ConnectionAccepted => MqttClientConnectResultCode.Success,
        MqttConnectReturnCode.ConnectionRefusedUnacceptableProtocolVersion => MqttClientConnectResultCode.UnsupportedProtocolVersion,
        MqttConnectReturnCode.ConnectionRefusedIdentifierRejected => MqttClientConnectResultCode.ClientIdentifierNotValid,
        MqttConnectReturnCode.ConnectionRefusedServerUnavailable => MqttClientConnectResultCode.ServerUnavailable,
        MqttConnectReturnCode.ConnectionRefusedBadUsernameOrPassword => MqttClientConnectResultCode.BadUserNameOrPassword,
        MqttConnectReturnCode.ConnectionRefusedNotAuthorized => MqttClientConnectResultCode.NotAuthorized,
        _ => throw new MqttProtocolViolationException("Received unexpected return code."),
    };
}
