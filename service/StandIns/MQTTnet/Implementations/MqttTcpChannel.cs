using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;
using MQTTnet.Exceptions;

namespace MQTTnet.Implementations;

/// <summary>A TCP connection with or without TLS: the client's, yet to be made, or a server's over its stream.</summary>
public sealed class MqttTcpChannel : IMqttChannel
{
    readonly MqttClientOptions _clientOptions;
    readonly MqttClientTcpOptions _tcpOptions;
    Stream _stream;

    public MqttTcpChannel(MqttClientOptions clientOptions)
    {
        _clientOptions = clientOptions ?? throw new ArgumentNullException(nameof(clientOptions));
        _tcpOptions = (MqttClientTcpOptions)clientOptions.ChannelOptions;
        IsSecureConnection = _tcpOptions.TlsOptions?.UseTls == true;
    }

    public MqttTcpChannel(Stream stream, EndPoint localEndPoint, EndPoint remoteEndPoint, X509Certificate2 clientCertificate)
    {
        _stream = stream ?? throw new ArgumentNullException(nameof(stream));
        LocalEndPoint = localEndPoint;
        RemoteEndPoint = remoteEndPoint;
        IsSecureConnection = stream is SslStream;
        ClientCertificate = clientCertificate;
    }

    public X509Certificate2 ClientCertificate { get; }

    public bool IsSecureConnection { get; }

    public EndPoint LocalEndPoint { get; private set; }

    public EndPoint RemoteEndPoint { get; private set; }

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = _tcpOptions.AddressFamily == AddressFamily.Unspecified
            ? new Socket(SocketType.Stream, ProtocolType.Tcp)
            : new Socket(_tcpOptions.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (_tcpOptions.LocalEndpoint is not null)
                socket.Bind(_tcpOptions.LocalEndpoint);
            socket.NoDelay = _tcpOptions.NoDelay;
            await Connect(socket, cancellationToken).ConfigureAwait(false);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (IsSecureConnection)
                stream = await ClientTls.Wrap(stream, _tcpOptions, cancellationToken).ConfigureAwait(false);
            (RemoteEndPoint, LocalEndPoint) = (socket.RemoteEndPoint, socket.LocalEndPoint);
            _stream = stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public Task DisconnectAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => Interlocked.Exchange(ref _stream, null)?.Dispose();

    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (_stream is not { } stream)
            return 0;
        return await stream.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).ConfigureAwait(false);
    }

    public async Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var segment in buffer)
                await (_stream ?? throw Closed()).WriteAsync(segment, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            throw Closed();
        }
    }

    async Task Connect(Socket socket, CancellationToken cancellationToken)
    {
        try
        {
            await socket.ConnectAsync(_tcpOptions.RemoteEndpoint, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.TimedOut)
        {
            throw new MqttCommunicationTimedOutException();
        }
        catch (SocketException exception)
        {
            throw new MqttCommunicationException($"Error while connecting host '{_tcpOptions.RemoteEndpoint}'.", exception);
        }
    }

    static MqttCommunicationException Closed() => new("The TCP connection is closed.");
}
