using System.Net;
using System.Threading.Channels;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Server.Internal;

/// <summary>One client's connection after its CONNECT: one loop serves what comes, packet by packet, another sends what its session holds.</summary>
sealed class ConnectedClient(
    MqttConnectPacket connect, IMqttChannelAdapter adapter, Session session, Subscriber subscriber, MessageDispatcher dispatcher, SourceLogger logger)
{
    /// <summary>Packets after which a client that never pauses lets others run.</summary>
    const int Burst = 1024;

    /// <summary>Characters that a client's topic aliases may hold altogether.</summary>
    const int AliasSpace = 1 << 20;

    readonly CancellationTokenSource _stopping = new();
    readonly Channel<bool> _wake = System.Threading.Channels.Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    readonly Dictionary<ushort, string> _aliases = [];
    int _aliasSpace;
    bool _disconnectSent;
    long _lastPacket = Environment.TickCount64;

    public IMqttChannelAdapter ChannelAdapter => adapter;
    public MqttConnectPacket ConnectPacket => connect;
    public DateTime ConnectedTimestamp { get; } = DateTime.UtcNow;

    /// <summary>The client's own DISCONNECT, if it sent one.</summary>
    public MqttDisconnectPacket DisconnectPacket { get; private set; }

    public string Id => connect.ClientId;
    public bool IsRunning { get; private set; }
    public bool IsTakenOver { get; set; }

    /// <summary>Messages of QoS 1 and 2 that the client takes unacknowledged.</summary>
    public int ReceiveMaximum { get; } = connect.ReceiveMaximum > 0 ? connect.ReceiveMaximum : ushort.MaxValue;

    public EndPoint RemoteEndPoint { get; } = adapter.RemoteEndPoint;
    public Session Session => session;

    /// <summary>How long nothing has come from the client.</summary>
    public TimeSpan Silence => TimeSpan.FromMilliseconds(Environment.TickCount64 - Interlocked.Read(ref _lastPacket));

    /// <summary>There may be something to send.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Serves the client until it or somebody else ends the connection.</summary>
    public async Task Run()
    {
        IsRunning = true;
        var sending = Task.Run(() => SendMessages(_stopping.Token), CancellationToken.None);
        try
        {
            Wake();
            await ReceivePackets(_stopping.Token).ConfigureAwait(false);
        }
        finally
        {
            IsRunning = false;
            if (!IsTakenOver)
                session.DisconnectedTimestamp = DateTime.UtcNow;
            await _stopping.CancelAsync().ConfigureAwait(false);
        }
        await sending.ConfigureAwait(false);
        if (!IsTakenOver && DisconnectPacket is null && connect.WillFlag)
            _ = PublishWill();
    }

    /// <summary>Ends the connection; a client of MQTT 5 is told why, unless it is the normal disconnection.</summary>
    public async Task Stop(MqttServerClientDisconnectOptions options)
    {
        IsRunning = false;
        var isWorthTelling = options.ReasonCode != MqttDisconnectReasonCode.NormalDisconnection || options.UserProperties?.Count > 0
            || !string.IsNullOrEmpty(options.ReasonString) || !string.IsNullOrEmpty(options.ServerReference);
        if (!_disconnectSent && isWorthTelling && adapter.PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500)
            await TrySendDisconnect(options).ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
    }

    async ValueTask TrySendDisconnect(MqttServerClientDisconnectOptions options)
    {
        _disconnectSent = true;
        try
        {
            // Not awaited to its end: a client that reads nothing must not hold up whoever ends its connection.
            _ = adapter.SendPacketAsync(
                new MqttDisconnectPacket
                {
                    ReasonCode = options.ReasonCode,
                    ReasonString = options.ReasonString,
                    ServerReference = options.ServerReference,
                    UserProperties = options.UserProperties,
                },
                _stopping.Token);
        }
        catch (Exception exception)
        {
            logger.Warning(exception, "Client '{0}': Error while sending DISCONNECT packet (ReasonCode = {1})", Id, options.ReasonCode);
        }
    }

    async Task PublishWill()
    {
        try
        {
            var will = new MqttApplicationMessage
            {
                Topic = connect.WillTopic,
                PayloadSegment = connect.WillMessage ?? [],
                QualityOfServiceLevel = connect.WillQoS,
                Retain = connect.WillRetain,
                ContentType = connect.WillContentType,
                CorrelationData = connect.WillCorrelationData,
                MessageExpiryInterval = connect.WillMessageExpiryInterval,
                PayloadFormatIndicator = connect.WillPayloadFormatIndicator,
                ResponseTopic = connect.WillResponseTopic,
                UserProperties = connect.WillUserProperties,
            };
            await dispatcher.Dispatch(Id, connect.Username, session.Items, will, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            logger.Error(exception, "Client '{0}': Error while publishing the will", Id);
        }
    }

    async Task ReceivePackets(CancellationToken stopping)
    {
        try
        {
            for (var count = 1; await adapter.ReceivePacketAsync(stopping).ConfigureAwait(false) is { } packet; count++)
            {
                if (stopping.IsCancellationRequested || IsTakenOver || !IsRunning)
                    return;
                Interlocked.Exchange(ref _lastPacket, Environment.TickCount64);
                if (packet is MqttDisconnectPacket disconnect)
                {
                    DisconnectPacket = disconnect;
                    return;
                }
                await Process(packet, stopping).ConfigureAwait(false);
                if (count % Burst == 0)
                    await Task.Yield();
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (MqttCommunicationException exception)
        {
            logger.Warning(exception, "Client '{0}': Communication exception while receiving packets", Id);
        }
        catch (Exception exception)
        {
            logger.Error(exception, "Client '{0}': Error while receiving packets", Id);
        }
    }

    ValueTask Process(MqttPacket packet, CancellationToken stopping)
    {
        switch (packet)
        {
            case MqttPublishPacket publish:
                return Publish(publish, stopping);
            case MqttPubAckPacket ack:
                session.Acknowledge(ack.PacketIdentifier);
                return default;
            case MqttPubRecPacket { ReasonCode: >= MqttPubRecReasonCode.UnspecifiedError } refused:
                session.Acknowledge(refused.PacketIdentifier);
                return default;
            case MqttPubRecPacket received:
                return Send(new MqttPubRelPacket { PacketIdentifier = received.PacketIdentifier }, stopping);
            case MqttPubRelPacket release:
                return Send(new MqttPubCompPacket { PacketIdentifier = release.PacketIdentifier }, stopping);
            case MqttPubCompPacket complete:
                session.Acknowledge(complete.PacketIdentifier);
                return default;
            case MqttSubscribePacket subscribe:
                return Subscribe(subscribe, stopping);
            case MqttUnsubscribePacket unsubscribe:
                return Send(subscriber.Unsubscribe(session, unsubscribe), stopping);
            case MqttPingReqPacket:
                return Send(MqttPingRespPacket.Instance, stopping);
            default:
                throw new MqttProtocolViolationException($"A client may not send {packet.GetType().Name} here.");
        }
    }

    async ValueTask Publish(MqttPublishPacket packet, CancellationToken stopping)
    {
        ResolveAlias(packet);
        var result = await dispatcher.Dispatch(Id, connect.Username, session.Items, MqttApplicationMessage.From(packet), stopping).ConfigureAwait(false);
        if (result.CloseConnection)
            await Stop(new MqttServerClientDisconnectOptions { ReasonCode = MqttDisconnectReasonCode.UnspecifiedError }).ConfigureAwait(false);
        else if (packet.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtLeastOnce)
            await Send(new MqttPubAckPacket
            {
                PacketIdentifier = packet.PacketIdentifier,
                ReasonCode = (MqttPubAckReasonCode)result.ReasonCode,
                ReasonString = result.ReasonString,
                UserProperties = result.UserProperties,
            }, stopping).ConfigureAwait(false);
        else if (packet.QualityOfServiceLevel == MqttQualityOfServiceLevel.ExactlyOnce)
            await Send(new MqttPubRecPacket
            {
                PacketIdentifier = packet.PacketIdentifier,
                ReasonCode = (MqttPubRecReasonCode)result.ReasonCode,
                ReasonString = result.ReasonString,
                UserProperties = result.UserProperties,
            }, stopping).ConfigureAwait(false);
    }

    /// <summary>An alias holds on this connection only, so no receiver ever sees it.</summary>
    void ResolveAlias(MqttPublishPacket packet)
    {
        if (packet.TopicAlias == 0)
            return;
        if (packet.Topic.Length == 0)
        {
            packet.Topic = _aliases.GetValueOrDefault(packet.TopicAlias) ?? throw new MqttProtocolViolationException("The topic alias is unknown [MQTT-3.3.2-7].");
        }
        else
        {
            MqttTopicValidator.ThrowIfInvalid(packet.Topic);
            _aliasSpace += packet.Topic.Length - (_aliases.GetValueOrDefault(packet.TopicAlias)?.Length ?? 0);
            if (_aliasSpace > AliasSpace)
                throw new MqttProtocolViolationException("The topic aliases of the client take too much space.");
            _aliases[packet.TopicAlias] = packet.Topic;
        }
        packet.TopicAlias = 0;
    }

    async ValueTask Subscribe(MqttSubscribePacket packet, CancellationToken stopping)
    {
        var (answer, due, close) = await subscriber.Subscribe(session, packet, stopping).ConfigureAwait(false);
        await Send(answer, stopping).ConfigureAwait(false);
        if (close)
            await _stopping.CancelAsync().ConfigureAwait(false);
        else
            foreach (var message in due)
                session.Enqueue(message);
    }

    /// <summary>Waits only when the client does not read what it is sent, and then its own packets wait as well.</summary>
    async ValueTask Send(MqttPacket packet, CancellationToken stopping) => await adapter.SendPacketAsync(packet, stopping).ConfigureAwait(false);

    async Task SendMessages(CancellationToken stopping)
    {
        try
        {
            while (await _wake.Reader.WaitToReadAsync(stopping).ConfigureAwait(false))
            {
                _wake.Reader.TryRead(out _);
                while (session.TryTake(this, out var packet))
                    await SendMessage(packet, stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception exception)
        {
            logger.Warning(exception, "Client '{0}': Sending PUBLISH packet failed", Id);
            await _stopping.CancelAsync().ConfigureAwait(false);
        }
    }

    async ValueTask SendMessage(MqttPublishPacket packet, CancellationToken stopping)
    {
        try
        {
            await adapter.SendPacketAsync(packet, stopping).ConfigureAwait(false);
        }
        catch (MqttProtocolViolationException exception)
        {
            logger.Error(exception, "Client '{0}': The message on '{1}' cannot be sent", Id, packet.Topic);
            session.Acknowledge(packet.PacketIdentifier);
        }
    }
}
