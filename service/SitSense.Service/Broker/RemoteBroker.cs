using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SitSense.Service.Ingest;
using SitSense.Service.Options;

namespace SitSense.Service.Broker;

/// <summary>
/// The worker as a client of another broker: a session that outlives connections, acknowledgements in the order of arrival and only after the
/// store has the message, and a connection that is tried again for ever.
/// </summary>
sealed class RemoteBroker(SitSenseOptions options, Inbox inbox, DeviceSettings settings, Readiness readiness, TimeProvider clock, ILogger<RemoteBroker> log)
    : BackgroundService, IBroker
{
    /// <summary>So long the broker keeps messages for a worker that is away: 30 days, in seconds.</summary>
    const uint SessionSeconds = 30 * 24 * 3600;

    /// <summary>Messages on their way without acknowledgement; more than a batch, so that one gathers while another is stored.</summary>
    const ushort InFlight = 2000;

    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500), LastPause = TimeSpan.FromSeconds(15), ConnectTime = TimeSpan.FromSeconds(10), LeaveTime = TimeSpan.FromSeconds(3);

    readonly IMqttClient client = new MqttClientFactory().CreateMqttClient();
    readonly OncePerMinute problems = new(clock);
    readonly string server = $"{options.Mqtt.Server?.Host}:{options.Mqtt.Server?.Port}";
    Connection? current;

    public async Task PublishRetainedAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        var result = await client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload.ToArray())
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).WithRetainFlag().Build(), cancel);
        if (!result.IsSuccess)
            throw new Failure($"{server} refused a message to {topic}: {result.ReasonCode}. Let the worker's user write there.");
    }

    /// <summary>Takes no more messages, acknowledges those that are stored, and leaves; the broker keeps the rest.</summary>
    public override async Task StopAsync(CancellationToken cancel)
    {
        var leaving = current;
        if (leaving is not null)
            await Task.WhenAny(leaving.CloseAsync(), Task.Delay(LeaveTime, clock, cancel));
        await base.StopAsync(cancel);
        await client.TryDisconnectAsync();
        client.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await Task.Yield();
        client.ApplicationMessageReceivedAsync += received => ReceiveAsync(received, stop);
        var pause = FirstPause;
        while (!stop.IsCancellationRequested)
        {
            var connection = new Connection(client);
            current = connection;
            client.DisconnectedAsync += connection.EndAsync;
            try
            {
                await ConnectAsync(stop);
                readiness.Broker = null;
                pause = FirstPause;
                log.LogInformation("Connected to the broker {Server}.", server);
                await connection.Ended.WaitAsync(stop);
                throw new MqttCommunicationException("the connection was closed");
            }
            catch (Exception problem) when (!stop.IsCancellationRequested)
            {
                readiness.Broker = $"{server}: {problem.Message}";
                if (problems.Now(out _))
                    log.LogWarning("The broker {Server} is away ({Problem}); trying again.", server, (problem.InnerException ?? problem).Message);
            }
            finally
            {
                client.DisconnectedAsync -= connection.EndAsync;
                await connection.EndAsync(null);
                if (client.IsConnected && !stop.IsCancellationRequested)
                    await client.TryDisconnectAsync();
            }
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), clock, stop);
            pause = pause * 2 < LastPause ? pause * 2 : LastPause;
        }
    }

    async Task ConnectAsync(CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(ConnectTime);
        var answer = await client.ConnectAsync(ClientOptions(), patience.Token);
        if (answer.ResultCode != MqttClientConnectResultCode.Success)
            throw new MqttCommunicationException($"it answered {answer.ResultCode} {answer.ReasonString}".TrimEnd());
        var filters = new MqttClientFactory().CreateSubscribeOptionsBuilder();
        foreach (var kind in (string[])["posture", "heartbeat", "reminder", "measures", "status", "settings"])
            filters.WithTopicFilter(filter => filter.WithTopic($"{options.Mqtt.Root}/+/{kind}").WithAtLeastOnceQoS().WithRetainAsPublished());
        var granted = await client.SubscribeAsync(filters.Build(), patience.Token);
        if (granted.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
            throw new MqttCommunicationException($"it refused to let the worker read {refused.TopicFilter.Topic}: {refused.ResultCode}");
    }

    MqttClientOptions ClientOptions()
    {
        var mqtt = options.Mqtt;
        var builder = new MqttClientOptionsBuilder().WithTcpServer(mqtt.Server!.Value.Host, mqtt.Server.Value.Port).WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId(mqtt.ClientId).WithCleanStart(false).WithSessionExpiryInterval(SessionSeconds).WithReceiveMaximum(InFlight);
        if (mqtt.User is not null)
            builder.WithCredentials(mqtt.User, mqtt.Password ?? "");
        if (mqtt.CaFile is not null)
        {
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPemFile(mqtt.CaFile);
            builder.WithTlsOptions(tls => tls.UseTls().WithTargetHost(mqtt.Server.Value.Host).WithTrustChain(trusted).WithRevocationMode(X509RevocationMode.NoCheck));
        }
        return builder.Build();
    }

    async Task ReceiveAsync(MqttApplicationMessageReceivedEventArgs received, CancellationToken stop)
    {
        received.AutoAcknowledge = false;
        var connection = current!;
        if (connection.Closed)
            return;
        var message = received.ApplicationMessage;
        if (message.Retain)
            settings.Hear(message.Topic, message.Payload);
        connection.Acknowledge(received, await inbox.TakeAsync(message.Topic, message.Payload, stop));
    }

    /// <summary>
    /// One connection and the acknowledgements that are due on it. They die with it: a packet identifier means another message on the next one,
    /// and there the broker sends again what was not acknowledged.
    /// </summary>
    sealed class Connection
    {
        readonly Channel<(MqttApplicationMessageReceivedEventArgs Received, Arrival? Arrival)> due = Channel.CreateUnbounded<(MqttApplicationMessageReceivedEventArgs, Arrival?)>();
        readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        readonly CancellationTokenSource over = new();
        readonly Task work;

        public Connection(IMqttClient client) => work = WorkAsync(client);

        public Task Ended => ended.Task;

        /// <summary>Nothing is taken any more.</summary>
        public bool Closed { get; private set; }

        public void Acknowledge(MqttApplicationMessageReceivedEventArgs received, Arrival? arrival) => due.Writer.TryWrite((received, arrival));

        public Task CloseAsync()
        {
            Closed = true;
            due.Writer.TryComplete();
            return work;
        }

        public Task EndAsync(MqttClientDisconnectedEventArgs? _)
        {
            over.Cancel();
            ended.TrySetResult();
            return Task.CompletedTask;
        }

        async Task WorkAsync(IMqttClient client)
        {
            try
            {
                await foreach (var (received, arrival) in due.Reader.ReadAllAsync(over.Token))
                {
                    if (arrival is not null)
                        await arrival.Stored.WaitAsync(over.Token);
                    if (client.IsConnected)
                        await received.AcknowledgeAsync(over.Token);
                }
            }
            catch (Exception problem) when (problem is OperationCanceledException or MqttCommunicationException or MqttClientNotConnectedException or ObjectDisposedException)
            {
                // The connection is gone, and with it what was due on it.
            }
        }
    }
}
