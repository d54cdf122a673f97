using MQTTnet.Protocol;

namespace MQTTnet.Formatter;

/// <summary>Says the reasons of MQTT 5 in the few words of MQTT 3.1.1.</summary>
static class ReturnCodes
{
    public static MqttConnectReturnCode From(MqttConnectReasonCode reason) => reason switch
    {
        MqttConnectReasonCode.Success => MqttConnectReturnCode.ConnectionAccepted,
        MqttConnectReasonCode.Banned or MqttConnectReasonCode.NotAuthorized => MqttConnectReturnCode.ConnectionRefusedNotAuthorized,
        MqttConnectReasonCode.BadAuthenticationMethod or MqttConnectReasonCode.BadUserNameOrPassword =>
            MqttConnectReturnCode.ConnectionRefusedBadUsernameOrPassword,
        MqttConnectReasonCode.ClientIdentifierNotValid => MqttConnectReturnCode.ConnectionRefusedIdentifierRejected,
        MqttConnectReasonCode.UseAnotherServer or MqttConnectReasonCode.ServerUnavailable or MqttConnectReasonCode.ServerBusy or MqttConnectReasonCode.ServerMoved =>
            MqttConnectReturnCode.ConnectionRefusedServerUnavailable,
        _ => MqttConnectReturnCode.ConnectionRefusedUnacceptableProtocolVersion,
    };
}
