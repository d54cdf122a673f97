using MQTTnet.Diagnostics.Logger;
using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>The client: at most one <see cref="ClientConnection"/> at a time, and the events around it.</summary>
sealed class MqttClient(IMqttNetLogger logger) : IMqttClient
{
    const int Disconnected = 0;
    const int Connecting = 1;
    const int Connected = 2;
    const int Disconnecting = 3;

    readonly AsyncEvent<MqttApplicationMessageReceivedEventArgs> _messageReceived = new();
    readonly AsyncEvent<MqttClientConnectedEventArgs> _connected = new();
    readonly AsyncEvent<MqttClientConnectingEventArgs> _connecting = new();
    readonly AsyncEvent<MqttClientDisconnectedEventArgs> _disconnected = new();
    readonly SourceLogger _logger = new(logger, nameof(MqttClient));
    volatile ClientConnection _connection;
    volatile int _status = Disconnected;
    bool _disposed;
    MqttClientDisconnectReason _reason;

    public event Func<MqttApplicationMessageReceivedEventArgs, Task> ApplicationMessageReceivedAsync
    {
        add => _messageReceived.Add(value);
        remove => _messageReceived.Remove(value);
    }

    public event Func<MqttClientConnectedEventArgs, Task> ConnectedAsync
    {
        add => _connected.Add(value);
        remove => _connected.Remove(value);
    }

    public event Func<MqttClientConnectingEventArgs, Task> ConnectingAsync
    {
        add => _connecting.Add(value);
        remove => _connecting.Remove(value);
    }

    public event Func<MqttClientDisconnectedEventArgs, Task> DisconnectedAsync
    {
        add => _disconnected.Add(value);
        remove => _disconnected.Remove(value);
    }

    public bool IsConnected => _status == Connected;

    public MqttClientOptions Options { get; private set; }

    public async Task<MqttClientConnectResult> ConnectAsync(MqttClientOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.ChannelOptions is null)
            throw new ArgumentException("ChannelOptions are not set.");
        if (options.ValidateFeatures)
            Mqtt5Only.ThrowIfUsed(options);
        if (IsConnected)
            throw new InvalidOperationException("It is not allowed to connect with a server after the connection is established.");
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!Change(Disconnected, Connecting))
            throw new InvalidOperationException("Not allowed to connect while connect/disconnect is pending.");
        MqttClientConnectResult result = null;
        try
        {
            Options = options;
            _reason = MqttClientDisconnectReason.NormalDisconnection;
            await _connecting.Invoke(new MqttClientConnectingEventArgs(options)).ConfigureAwait(false);
            var connection = _connection = new ClientConnection(options, logger, Deliver, Lost);
            using var timeout = TimeoutUnless(cancellationToken);
            result = await connection.Open(timeout?.Token ?? cancellationToken).ConfigureAwait(false);
            if (result.ResultCode != MqttClientConnectResultCode.Success)
            {
                await End(null, result).ConfigureAwait(false);
                return result;
            }
            connection.Start(result.ServerKeepAlive > 0 ? TimeSpan.FromSeconds(result.ServerKeepAlive) : options.KeepAlivePeriod);
            Change(Connecting, Connected);
            await _connected.Invoke(new MqttClientConnectedEventArgs(result)).ConfigureAwait(false);
            return result;
        }
        catch (Exception exception)
        {
            _reason = MqttClientDisconnectReason.UnspecifiedError;
            await End(exception, result).ConfigureAwait(false);
            throw;
        }
    }

    public async Task DisconnectAsync(MqttClientDisconnectOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ObjectDisposedException.ThrowIf(_disposed, this);
        var wasConnected = IsConnected;
        if (!TryBeginDisconnect())
            return;
        try
        {
            if (!wasConnected)
                throw new MqttClientNotConnectedException();
            _reason = (MqttClientDisconnectReason)options.Reason;
            if (Options.ValidateFeatures)
                Mqtt5Only.ThrowIfUsed(options, _connection.Version);
            var packet = new MqttDisconnectPacket
            {
                ReasonCode = (MqttDisconnectReasonCode)options.Reason,
                ReasonString = options.ReasonString,
                SessionExpiryInterval = options.SessionExpiryInterval,
                UserProperties = options.UserProperties,
            };
            using var timeout = TimeoutUnless(cancellationToken);
            await _connection.Send(packet, timeout?.Token ?? cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await CloseAndTell(null, null, wasConnected).ConfigureAwait(false);
        }
    }

    public async Task PingAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = ConnectionOrThrow();
        using var timeout = TimeoutUnless(cancellationToken);
        await connection.Ping(timeout?.Token ?? cancellationToken).ConfigureAwait(false);
    }

    public Task<MqttClientPublishResult> PublishAsync(MqttApplicationMessage applicationMessage, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        MqttTopicValidator.ThrowIfInvalid(applicationMessage);
        var connection = ConnectionOrThrow();
        if (Options.ValidateFeatures)
            Mqtt5Only.ThrowIfUsed(applicationMessage, connection.Version);
        var packet = applicationMessage.ToPacket();
        return applicationMessage.QualityOfServiceLevel switch
        {
            MqttQualityOfServiceLevel.AtMostOnce => PublishAtMostOnce(connection, packet, cancellationToken),
            MqttQualityOfServiceLevel.AtLeastOnce => PublishAtLeastOnce(connection, packet, cancellationToken),
            MqttQualityOfServiceLevel.ExactlyOnce => connection.PublishExactlyOnce(packet, cancellationToken),
            _ => throw new NotSupportedException(),
        };
    }

    public async Task<MqttClientSubscribeResult> SubscribeAsync(MqttClientSubscribeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var filter in options.TopicFilters)
            MqttTopicValidator.ThrowIfInvalidSubscribe(filter.Topic);
        var connection = ConnectionOrThrow();
        if (Options.ValidateFeatures)
            Mqtt5Only.ThrowIfUsed(options, connection.Version);
        var request = new MqttSubscribePacket
        {
            SubscriptionIdentifier = options.SubscriptionIdentifier,
            TopicFilters = options.TopicFilters,
            UserProperties = options.UserProperties,
        };
        using var timeout = TimeoutUnless(cancellationToken);
        var answer = await connection.Request<MqttSubAckPacket>(request, MqttControlPacketType.SubAck, timeout?.Token ?? cancellationToken).ConfigureAwait(false);
        return MqttClientSubscribeResult.From(request, answer);
    }

    public async Task<MqttClientUnsubscribeResult> UnsubscribeAsync(MqttClientUnsubscribeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var filter in options.TopicFilters)
            MqttTopicValidator.ThrowIfInvalidSubscribe(filter);
        var connection = ConnectionOrThrow();
        if (Options.ValidateFeatures)
            Mqtt5Only.ThrowIfUsed(options, connection.Version);
        var request = new MqttUnsubscribePacket { TopicFilters = options.TopicFilters, UserProperties = options.UserProperties };
        using var timeout = TimeoutUnless(cancellationToken);
        var answer = await connection.Request<MqttUnsubAckPacket>(request, MqttControlPacketType.UnsubAck, timeout?.Token ?? cancellationToken).ConfigureAwait(false);
        return MqttClientUnsubscribeResult.From(request, answer);
    }

    /// <summary>Drops the connection without a DISCONNECT, so the server publishes the will; raises no event.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _status = Disconnected;
        _connection?.Abort();
        _connection = null;
    }

    static async Task<MqttClientPublishResult> PublishAtLeastOnce(ClientConnection connection, MqttPublishPacket packet, CancellationToken cancellationToken) =>
        MqttClientPublishResult.From(
            await connection.Request<MqttPubAckPacket>(packet, MqttControlPacketType.PubAck, cancellationToken).ConfigureAwait(false));

    static async Task<MqttClientPublishResult> PublishAtMostOnce(ClientConnection connection, MqttPublishPacket packet, CancellationToken cancellationToken)
    {
        try
        {
            await connection.Send(packet, cancellationToken).ConfigureAwait(false);
            return MqttClientPublishResult.AtMostOnce;
        }
        catch (Exception exception) when (connection.DisconnectPacket is { } disconnect)
        {
            throw new MqttClientUnexpectedDisconnectReceivedException(disconnect, exception);
        }
    }

    async Task Deliver(MqttPublishPacket packet, CancellationToken cancellationToken)
    {
        var arguments = new MqttApplicationMessageReceivedEventArgs(Options.ClientId, MqttApplicationMessage.From(packet), packet, Acknowledge);
        await _messageReceived.Invoke(arguments).ConfigureAwait(false);
        if (arguments.AutoAcknowledge)
            await arguments.AcknowledgeAsync(cancellationToken).ConfigureAwait(false);
    }

    Task Acknowledge(MqttApplicationMessageReceivedEventArgs arguments, CancellationToken cancellationToken)
    {
        if (arguments.PublishPacket.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce || arguments.ProcessingFailed)
            return Task.CompletedTask;
        MqttPacket answer = arguments.PublishPacket.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtLeastOnce
            ? new MqttPubAckPacket
            {
                PacketIdentifier = arguments.PacketIdentifier,
                ReasonCode = (MqttPubAckReasonCode)arguments.ReasonCode,
                ReasonString = arguments.ResponseReasonString,
                UserProperties = arguments.ResponseUserProperties,
            }
            : new MqttPubRecPacket
            {
                PacketIdentifier = arguments.PacketIdentifier,
                ReasonCode = (MqttPubRecReasonCode)arguments.ReasonCode,
                UserProperties = arguments.ResponseUserProperties,
            };
        return (_connection ?? throw new MqttClientNotConnectedException()).Send(answer, cancellationToken);
    }

    ClientConnection ConnectionOrThrow()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return IsConnected && _connection is { } connection ? connection : throw new MqttClientNotConnectedException();
    }

    CancellationTokenSource TimeoutUnless(CancellationToken given) => given.CanBeCanceled ? null : new CancellationTokenSource(Options.Timeout);

    /// <summary>The loops of a connection tell its end; they do not wait for what follows, because that waits for them.</summary>
    void Lost(ClientConnection connection, Exception exception)
    {
        // Settled here and now: as long as a loop of this connection runs, no other connection can have taken its place.
        var wasConnected = IsConnected;
        if (connection == _connection && TryBeginDisconnect())
            _ = Task.Run(() => CloseAndTell(exception, null, wasConnected));
    }

    Task End(Exception exception, MqttClientConnectResult result)
    {
        var wasConnected = IsConnected;
        return TryBeginDisconnect() ? CloseAndTell(exception, result, wasConnected) : Task.CompletedTask;
    }

    async Task CloseAndTell(Exception exception, MqttClientConnectResult result, bool wasConnected)
    {
        var connection = _connection;
        if (connection is not null)
            await connection.Close(exception).ConfigureAwait(false);
        _connection = null;
        Change(Disconnecting, Disconnected);
        var packet = connection?.DisconnectPacket;
        var arguments = new MqttClientDisconnectedEventArgs(
            wasConnected, result, packet is null ? _reason : (MqttClientDisconnectReason)packet.ReasonCode, packet?.ReasonString, packet?.UserProperties, exception);
        _ = Task.Run(() => _disconnected.TryInvoke(arguments, _logger).AsTask());
    }

    bool TryBeginDisconnect() => Change(Connected, Disconnecting) || Change(Connecting, Disconnecting);

#pragma warning disable CS0420 // Interlocked takes a volatile field as it is
    bool Change(int from, int to) => Interlocked.CompareExchange(ref _status, to, from) == from;
#pragma warning restore CS0420
}
