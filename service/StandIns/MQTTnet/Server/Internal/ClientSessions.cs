using System.Collections.Concurrent;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet.Server.Internal;

/// <summary>Who is connected, and whose session is kept.</summary>
sealed class ClientSessions(
    MqttServerOptions options, ServerEvents events, SubscriptionTree subscriptions, Subscriber subscriber, MessageDispatcher dispatcher, SourceLogger logger)
{
    readonly Lock _changing = new();
    readonly Dictionary<string, ConnectedClient> _clients = [];
    readonly Dictionary<string, Session> _sessions = [];
    readonly SemaphoreSlim _creating = new(1);

    public List<ConnectedClient> Clients
    {
        get
        {
            lock (_changing)
                return [.. _clients.Values];
        }
    }

    public List<Session> Sessions
    {
        get
        {
            lock (_changing)
                return [.. _sessions.Values];
        }
    }

    /// <exception cref="InvalidOperationException">There is no such client.</exception>
    public ConnectedClient Client(string id)
    {
        lock (_changing)
            return _clients.GetValueOrDefault(id) ?? throw new InvalidOperationException($"Client with ID '{id}' not found.");
    }

    /// <exception cref="InvalidOperationException">There is no such session.</exception>
    public Session Session(string id)
    {
        lock (_changing)
            return _sessions.GetValueOrDefault(id) ?? throw new InvalidOperationException($"Session with ID '{id}' not found.");
    }

    public async Task CloseAll(MqttServerClientDisconnectOptions disconnectOptions)
    {
        var clients = Clients;
        lock (_changing)
            _clients.Clear();
        foreach (var client in clients)
            await client.Stop(disconnectOptions).ConfigureAwait(false);
    }

    /// <summary>Forgets sessions that nobody came back for.</summary>
    public void RemoveExpired()
    {
        var now = DateTime.UtcNow;
        foreach (var session in Sessions.Where(session => session.IsExpired(now)))
            Remove(session);
    }

    /// <summary>Serves a connection from its first packet to its end.</summary>
    public async Task Serve(IMqttChannelAdapter adapter, CancellationToken cancellationToken)
    {
        ConnectedClient client = null;
        try
        {
            client = await Admit(adapter, cancellationToken).ConfigureAwait(false);
            if (client is not null)
                await client.Run().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
        }
        catch (Exception exception)
        {
            logger.Error(exception, "Error while serving {0}", adapter.RemoteEndPoint);
        }
        finally
        {
            if (client is { IsTakenOver: false })
                await Leave(client).ConfigureAwait(false);
            using var timeout = new CancellationTokenSource(options.DefaultCommunicationTimeout);
            await adapter.DisconnectAsync(timeout.Token).ConfigureAwait(false);
        }
    }

    /// <returns>null when the client is refused or never asked.</returns>
    async Task<ConnectedClient> Admit(IMqttChannelAdapter adapter, CancellationToken cancellationToken)
    {
        if (await ReceiveConnect(adapter, cancellationToken).ConfigureAwait(false) is not { } connect)
            return null;
        var validation = new ValidatingConnectionEventArgs(connect, adapter, new ConcurrentDictionary<object, object>(), cancellationToken);
        await events.ValidatingConnection.Invoke(validation).ConfigureAwait(false);
        if (string.IsNullOrEmpty(connect.ClientId) && adapter.PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500)
            connect.ClientId = validation.AssignedClientIdentifier;
        if (string.IsNullOrEmpty(connect.ClientId))
            validation.ReasonCode = MqttConnectReasonCode.ClientIdentifierNotValid;
        var answer = Answer(validation);
        if (validation.ReasonCode != MqttConnectReasonCode.Success)
        {
            await adapter.SendPacketAsync(answer, cancellationToken).ConfigureAwait(false);
            return null;
        }
        var client = await Enter(connect, answer, adapter, validation).ConfigureAwait(false);
        try
        {
            await adapter.SendPacketAsync(answer, cancellationToken).ConfigureAwait(false);
            if (events.ClientConnected.HasHandlers)
                await events.ClientConnected.TryInvoke(
                    new ClientConnectedEventArgs(connect, adapter.PacketFormatterAdapter.ProtocolVersion, adapter.RemoteEndPoint, client.Session.Items), logger)
                    .ConfigureAwait(false);
            return client;
        }
        catch
        {
            if (!client.IsTakenOver)
                await Leave(client).ConfigureAwait(false);
            throw;
        }
    }

    async Task<MqttConnectPacket> ReceiveConnect(IMqttChannelAdapter adapter, CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        linked.CancelAfter(options.DefaultCommunicationTimeout);
        try
        {
            if (await adapter.ReceivePacketAsync(linked.Token).ConfigureAwait(false) is MqttConnectPacket connect)
                return connect;
        }
        catch (MqttProtocolViolationException exception)
        {
            logger.Warning(exception, "{0} sent no valid CONNECT", adapter.RemoteEndPoint);
            return null;
        }
        logger.Warning(null, "{0} sent no CONNECT", adapter.RemoteEndPoint);
        return null;
    }

    /// <summary>Finds or makes the session, and ends an older connection of the same client id.</summary>
    async Task<ConnectedClient> Enter(
        MqttConnectPacket connect, MqttConnAckPacket answer, IMqttChannelAdapter adapter, ValidatingConnectionEventArgs validation)
    {
        await _creating.WaitAsync().ConfigureAwait(false);
        try
        {
            ConnectedClient client;
            ConnectedClient previous;
            lock (_changing)
            {
                _sessions.TryGetValue(connect.ClientId, out var session);
                if (session is not null && (connect.CleanSession || session.IsExpired(DateTime.UtcNow)))
                {
                    subscriptions.RemoveAll(session);
                    session = null;
                }
                answer.IsSessionPresent = session is not null;
                session ??= new Session(connect, validation.SessionItems, options, Delete);
                _sessions[connect.ClientId] = session;
                client = new ConnectedClient(connect, adapter, session, subscriber, dispatcher, logger);
                if (_clients.TryGetValue(connect.ClientId, out previous))
                    previous.IsTakenOver = true;
                _clients[connect.ClientId] = client;
                session.Attach(client);
            }
            if (previous is not null)
            {
                await previous.Stop(new MqttServerClientDisconnectOptions { ReasonCode = MqttDisconnectReasonCode.SessionTakenOver }).ConfigureAwait(false);
                await events.ClientDisconnected.TryInvoke(
                    new ClientDisconnectedEventArgs(previous.ConnectPacket, null, MqttClientDisconnectType.Takeover, previous.RemoteEndPoint, previous.Session.Items),
                    logger).ConfigureAwait(false);
            }
            return client;
        }
        finally
        {
            _creating.Release();
        }
    }

    async Task Leave(ConnectedClient client)
    {
        lock (_changing)
        {
            if (_clients.GetValueOrDefault(client.Id) == client)
                _clients.Remove(client.Id);
        }
        if (!options.EnablePersistentSessions || !OutlivesConnection(client))
            Remove(client.Session);
        if (events.ClientDisconnected.HasHandlers)
            await events.ClientDisconnected.TryInvoke(
                new ClientDisconnectedEventArgs(
                    client.ConnectPacket,
                    client.DisconnectPacket,
                    client.DisconnectPacket is null ? MqttClientDisconnectType.NotClean : MqttClientDisconnectType.Clean,
                    client.RemoteEndPoint,
                    client.Session.Items),
                logger).ConfigureAwait(false);
    }

    async Task Delete(Session session)
    {
        ConnectedClient client;
        lock (_changing)
            client = _clients.GetValueOrDefault(session.Id);
        Remove(session);
        if (client?.Session == session)
            await client.Stop(new MqttServerClientDisconnectOptions()).ConfigureAwait(false);
    }

    void Remove(Session session)
    {
        lock (_changing)
        {
            if (_sessions.GetValueOrDefault(session.Id) == session)
                _sessions.Remove(session.Id);
            subscriptions.RemoveAll(session);
        }
    }

    static bool OutlivesConnection(ConnectedClient client) => client.ChannelAdapter.PacketFormatterAdapter.ProtocolVersion switch
    {
        MqttProtocolVersion.V500 => client.DisconnectPacket?.SessionExpiryInterval > 0 || client.ConnectPacket.SessionExpiryInterval > 0,
        MqttProtocolVersion.V311 => !client.ConnectPacket.CleanSession,
        _ => true,
    };

    static MqttConnAckPacket Answer(ValidatingConnectionEventArgs validation) => new()
    {
        ReturnCode = ReturnCodes.From(validation.ReasonCode),
        ReasonCode = validation.ReasonCode,
        RetainAvailable = true,
        SubscriptionIdentifiersAvailable = true,
        SharedSubscriptionAvailable = false,
        TopicAliasMaximum = ushort.MaxValue,
        MaximumQoS = MqttQualityOfServiceLevel.ExactlyOnce,
        WildcardSubscriptionAvailable = true,
        AssignedClientIdentifier = validation.AssignedClientIdentifier,
        ReasonString = validation.ReasonString,
        ServerReference = validation.ServerReference,
        UserProperties = validation.ResponseUserProperties,
    };
}
