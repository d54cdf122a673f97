namespace MQTTnet;

/// <summary>The server accepted.</summary>
public sealed class MqttClientConnectedEventArgs(MqttClientConnectResult connectResult) : EventArgs
{
    public MqttClientConnectResult ConnectResult { get; } = connectResult ?? throw new ArgumentNullException(nameof(connectResult));
}
