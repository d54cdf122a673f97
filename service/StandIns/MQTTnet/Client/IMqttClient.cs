namespace MQTTnet;

/// <summary>
/// A client. Publish, subscribe, unsubscribe and ping may be called from several threads at once; connect and disconnect may not.
/// It never connects again by itself.
/// </summary>
public interface IMqttClient : IDisposable
{
    /// <summary>Handlers run one message at a time; the message is acknowledged when they return, see <see cref="MqttApplicationMessageReceivedEventArgs.AutoAcknowledge"/>.</summary>
    event Func<MqttApplicationMessageReceivedEventArgs, Task> ApplicationMessageReceivedAsync;

    event Func<MqttClientConnectedEventArgs, Task> ConnectedAsync;

    event Func<MqttClientConnectingEventArgs, Task> ConnectingAsync;

    /// <summary>Raised on a task of its own after every end of a connection, and after a connect that failed.</summary>
    event Func<MqttClientDisconnectedEventArgs, Task> DisconnectedAsync;

    bool IsConnected { get; }

    MqttClientOptions Options { get; }

    /// <summary>A refusal by the server is no exception: see <see cref="MqttClientConnectResult.ResultCode"/>.</summary>
    /// <exception cref="InvalidOperationException">It is connected already, or connects.</exception>
    /// <exception cref="Exceptions.MqttCommunicationException">The server cannot be reached, or speaks no MQTT.</exception>
    Task<MqttClientConnectResult> ConnectAsync(MqttClientOptions options, CancellationToken cancellationToken = default);

    Task DisconnectAsync(MqttClientDisconnectOptions options, CancellationToken cancellationToken = default);

    Task PingAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends when the message is on its way (QoS 0) or acknowledged. A refusal by the server is no exception.</summary>
    Task<MqttClientPublishResult> PublishAsync(MqttApplicationMessage applicationMessage, CancellationToken cancellationToken = default);

    Task<MqttClientSubscribeResult> SubscribeAsync(MqttClientSubscribeOptions options, CancellationToken cancellationToken = default);

    Task<MqttClientUnsubscribeResult> UnsubscribeAsync(MqttClientUnsubscribeOptions options, CancellationToken cancellationToken = default);
}
