using System.Collections;
using System.Collections.Concurrent;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Protocol;
using MQTTnet.Server.Internal;

namespace MQTTnet.Server;

/// <summary>The server. Sessions live in memory; so do retained messages, unless the program loads and stores them by the events.</summary>
public class MqttServer : IDisposable
{
    readonly List<IMqttServerAdapter> _adapters;
    readonly MessageDispatcher _dispatcher;
    readonly ServerEvents _events = new();
    readonly MqttServerOptions _options;
    readonly RetainedMessages _retained;
    readonly IMqttNetLogger _logger;
    readonly ClientSessions _sessions;
    CancellationTokenSource _running;
    bool _disposed;

    public MqttServer(MqttServerOptions options, IEnumerable<IMqttServerAdapter> adapters, IMqttNetLogger logger)
    {
        ArgumentNullException.ThrowIfNull(adapters);
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _logger = logger ?? throw new ArgumentNullException(nameof(logger));
        _adapters = adapters.ToList();
        var source = new SourceLogger(logger, nameof(MqttServer));
        var subscriptions = new SubscriptionTree();
        _retained = new RetainedMessages(_events, source);
        _dispatcher = new MessageDispatcher(_events, _retained, subscriptions, source);
        _sessions = new ClientSessions(options, _events, subscriptions, new Subscriber(_events, _retained, subscriptions), _dispatcher, source);
    }

    public event Func<ApplicationMessageEnqueuedEventArgs, Task> ApplicationMessageEnqueuedOrDroppedAsync
    {
        add => _events.ApplicationMessageEnqueuedOrDropped.Add(value);
        remove => _events.ApplicationMessageEnqueuedOrDropped.Remove(value);
    }

    public event Func<ClientConnectedEventArgs, Task> ClientConnectedAsync
    {
        add => _events.ClientConnected.Add(value);
        remove => _events.ClientConnected.Remove(value);
    }

    public event Func<ClientDisconnectedEventArgs, Task> ClientDisconnectedAsync
    {
        add => _events.ClientDisconnected.Add(value);
        remove => _events.ClientDisconnected.Remove(value);
    }

    public event Func<InterceptingClientApplicationMessageEnqueueEventArgs, Task> InterceptingClientEnqueueAsync
    {
        add => _events.InterceptingClientEnqueue.Add(value);
        remove => _events.InterceptingClientEnqueue.Remove(value);
    }

    public event Func<InterceptingPublishEventArgs, Task> InterceptingPublishAsync
    {
        add => _events.InterceptingPublish.Add(value);
        remove => _events.InterceptingPublish.Remove(value);
    }

    public event Func<InterceptingSubscriptionEventArgs, Task> InterceptingSubscriptionAsync
    {
        add => _events.InterceptingSubscription.Add(value);
        remove => _events.InterceptingSubscription.Remove(value);
    }

    public event Func<LoadingRetainedMessagesEventArgs, Task> LoadingRetainedMessageAsync
    {
        add => _events.LoadingRetainedMessages.Add(value);
        remove => _events.LoadingRetainedMessages.Remove(value);
    }

    public event Func<QueueMessageOverwrittenEventArgs, Task> QueuedApplicationMessageOverwrittenAsync
    {
        add => _events.QueuedMessageOverwritten.Add(value);
        remove => _events.QueuedMessageOverwritten.Remove(value);
    }

    public event Func<RetainedMessageChangedEventArgs, Task> RetainedMessageChangedAsync
    {
        add => _events.RetainedMessageChanged.Add(value);
        remove => _events.RetainedMessageChanged.Remove(value);
    }

    public event Func<EventArgs, Task> RetainedMessagesClearedAsync
    {
        add => _events.RetainedMessagesCleared.Add(value);
        remove => _events.RetainedMessagesCleared.Remove(value);
    }

    public event Func<EventArgs, Task> StartedAsync
    {
        add => _events.Started.Add(value);
        remove => _events.Started.Remove(value);
    }

    public event Func<EventArgs, Task> StoppedAsync
    {
        add => _events.Stopped.Add(value);
        remove => _events.Stopped.Remove(value);
    }

    public event Func<ValidatingConnectionEventArgs, Task> ValidatingConnectionAsync
    {
        add => _events.ValidatingConnection.Add(value);
        remove => _events.ValidatingConnection.Remove(value);
    }

    public bool AcceptNewConnections { get; set; } = true;

    public bool IsStarted => _running is not null;

    /// <summary>The session items of messages that the program injects without its own.</summary>
    public IDictionary ServerSessionItems { get; } = new ConcurrentDictionary<object, object>();

    /// <exception cref="InvalidOperationException">It is started already.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">An endpoint cannot be listened on.</exception>
    public async Task StartAsync()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (IsStarted)
            throw new InvalidOperationException("The MQTT server is already started.");
        _running = new CancellationTokenSource();
        var running = _running.Token;
        await _retained.Load().ConfigureAwait(false);
        _ = KeepAliveMonitor.Run(_options, _sessions, running);
        foreach (var adapter in _adapters)
        {
            adapter.ClientHandler = client => AcceptNewConnections && !running.IsCancellationRequested ? _sessions.Serve(client, running) : Task.CompletedTask;
            await adapter.StartAsync(_options, _logger).ConfigureAwait(false);
        }
        await _events.Started.Invoke(EventArgs.Empty).ConfigureAwait(false);
    }

    /// <summary>Tells the clients and closes; does not wait for handlers that still run.</summary>
    public async Task StopAsync(MqttServerStopOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (_running is not { } running)
            return;
        try
        {
            await running.CancelAsync().ConfigureAwait(false);
            await _sessions.CloseAll(options.DefaultClientDisconnectOptions).ConfigureAwait(false);
            foreach (var adapter in _adapters)
            {
                adapter.ClientHandler = null;
                await adapter.StopAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            running.Dispose();
            _running = null;
        }
        await _events.Stopped.Invoke(EventArgs.Empty).ConfigureAwait(false);
    }

    public Task DeleteRetainedMessagesAsync()
    {
        ThrowIfNotStarted();
        return _retained.Clear();
    }

    /// <exception cref="InvalidOperationException">There is no such client, or the server is not started.</exception>
    public Task DisconnectClientAsync(string id, MqttServerClientDisconnectOptions options)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(options);
        ThrowIfNotStarted();
        return _sessions.Client(id).Stop(options);
    }

    public Task<IList<MqttClientStatus>> GetClientsAsync()
    {
        ThrowIfNotStarted();
        return Task.FromResult<IList<MqttClientStatus>>(_sessions.Clients.ConvertAll(client => new MqttClientStatus(client)));
    }

    /// <returns>null when the topic has none.</returns>
    public Task<MqttApplicationMessage> GetRetainedMessageAsync(string topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        ThrowIfNotStarted();
        return Task.FromResult(_retained.Get(topic));
    }

    public Task<IList<MqttApplicationMessage>> GetRetainedMessagesAsync()
    {
        ThrowIfNotStarted();
        return Task.FromResult<IList<MqttApplicationMessage>>(_retained.All());
    }

    /// <exception cref="InvalidOperationException">There is no such session, or the server is not started.</exception>
    public Task<MqttSessionStatus> GetSessionAsync(string id)
    {
        ThrowIfNotStarted();
        return Task.FromResult(new MqttSessionStatus(_sessions.Session(id)));
    }

    public Task<IList<MqttSessionStatus>> GetSessionsAsync()
    {
        ThrowIfNotStarted();
        return Task.FromResult<IList<MqttSessionStatus>>(_sessions.Sessions.ConvertAll(session => new MqttSessionStatus(session)));
    }

    /// <summary>Ends when the message is in every subscriber's queue. What a handler of <see cref="InterceptingPublishAsync"/> throws comes out here.</summary>
    public Task InjectApplicationMessage(InjectedMqttApplicationMessage injectedApplicationMessage, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(injectedApplicationMessage);
        MqttTopicValidator.ThrowIfInvalid(injectedApplicationMessage.ApplicationMessage.Topic);
        ThrowIfNotStarted();
        return _dispatcher.Dispatch(
            injectedApplicationMessage.SenderClientId,
            injectedApplicationMessage.SenderUserName,
            injectedApplicationMessage.CustomSessionItems ?? ServerSessionItems,
            injectedApplicationMessage.ApplicationMessage,
            cancellationToken).AsTask();
    }

    /// <summary>Sets or, with an empty payload, clears a retained message without publishing it.</summary>
    public Task UpdateRetainedMessageAsync(MqttApplicationMessage retainedMessage)
    {
        ArgumentNullException.ThrowIfNull(retainedMessage);
        ThrowIfNotStarted();
        return _retained.Update("", retainedMessage).AsTask();
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        StopAsync(new MqttServerStopOptions()).GetAwaiter().GetResult();
        foreach (var adapter in _adapters)
            adapter.Dispose();
        _disposed = true;
        GC.SuppressFinalize(this);
    }

    void ThrowIfNotStarted()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!IsStarted)
            throw new InvalidOperationException("The MQTT server is not started.");
    }
}
