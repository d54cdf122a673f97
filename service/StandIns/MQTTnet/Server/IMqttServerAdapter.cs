using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;

namespace MQTTnet.Server;

/// <summary>Where connections come from; a program may bring its own.</summary>
public interface IMqttServerAdapter : IDisposable
{
    /// <summary>Serves one connection until it ends; set by the server before <see cref="StartAsync"/>.</summary>
    Func<IMqttChannelAdapter, Task> ClientHandler { get; set; }

    Task StartAsync(MqttServerOptions options, IMqttNetLogger logger);

    Task StopAsync();
}
