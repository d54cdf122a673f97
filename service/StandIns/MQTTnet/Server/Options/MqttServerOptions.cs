namespace MQTTnet.Server;

/// <summary>Everything about a server. It has no limit on packets: a program that wants one brings its own <see cref="IMqttServerAdapter"/>.</summary>
public sealed class MqttServerOptions
{
    public TimeSpan DefaultCommunicationTimeout { get; set; } = TimeSpan.FromSeconds(100);
    public MqttServerTcpEndpointOptions DefaultEndpointOptions { get; } = new();
    public bool EnablePersistentSessions { get; set; }
    public MqttServerKeepAliveOptions KeepAliveOptions { get; } = new();

    /// <summary>Messages that wait for one session, on their way to the network; those in flight are not among them.</summary>
    public int MaxPendingMessagesPerClient { get; set; } = 1000;

    public MqttPendingMessagesOverflowStrategy PendingMessagesOverflowStrategy { get; set; }
    public MqttServerTlsTcpEndpointOptions TlsEndpointOptions { get; } = new();
}
