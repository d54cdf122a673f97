using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>A connection ended, or did not come about.</summary>
public sealed class MqttClientDisconnectedEventArgs(
    bool clientWasConnected,
    MqttClientConnectResult connectResult,
    MqttClientDisconnectReason reason,
    string reasonString,
    List<MqttUserProperty> userProperties,
    Exception exception) : EventArgs
{
    public bool ClientWasConnected { get; } = clientWasConnected;

    /// <summary>The refusal; null otherwise.</summary>
    public MqttClientConnectResult ConnectResult { get; } = connectResult;

    /// <summary>null when it was meant, or when the other side just closed.</summary>
    public Exception Exception { get; } = exception;

    public MqttClientDisconnectReason Reason { get; } = reason;
    public string ReasonString { get; } = reasonString;
    public List<MqttUserProperty> UserProperties { get; } = userProperties;
}
