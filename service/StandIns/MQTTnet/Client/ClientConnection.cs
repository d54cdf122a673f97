using System.Threading.Channels;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Implementations;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>One connection of a client, from the TCP connect to its end.</summary>
sealed class ClientConnection
{
    /// <summary>How often the keep-alive is looked at; the shortest period is a second.</summary>
    static readonly TimeSpan KeepAliveCheck = TimeSpan.FromMilliseconds(250);

    readonly MqttClientOptions _options;
    readonly Func<MqttPublishPacket, CancellationToken, Task> _deliver;
    readonly Action<ClientConnection, Exception> _ended;
    readonly SourceLogger _logger;
    readonly MqttChannelAdapter _adapter;
    readonly PendingRequests _pending = new();
    readonly CancellationTokenSource _alive = new();
    readonly Channel<MqttPublishPacket> _messages = System.Threading.Channels.Channel.CreateUnbounded<MqttPublishPacket>(new() { SingleReader = true, SingleWriter = true });
    Task _loops = Task.CompletedTask;
    long _lastSent;

    public ClientConnection(
        MqttClientOptions options, IMqttNetLogger logger, Func<MqttPublishPacket, CancellationToken, Task> deliver, Action<ClientConnection, Exception> ended)
    {
        _options = options;
        _deliver = deliver;
        _ended = ended;
        _logger = new SourceLogger(logger, nameof(MqttClient));
        _adapter = new MqttChannelAdapter(
            new MqttTcpChannel(options), new MqttPacketFormatterAdapter(options.ProtocolVersion, new MqttBufferWriter(4096, 65535)), logger);
    }

    public MqttProtocolVersion Version => _adapter.PacketFormatterAdapter.ProtocolVersion;

    /// <summary>The server's DISCONNECT, if it sent one.</summary>
    public MqttDisconnectPacket DisconnectPacket { get; private set; }

    public async Task<MqttClientConnectResult> Open(CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(_alive.Token, cancellationToken);
        await _adapter.ConnectAsync(linked.Token).ConfigureAwait(false);
        try
        {
            await Send(_options.ToPacket(), linked.Token).ConfigureAwait(false);
            return await _adapter.ReceivePacketAsync(linked.Token).ConfigureAwait(false) switch
            {
                MqttConnAckPacket answer => MqttClientConnectResult.From(answer, Version),
                null => throw new MqttCommunicationException("Connection closed."),
                var other => throw new MqttProtocolViolationException($"Received other packet than CONNACK or AUTH while connecting ({other})."),
            };
        }
        catch (Exception exception)
        {
            throw new MqttConnectingFailedException($"Error while authenticating. {exception.Message}", exception);
        }
    }

    public void Start(TimeSpan keepAlive)
    {
        var token = _alive.Token;
        _loops = Task.WhenAll(
            Task.Run(() => Receive(token), CancellationToken.None),
            Task.Run(() => Deliver(token), CancellationToken.None),
            keepAlive > TimeSpan.Zero ? Task.Run(() => KeepAlive(keepAlive, token), CancellationToken.None) : Task.CompletedTask);
    }

    public Task Send(MqttPacket packet, CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _lastSent, Environment.TickCount64);
        return _adapter.SendPacketAsync(packet, cancellationToken);
    }

    /// <summary>Gives the request an identifier, sends it and waits for the answer.</summary>
    public async Task<TAnswer> Request<TAnswer>(MqttPacketWithIdentifier request, MqttControlPacketType answer, CancellationToken cancellationToken)
        where TAnswer : MqttPacket
    {
        request.PacketIdentifier = _pending.TakeIdentifier();
        try
        {
            return await Exchange<TAnswer>(request, answer, request.PacketIdentifier, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _pending.ReturnIdentifier(request.PacketIdentifier);
        }
    }

    /// <summary>The four packets of a QoS 2 message.</summary>
    public async Task<MqttClientPublishResult> PublishExactlyOnce(MqttPublishPacket request, CancellationToken cancellationToken)
    {
        request.PacketIdentifier = _pending.TakeIdentifier();
        try
        {
            var received = await Exchange<MqttPubRecPacket>(request, MqttControlPacketType.PubRec, request.PacketIdentifier, cancellationToken).ConfigureAwait(false);
            var release = new MqttPubRelPacket { PacketIdentifier = request.PacketIdentifier };
            var complete = await Exchange<MqttPubCompPacket>(release, MqttControlPacketType.PubComp, request.PacketIdentifier, cancellationToken).ConfigureAwait(false);
            return MqttClientPublishResult.From(received, complete);
        }
        finally
        {
            _pending.ReturnIdentifier(request.PacketIdentifier);
        }
    }

    public Task Ping(CancellationToken cancellationToken) =>
        Exchange<MqttPingRespPacket>(MqttPingReqPacket.Instance, MqttControlPacketType.PingResp, 0, cancellationToken);

    /// <summary>Sends what is still to be sent, closes, fails whoever waits for an answer, and waits for the loops.</summary>
    public async Task Close(Exception reason)
    {
        await _alive.CancelAsync().ConfigureAwait(false);
        try
        {
            using var timeout = new CancellationTokenSource(_options.Timeout);
            await _adapter.DisconnectAsync(timeout.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _logger.Warning(exception, "Error while disconnecting from adapter.");
        }
        _pending.Fail(new MqttClientDisconnectedException(reason));
        await _loops.ConfigureAwait(false);
        _adapter.Dispose();
    }

    /// <summary>Closes without a word.</summary>
    public void Abort()
    {
        _alive.Cancel();
        _adapter.Dispose();
        _pending.Fail(new ObjectDisposedException(nameof(MqttClient)));
    }

    async Task<TAnswer> Exchange<TAnswer>(MqttPacket request, MqttControlPacketType answer, ushort identifier, CancellationToken cancellationToken)
        where TAnswer : MqttPacket
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiting = _pending.Await(answer, identifier);
        try
        {
            await Send(request, cancellationToken).ConfigureAwait(false);
            return (TAnswer)await (cancellationToken.CanBeCanceled ? waiting.Task.WaitAsync(cancellationToken) : waiting.Task).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new MqttCommunicationTimedOutException();
        }
        finally
        {
            _pending.Forget(answer, identifier);
        }
    }

    async Task Receive(CancellationToken alive)
    {
        try
        {
            while (await _adapter.ReceivePacketAsync(alive).ConfigureAwait(false) is { } packet && await Process(packet, alive).ConfigureAwait(false))
            {
            }
            _messages.Writer.TryComplete();
            _ended(this, null);
        }
        catch (Exception exception)
        {
            _messages.Writer.TryComplete();
            if (alive.IsCancellationRequested)
                return;
            _logger.Warning(exception, "Error while receiving packets");
            _pending.Fail(exception);
            _ended(this, exception);
        }
    }

    /// <returns>Whether the connection goes on.</returns>
    async ValueTask<bool> Process(MqttPacket packet, CancellationToken alive)
    {
        switch (packet)
        {
            case MqttPublishPacket publish:
                _messages.Writer.TryWrite(publish);
                return true;
            case MqttPubAckPacket ack:
                return Answered(MqttControlPacketType.PubAck, ack);
            case MqttPubRecPacket received:
                // Nobody waits when the client was restarted in between: releasing it lets the server forget it.
                if (!_pending.Answer(MqttControlPacketType.PubRec, received.PacketIdentifier, received))
                    await Send(new MqttPubRelPacket { PacketIdentifier = received.PacketIdentifier, ReasonCode = MqttPubRelReasonCode.PacketIdentifierNotFound }, alive)
                        .ConfigureAwait(false);
                return true;
            case MqttPubRelPacket release:
                await Send(new MqttPubCompPacket { PacketIdentifier = release.PacketIdentifier }, alive).ConfigureAwait(false);
                return true;
            case MqttPubCompPacket complete:
                return Answered(MqttControlPacketType.PubComp, complete);
            case MqttSubAckPacket subscribed:
                return Answered(MqttControlPacketType.SubAck, subscribed);
            case MqttUnsubAckPacket unsubscribed:
                return Answered(MqttControlPacketType.UnsubAck, unsubscribed);
            case MqttPingRespPacket:
                _pending.Answer(MqttControlPacketType.PingResp, 0, packet);
                return true;
            case MqttDisconnectPacket disconnect:
                DisconnectPacket = disconnect;
                _pending.Fail(new MqttClientUnexpectedDisconnectReceivedException(disconnect));
                return false;
            default:
                throw new MqttProtocolViolationException($"Received packet '{packet}' at an unexpected time.");
        }
    }

    /// <summary>An answer that nobody waits for (any more) is no reason to end the connection.</summary>
    bool Answered(MqttControlPacketType answer, MqttPacketWithIdentifier packet)
    {
        if (!_pending.Answer(answer, packet.PacketIdentifier, packet))
            _logger.Warning(null, "Received {0} for an unknown packet identifier.", answer);
        return true;
    }

    async Task Deliver(CancellationToken alive)
    {
        await foreach (var message in _messages.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (alive.IsCancellationRequested)
                return;
            await TryDeliver(message, alive).ConfigureAwait(false);
        }
    }

    async ValueTask TryDeliver(MqttPublishPacket message, CancellationToken alive)
    {
        try
        {
            await _deliver(message, alive).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception exception)
        {
            _logger.Error(exception, "Error while handling application message");
        }
    }

    async Task KeepAlive(TimeSpan period, CancellationToken alive)
    {
        try
        {
            while (true)
            {
                if (Environment.TickCount64 - Interlocked.Read(ref _lastSent) > period.TotalMilliseconds)
                {
                    using var timeout = CancellationTokenSource.CreateLinkedTokenSource(alive);
                    timeout.CancelAfter(period / 2);
                    await Ping(timeout.Token).ConfigureAwait(false);
                }
                await Task.Delay(KeepAliveCheck, alive).ConfigureAwait(false);
            }
        }
        catch (Exception) when (alive.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            _logger.Warning(exception, "Error while sending/receiving keep alive packets");
            _ended(this, exception);
        }
    }
}
