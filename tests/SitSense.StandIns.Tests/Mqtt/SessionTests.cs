using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace SitSense.StandIns.Tests.Mqtt;

public class SessionTests
{
    static MqttClientOptions Lasting(Broker broker, MqttProtocolVersion version, bool clean = false)
    {
        var options = broker.ClientOptions("lasting", version).WithCleanSession(clean);
        return (version == MqttProtocolVersion.V500 ? options.WithSessionExpiryInterval(3600) : options).Build();
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task Messages_wait_for_an_absent_subscriber_in_their_order(MqttProtocolVersion version)
    {
        await using var broker = await Broker.Start(options => options.WithPersistentSessions());
        var sender = await broker.Connect();
        var client = broker.NewClient();
        var inbox = new Inbox(client);
        Assert.False((await client.ConnectAsync(Lasting(broker, version))).IsSessionPresent);
        await client.SubscribeAsync("wait", MqttQualityOfServiceLevel.AtLeastOnce);
        await client.DisconnectAsync();

        for (var i = 0; i < 100; i++)
            await sender.PublishStringAsync("wait", $"{i}", MqttQualityOfServiceLevel.AtLeastOnce);
        await sender.PublishStringAsync("wait", "not worth waiting for", MqttQualityOfServiceLevel.AtMostOnce);
        await sender.PingAsync();

        Assert.True((await client.ConnectAsync(Lasting(broker, version))).IsSessionPresent);
        await sender.PublishStringAsync("wait", "new", MqttQualityOfServiceLevel.AtLeastOnce);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"wait={i}").Append("wait=new"), await inbox.NextTexts(101));
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task A_clean_start_forgets_the_session(MqttProtocolVersion version)
    {
        await using var broker = await Broker.Start(options => options.WithPersistentSessions());
        var client = broker.NewClient();
        var inbox = new Inbox(client);
        await client.ConnectAsync(Lasting(broker, version));
        await client.SubscribeAsync("old", MqttQualityOfServiceLevel.AtLeastOnce);
        await client.DisconnectAsync();

        Assert.False((await client.ConnectAsync(Lasting(broker, version, clean: true))).IsSessionPresent);
        await client.SubscribeAsync("new", MqttQualityOfServiceLevel.AtLeastOnce);
        await client.PublishStringAsync("old", "x", MqttQualityOfServiceLevel.AtLeastOnce);
        await client.PublishStringAsync("new", "x", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal("new=x", await inbox.NextText());
    }

    [Fact]
    public async Task A_session_of_MQTT_5_without_expiry_ends_with_its_connection()
    {
        await using var broker = await Broker.Start(options => options.WithPersistentSessions());
        var left = new TaskCompletionSource();
        broker.Server.ClientDisconnectedAsync += _ =>
        {
            left.TrySetResult();
            return Task.CompletedTask;
        };
        var client = await broker.Connect("brief", options: options => options.WithCleanStart(false));
        await client.DisconnectAsync();
        await left.Task.WaitAsync(Broker.Patience);

        Assert.Empty(await broker.Server.GetSessionsAsync());
    }

    [Fact]
    public async Task A_second_connection_of_the_same_id_takes_the_session_over()
    {
        await using var broker = await Broker.Start(options => options.WithPersistentSessions());
        var types = Channel.CreateUnbounded<MqttClientDisconnectType>();
        broker.Server.ClientDisconnectedAsync += gone =>
        {
            types.Writer.TryWrite(gone.DisconnectType);
            return Task.CompletedTask;
        };
        var first = broker.NewClient();
        var told = new TaskCompletionSource<MqttClientDisconnectedEventArgs>();
        first.DisconnectedAsync += gone =>
        {
            told.TrySetResult(gone);
            return Task.CompletedTask;
        };
        await first.ConnectAsync(Lasting(broker, MqttProtocolVersion.V500));
        await first.SubscribeAsync("mine", MqttQualityOfServiceLevel.AtLeastOnce);
        var second = broker.NewClient();
        var inbox = new Inbox(second);

        Assert.True((await second.ConnectAsync(Lasting(broker, MqttProtocolVersion.V500))).IsSessionPresent);
        await second.PublishStringAsync("mine", "still", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal("mine=still", await inbox.NextText());
        Assert.Equal(MqttClientDisconnectReason.SessionTakenOver, (await told.Task.WaitAsync(Broker.Patience)).Reason);
        Assert.Equal(MqttClientDisconnectType.Takeover, await types.Reader.ReadAsync());
        Assert.Single(await broker.Server.GetClientsAsync());
    }

    [Theory]
    [InlineData(MqttPendingMessagesOverflowStrategy.DropOldestQueuedMessage, "95,96,97,98,99")]
    [InlineData(MqttPendingMessagesOverflowStrategy.DropNewMessage, "0,1,2,3,4")]
    public async Task Only_so_many_messages_wait_for_a_client(MqttPendingMessagesOverflowStrategy strategy, string kept)
    {
        var dropped = 0;
        await using var broker = await Broker.Start(
            options => options.WithPersistentSessions().WithMaxPendingMessagesPerClient(5).WithPendingMessagesOverflowStrategy(strategy),
            server =>
            {
                server.ApplicationMessageEnqueuedOrDroppedAsync += queued =>
                {
                    dropped += queued.IsDropped ? 1 : 0;
                    return Task.CompletedTask;
                };
                server.QueuedApplicationMessageOverwrittenAsync += _ =>
                {
                    dropped++;
                    return Task.CompletedTask;
                };
            });
        var sender = await broker.Connect();
        var client = broker.NewClient();
        var inbox = new Inbox(client);
        await client.ConnectAsync(Lasting(broker, MqttProtocolVersion.V311));
        await client.SubscribeAsync("few", MqttQualityOfServiceLevel.AtLeastOnce);
        await client.DisconnectAsync();
        while ((await broker.Server.GetClientsAsync()).Count > 1)
            await Task.Delay(5);

        for (var i = 0; i < 100; i++)
            await sender.PublishStringAsync("few", $"{i}", MqttQualityOfServiceLevel.AtLeastOnce);
        Assert.Equal(5, (await broker.Server.GetSessionAsync("lasting")).PendingApplicationMessagesCount);
        Assert.Equal(95, dropped);
        if (strategy == MqttPendingMessagesOverflowStrategy.DropNewMessage)
            return; // the package sends the dropped ones all the same once the client is back

        await client.ConnectAsync(Lasting(broker, MqttProtocolVersion.V311));
        Assert.Equal(kept.Split(',').Select(text => $"few={text}"), await inbox.NextTexts(5));
    }

    [Fact]
    public async Task The_program_sees_who_is_there_and_may_show_them_out()
    {
        await using var broker = await Broker.Start();
        var client = await broker.Connect("guest");
        var gone = new TaskCompletionSource<MqttClientDisconnectedEventArgs>();
        client.DisconnectedAsync += left =>
        {
            gone.TrySetResult(left);
            return Task.CompletedTask;
        };

        var status = Assert.Single(await broker.Server.GetClientsAsync());
        Assert.Equal(("guest", MqttProtocolVersion.V500), (status.Id, status.ProtocolVersion));
        Assert.Equal("guest", (await broker.Server.GetSessionAsync("guest")).Id);
        await broker.Server.DisconnectClientAsync("guest", new MqttServerClientDisconnectOptions { ReasonCode = MqttDisconnectReasonCode.AdministrativeAction });

        Assert.Equal(MqttClientDisconnectReason.AdministrativeAction, (await gone.Task.WaitAsync(Broker.Patience)).Reason);
        await Assert.ThrowsAsync<InvalidOperationException>(() => broker.Server.DisconnectClientAsync("nobody", new MqttServerClientDisconnectOptions()));
    }

    [Fact]
    public async Task Who_comes_and_goes_is_told()
    {
        var events = Channel.CreateUnbounded<string>();
        await using var broker = await Broker.Start(handlers: server =>
        {
            server.ClientConnectedAsync += here =>
            {
                events.Writer.TryWrite($"{here.ClientId} {here.UserName} here");
                return Task.CompletedTask;
            };
            server.ClientDisconnectedAsync += gone =>
            {
                events.Writer.TryWrite($"{gone.ClientId} {gone.UserName} {gone.DisconnectType}");
                return Task.CompletedTask;
            };
        });
        var polite = await broker.Connect("polite", options: options => options.WithCredentials("ann", "x"));
        Assert.Equal("polite ann here", await events.Reader.ReadAsync());
        await polite.DisconnectAsync();
        Assert.Equal("polite ann Clean", await events.Reader.ReadAsync());
        var rude = await broker.Connect("rude");
        Assert.Equal("rude  here", await events.Reader.ReadAsync());
        rude.Dispose();
        Assert.Equal("rude  NotClean", await events.Reader.ReadAsync());
    }
}
