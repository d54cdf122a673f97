using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Channel;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Implementations;
using MQTTnet.Server;

namespace SitSense.StandIns.Tests.Mqtt;

/// <summary>
/// An endpoint of a program's own, which is how a server of the package gets a limit on packets: it has no option for one.
/// </summary>
sealed class OwnEndpoint(int maxPacketBytes) : IMqttServerAdapter
{
    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    public int Port { get; private set; }

    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Listen(options.DefaultEndpointOptions.ConnectionBacklog);
        Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
        _ = Task.Run(() => Accept(logger));
        return Task.CompletedTask;
    }

    public Task StopAsync()
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _socket.Dispose();

    async Task Accept(IMqttNetLogger logger)
    {
        try
        {
            while (await _socket.AcceptAsync() is { } client)
                _ = Task.Run(() => Serve(client, logger));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }

    async Task Serve(Socket client, IMqttNetLogger logger)
    {
        using var _ = client;
        var channel = new Limited(new MqttTcpChannel(new NetworkStream(client, true), client.LocalEndPoint, client.RemoteEndPoint, null), maxPacketBytes);
        using var adapter = new MqttChannelAdapter(channel, new MqttPacketFormatterAdapter(new MqttBufferWriter(4096, 65535)), logger);
        if (ClientHandler is { } serve)
            await serve(adapter);
    }

    /// <summary>Follows the packets by their headers, and fails before the body of one that is too big is read.</summary>
    sealed class Limited(IMqttChannel inner, int maxPacketBytes) : IMqttChannel
    {
        int _headerBytes;
        int _bodyBytes;
        int _length;

        public X509Certificate2? ClientCertificate => inner.ClientCertificate;

        public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

        public EndPoint LocalEndPoint => inner.LocalEndPoint;

        public bool IsSecureConnection => inner.IsSecureConnection;

        public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

        public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

        public void Dispose() => inner.Dispose();

        public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            var read = await inner.ReadAsync(buffer, offset, count, cancellationToken);
            for (var at = offset; at < offset + read;)
            {
                if (_bodyBytes > 0)
                {
                    var skipped = Math.Min(_bodyBytes, offset + read - at);
                    (_bodyBytes, at) = (_bodyBytes - skipped, at + skipped);
                    continue;
                }
                var next = buffer[at++];
                if (_headerBytes++ > 0)
                    _length |= (next & 0x7F) << (7 * (_headerBytes - 2));
                if (_length + _headerBytes > maxPacketBytes)
                    throw new MqttCommunicationException("The packet is too big.");
                if (_headerBytes > 1 && (next < 0x80 || _headerBytes == 5))
                    (_bodyBytes, _headerBytes, _length) = (_length, 0, 0);
            }
            return read;
        }

        public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken) =>
            inner.WriteAsync(buffer, isEndOfPacket, cancellationToken);
    }
}
