namespace MQTTnet.Server;

/// <summary>How often silent clients are looked for.</summary>
public sealed class MqttServerKeepAliveOptions
{
    public TimeSpan MonitorInterval { get; set; } = TimeSpan.FromMilliseconds(500);
}
