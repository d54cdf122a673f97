using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;
using SitSense.Service.Ingest;
using SitSense.Service.Options;
using SitSense.Service.Storage;

namespace SitSense.Service.Broker;

/// <summary>
/// The broker inside the worker. A publisher at QoS 1 gets its acknowledgement only after the store has the message: a broker that keeps its
/// queues in memory must not promise more.
/// </summary>
sealed class EmbeddedBroker(SitSenseOptions options, IStore store, Inbox inbox, DeviceSettings settings, Readiness readiness, TimeProvider clock, ILogger<EmbeddedBroker> log)
    : IHostedService, IBroker, IDisposable
{
    const int MaxPendingPerClient = 1000;

    static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    readonly BrokerOptions broker = options.Broker;
    readonly TopicRules rules = new(options.Broker, options.Mqtt.Root);
    readonly Doorkeeper door = new(options.Broker);
    readonly OncePerMinute forbiddenLog = new(clock), strangerLog = new(clock), retainedLog = new(clock);
    readonly ConcurrentDictionary<string, bool> kept = new(StringComparer.Ordinal);
    readonly CancellationTokenSource stopping = new();
    MqttServerOptions? bound;
    MqttServer? server;

    /// <summary>The port it listens on.</summary>
    public int Port => bound?.DefaultEndpointOptions.Port ?? broker.Port;

    MqttServer Server => server ?? throw new InvalidOperationException("The broker has not been started.");

    public async Task StartAsync(CancellationToken cancel)
    {
        var retained = (await store.RetainedAsync(cancel)).Select(message => new MqttApplicationMessageBuilder()
            .WithTopic(message.Topic).WithPayload(message.Payload).WithQualityOfServiceLevel((MqttQualityOfServiceLevel)message.Qos).WithRetainFlag().Build()).ToList();
        foreach (var message in retained)
        {
            settings.Hear(message.Topic, message.Payload);
            kept[message.Topic] = true;
        }

        var v6 = broker.Address.AddressFamily == AddressFamily.InterNetworkV6;
        bound = new MqttServerOptionsBuilder()
            .WithDefaultEndpoint().WithDefaultEndpointPort(broker.Port)
            .WithDefaultEndpointBoundIPAddress(v6 ? IPAddress.None : broker.Address)
            .WithDefaultEndpointBoundIPV6Address(v6 ? broker.Address : IPAddress.None)
            .WithPersistentSessions()
            .WithMaxPendingMessagesPerClient(MaxPendingPerClient)
            .Build();
        var factory = new MqttServerFactory();
        server = factory.CreateMqttServer(bound, factory.DefaultServerAdapters.Select(listener => new NamelessGuests(listener(factory))));
        server.ValidatingConnectionAsync += LetInAsync;
        server.InterceptingSubscriptionAsync += SubscribeAsync;
        server.InterceptingPublishAsync += PublishAsync;
        server.RetainedMessageChangedAsync += KeepRetainedAsync;
        server.LoadingRetainedMessageAsync += loading =>
        {
            loading.LoadedRetainedMessages = retained;
            return Task.CompletedTask;
        };
        try
        {
            await server.StartAsync();
        }
        catch (SocketException problem)
        {
            throw new Failure($"The broker cannot listen on {new IPEndPoint(broker.Address, broker.Port)} ({problem.Message}). "
                + "Stop what uses it, choose another with --Broker:Port=<port>, or use that broker with --Mqtt:Server=<host>:<port>.", problem);
        }
        readiness.Broker = null;
        log.LogInformation("The broker listens on {Address}:{Port}.", broker.Address, Port);
    }

    public async Task StopAsync(CancellationToken cancel)
    {
        readiness.Broker = "the broker has been stopped";
        await stopping.CancelAsync();
        if (server is not null)
            await server.StopAsync();
    }

    /// <summary>Forgets retained messages that the store has forgotten, because another process erased their wearer, and tells whoever subscribed to them.</summary>
    public async Task ForgetErasedAsync(CancellationToken cancel)
    {
        var before = kept.Keys;
        var stored = await store.RetainedTopicsAsync(cancel);
        foreach (var topic in before.Where(topic => !stored.Contains(topic)))
        {
            log.LogInformation("Forgot the retained {Topic}, which the store no longer has.", topic);
            await PublishRetainedAsync(topic, default, cancel);
        }
    }

    public Task PublishRetainedAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancel) =>
        Server.InjectApplicationMessage(new InjectedMqttApplicationMessage(new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload.ToArray())
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).WithRetainFlag().Build()), cancel);

    Task LetInAsync(ValidatingConnectionEventArgs guest)
    {
        if (string.IsNullOrEmpty(guest.ClientId))
            guest.AssignedClientIdentifier = NamelessGuests.NewName();
        if (!door.LetsIn(guest.UserName, guest.RawPassword))
        {
            guest.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
            if (strangerLog.Now(out var times))
                log.LogWarning("Refused {Times} connections for a wrong user or password, the last as user '{User}' from {Address}.", times, guest.UserName, guest.RemoteEndPoint);
        }
        return Task.CompletedTask;
    }

    Task SubscribeAsync(InterceptingSubscriptionEventArgs wish)
    {
        if (!rules.MayRead(wish.UserName, wish.TopicFilter.Topic))
        {
            wish.ProcessSubscription = false;
            wish.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
            Forbidden(wish.UserName, "read", wish.TopicFilter.Topic);
        }
        return Task.CompletedTask;
    }

    async Task PublishAsync(InterceptingPublishEventArgs sent)
    {
        var message = sent.ApplicationMessage;
        var own = ReferenceEquals(sent.SessionItems, Server.ServerSessionItems);
        if (!own && Encoding.UTF8.GetByteCount(message.Topic ?? "") + message.Payload.Length > broker.MaxPacketBytes)
        {
            (sent.ProcessPublish, sent.CloseConnection, sent.Response.ReasonCode) = (false, true, MqttPubAckReasonCode.QuotaExceeded);
            log.LogWarning("Closed the connection of {Client}: its message of {Bytes} bytes is over Broker:MaxPacketBytes.", sent.ClientId, message.Payload.Length);
        }
        else if (!own && !rules.MayPublish(sent.UserName, message.Topic ?? ""))
        {
            (sent.ProcessPublish, sent.Response.ReasonCode) = (false, MqttPubAckReasonCode.NotAuthorized);
            Forbidden(sent.UserName, "publish to", message.Topic);
        }
        else if (sent.ProcessPublish)
        {
            if (message.Retain)
                settings.Hear(message.Topic!, message.Payload);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(sent.CancellationToken, stopping.Token);
            var arrival = own ? null : await inbox.TakeAsync(message.Topic!, message.Payload, either.Token);
            if (arrival is not null && message.QualityOfServiceLevel > MqttQualityOfServiceLevel.AtMostOnce)
                await arrival.Stored.WaitAsync(either.Token);       // an exception leaves the message without its acknowledgement
        }
    }

    /// <summary>Keeps what the topic holds now; tries until it succeeds, since the publisher is told only afterwards.</summary>
    async Task KeepRetainedAsync(RetainedMessageChangedEventArgs change)
    {
        for (var topic = change.ChangedRetainedMessage.Topic; ;)
        {
            try
            {
                var now = await Server.GetRetainedMessageAsync(topic);
                await store.SaveRetainedAsync(new(topic, now?.Payload.ToArray() ?? [], (int)(now?.QualityOfServiceLevel ?? 0)), stopping.Token);
                if (now is null)
                    kept.TryRemove(topic, out _);
                else
                    kept[topic] = true;
                return;
            }
            catch (StoreException problem)
            {
                if (retainedLog.Now(out _))
                    log.LogError("Retained messages cannot be stored: {Problem}", problem.Message);
            }
            await Task.Delay(RetryPause, clock, stopping.Token);
        }
    }

    void Forbidden(string? user, string what, string? topic)
    {
        if (forbiddenLog.Now(out var times))
            log.LogWarning("Kept users from {Times} topics that are not theirs; the last was '{User}', who may not {What} {Topic}.", times, user, what, topic);
    }

    public void Dispose()
    {
        server?.Dispose();
        stopping.Dispose();
    }
}
