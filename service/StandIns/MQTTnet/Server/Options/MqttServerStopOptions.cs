using MQTTnet.Protocol;

namespace MQTTnet.Server;

/// <summary>What clients are told when the server stops.</summary>
public sealed class MqttServerStopOptions
{
    public MqttServerClientDisconnectOptions DefaultClientDisconnectOptions { get; set; } =
        new() { ReasonCode = MqttDisconnectReasonCode.ServerShuttingDown };
}
