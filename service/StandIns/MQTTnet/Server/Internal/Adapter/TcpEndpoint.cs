using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;

namespace MQTTnet.Server.Internal.Adapter;

/// <summary>One listening socket, and the TLS of those who come to it.</summary>
sealed class TcpEndpoint : IDisposable
{
    /// <summary>Before the next try when no connection can be accepted, for instance for want of handles.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly CancellationTokenSource _stopping = new();
    readonly Socket _socket;
    readonly MqttServerTcpEndpointBaseOptions _endpoint;
    readonly MqttServerOptions _options;
    readonly IMqttNetLogger _rootLogger;
    readonly SourceLogger _logger;
    readonly Func<IMqttChannelAdapter, Task> _serve;

    TcpEndpoint(
        Socket socket, MqttServerTcpEndpointBaseOptions endpoint, MqttServerOptions options, IMqttNetLogger logger, Func<IMqttChannelAdapter, Task> serve)
    {
        (_socket, _endpoint, _options, _rootLogger, _serve) = (socket, endpoint, options, logger, serve);
        _logger = new SourceLogger(logger, nameof(MqttTcpServerAdapter));
    }

    public static TcpEndpoint Start(
        AddressFamily family,
        IPAddress address,
        MqttServerTcpEndpointBaseOptions endpoint,
        MqttServerOptions options,
        IMqttNetLogger logger,
        Func<IMqttChannelAdapter, Task> serve)
    {
        var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endpoint.ReuseAddress)
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            if (endpoint.KeepAlive is { } keepAlive)
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, keepAlive);
            socket.Bind(new IPEndPoint(address, endpoint.Port));
            socket.Listen(endpoint.ConnectionBacklog);
            endpoint.Port = ((IPEndPoint)socket.LocalEndPoint).Port;
            var listening = new TcpEndpoint(socket, endpoint, options, logger, serve);
            _ = Task.Run(listening.Accept);
            return listening;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _socket.Dispose();
    }

    async Task Accept()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var client = await _socket.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                _ = Task.Run(() => Serve(client));
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                _logger.Error(exception, "Error while accepting TCP connection");
                await Task.Delay(Pause).ConfigureAwait(false);
            }
        }
    }

    async Task Serve(Socket client)
    {
        try
        {
            using var socket = client;
            var (local, remote) = (client.LocalEndPoint, client.RemoteEndPoint);
            client.NoDelay = _endpoint.NoDelay;
            await using Stream plain = new NetworkStream(client, ownsSocket: true);
            var (stream, certificate) = _endpoint is MqttServerTlsTcpEndpointOptions tls ? await Wrap(plain, tls).ConfigureAwait(false) : (plain, null);
            using var adapter = new MqttChannelAdapter(
                new MqttTcpChannel(stream, local, remote, certificate), new MqttPacketFormatterAdapter(new MqttBufferWriter(4096, 65535)), _rootLogger);
            await _serve(adapter).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (!_stopping.IsCancellationRequested)
                _logger.Error(exception, "Error while handling TCP client connection");
        }
    }

    async Task<(Stream Stream, X509Certificate2 ClientCertificate)> Wrap(Stream plain, MqttServerTlsTcpEndpointOptions tls)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        timeout.CancelAfter(_options.DefaultCommunicationTimeout);
        var stream = new SslStream(plain, false, tls.RemoteCertificateValidationCallback);
        await stream.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = tls.CertificateProvider.GetCertificate(),
                ClientCertificateRequired = tls.ClientCertificateRequired,
                EnabledSslProtocols = tls.SslProtocol,
                CertificateRevocationCheckMode = tls.CheckCertificateRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck,
            },
            timeout.Token).ConfigureAwait(false);
        return (stream, stream.RemoteCertificate as X509Certificate2);
    }
}
