namespace MQTTnet;

/// <summary>A connect begins.</summary>
public sealed class MqttClientConnectingEventArgs(MqttClientOptions clientOptions) : EventArgs
{
    public MqttClientOptions ClientOptions { get; } = clientOptions;
}
