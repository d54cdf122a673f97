using System.Net;
using System.Net.Sockets;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;

namespace MQTTnet.Server.Internal.Adapter;

/// <summary>Listens on the endpoints that the options name.</summary>
public sealed class MqttTcpServerAdapter : IMqttServerAdapter
{
    readonly List<TcpEndpoint> _endpoints = [];

    public Func<IMqttChannelAdapter, Task> ClientHandler { get; set; }

    /// <exception cref="SocketException">An endpoint cannot be listened on.</exception>
    /// <exception cref="ArgumentException">TLS is wanted without a certificate.</exception>
    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        if (_endpoints.Count > 0)
            throw new InvalidOperationException("Server is already started.");
        if (options.DefaultEndpointOptions.IsEnabled)
            Listen(options.DefaultEndpointOptions, options, logger);
        if (options.TlsEndpointOptions.IsEnabled)
        {
            if (options.TlsEndpointOptions.CertificateProvider is null)
                throw new ArgumentException("TLS certificate is not set.");
            Listen(options.TlsEndpointOptions, options, logger);
        }
        return Task.CompletedTask;
    }

    public Task StopAsync()
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var endpoint in _endpoints)
            endpoint.Dispose();
        _endpoints.Clear();
    }

    void Listen(MqttServerTcpEndpointBaseOptions endpointOptions, MqttServerOptions options, IMqttNetLogger logger)
    {
        foreach (var (family, address) in new[]
        {
            (AddressFamily.InterNetwork, endpointOptions.BoundInterNetworkAddress),
            (AddressFamily.InterNetworkV6, endpointOptions.BoundInterNetworkV6Address),
        })
        {
            if (!address.Equals(IPAddress.None))
                _endpoints.Add(TcpEndpoint.Start(family, address, endpointOptions, options, logger, adapter => ClientHandler?.Invoke(adapter) ?? Task.CompletedTask));
        }
    }
}
