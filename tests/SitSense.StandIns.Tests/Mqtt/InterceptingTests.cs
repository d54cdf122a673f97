using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace SitSense.StandIns.Tests.Mqtt;

public class InterceptingTests
{
    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task The_acknowledgement_waits_for_the_handler_and_other_clients_do_not(MqttProtocolVersion version)
    {
        var (entered, stored) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var broker = await Broker.Start(handlers: server => server.InterceptingPublishAsync += async message =>
        {
            if (message.ApplicationMessage.Topic != "held")
                return;
            entered.TrySetResult();
            await stored.Task;
        });
        var client = await broker.Connect(version: version);
        var other = await broker.Connect(version: version);

        var held = client.PublishStringAsync("held", "x", MqttQualityOfServiceLevel.AtLeastOnce);
        await entered.Task.WaitAsync(Broker.Patience);
        Assert.True((await other.PublishStringAsync("free", "x", MqttQualityOfServiceLevel.AtLeastOnce)).IsSuccess);
        Assert.False(held.IsCompleted);
        stored.SetResult();

        Assert.True((await held.WaitAsync(Broker.Patience)).IsSuccess);
    }

    [Fact]
    public async Task The_messages_of_one_client_are_handled_one_after_the_other()
    {
        var (inside, most) = (0, 0);
        await using var broker = await Broker.Start(handlers: server => server.InterceptingPublishAsync += async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        });
        var client = await broker.Connect();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.PublishStringAsync("x", "x", MqttQualityOfServiceLevel.AtLeastOnce)));

        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_handler_that_throws_ends_the_connection_and_acknowledges_nothing()
    {
        await using var broker = await Broker.Start(handlers: server => server.InterceptingPublishAsync += _ => throw new IOException("disk full"));
        var client = await broker.Connect();
        var gone = new TaskCompletionSource();
        client.DisconnectedAsync += _ =>
        {
            gone.TrySetResult();
            return Task.CompletedTask;
        };

        await Assert.ThrowsAnyAsync<MQTTnet.Exceptions.MqttCommunicationException>(
            () => client.PublishStringAsync("x", "x", MqttQualityOfServiceLevel.AtLeastOnce).WaitAsync(Broker.Patience));
        await gone.Task.WaitAsync(Broker.Patience);
    }

    [Fact]
    public async Task A_message_may_be_refused_and_the_sender_learns_why()
    {
        await using var broker = await Broker.Start(handlers: server => server.InterceptingPublishAsync += message =>
        {
            if (message.ApplicationMessage.Topic.StartsWith("forbidden", StringComparison.Ordinal))
            {
                message.ProcessPublish = false;
                message.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
                message.Response.ReasonString = "not yours";
            }
            return Task.CompletedTask;
        });
        var (client, inbox) = await broker.Subscribe("#");

        var refused = await client.PublishStringAsync("forbidden/1", "x", MqttQualityOfServiceLevel.AtLeastOnce);
        await client.PublishStringAsync("allowed", "x", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.False(refused.IsSuccess);
        Assert.Equal((MqttClientPublishReasonCode.NotAuthorized, "not yours"), (refused.ReasonCode, refused.ReasonString));
        Assert.Equal("allowed=x", await inbox.NextText());
    }

    [Fact]
    public async Task A_handler_knows_the_sender_and_may_change_the_message()
    {
        await using var broker = await Broker.Start(handlers: server =>
        {
            server.ValidatingConnectionAsync += connection =>
            {
                connection.SessionItems["seat"] = 7;
                return Task.CompletedTask;
            };
            server.InterceptingPublishAsync += message =>
            {
                message.ApplicationMessage = new MqttApplicationMessageBuilder().WithTopic("changed")
                    .WithPayload($"{message.ClientId} {message.UserName} {message.SessionItems["seat"]}").Build();
                return Task.CompletedTask;
            };
        });
        var (_, inbox) = await broker.Subscribe("changed");
        var client = await broker.Connect("desk-1", options: options => options.WithCredentials("ann", "secret"));

        await client.PublishStringAsync("original", "x", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal("changed=desk-1 ann 7", await inbox.NextText());
    }

    [Fact]
    public async Task A_handler_may_close_the_connection_instead_of_answering()
    {
        await using var broker = await Broker.Start(handlers: server => server.InterceptingPublishAsync += message =>
        {
            message.CloseConnection = true;
            message.ProcessPublish = false;
            return Task.CompletedTask;
        });
        var client = await broker.Connect();

        await Assert.ThrowsAnyAsync<MQTTnet.Exceptions.MqttCommunicationException>(
            () => client.PublishStringAsync("x", "x", MqttQualityOfServiceLevel.AtLeastOnce).WaitAsync(Broker.Patience));
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311, MqttClientSubscribeResultCode.UnspecifiedError)]
    [InlineData(MqttProtocolVersion.V500, MqttClientSubscribeResultCode.NotAuthorized)]
    public async Task A_filter_may_be_refused_and_delivers_nothing(MqttProtocolVersion version, MqttClientSubscribeResultCode expected)
    {
        await using var broker = await Broker.Start(handlers: server => server.InterceptingSubscriptionAsync += subscription =>
        {
            if (!subscription.TopicFilter.Topic.StartsWith(subscription.UserName + "/", StringComparison.Ordinal))
            {
                subscription.ProcessSubscription = false;
                subscription.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
            }
            return Task.CompletedTask;
        });
        var client = await broker.Connect(version: version, options: options => options.WithCredentials("ann", "secret"));
        var inbox = new Inbox(client);

        var refused = await client.SubscribeAsync("bob/#", MqttQualityOfServiceLevel.AtLeastOnce);
        var granted = await client.SubscribeAsync("ann/#", MqttQualityOfServiceLevel.AtLeastOnce);
        await client.PublishStringAsync("bob/x", "no", MqttQualityOfServiceLevel.AtLeastOnce);
        await client.PublishStringAsync("ann/x", "yes", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal(expected, Assert.Single(refused.Items).ResultCode);
        Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, Assert.Single(granted.Items).ResultCode);
        Assert.Equal("ann/x=yes", await inbox.NextText());
    }

    [Fact]
    public async Task A_subscriber_may_be_passed_over()
    {
        await using var broker = await Broker.Start(handlers: server => server.InterceptingClientEnqueueAsync += delivery =>
        {
            delivery.AcceptEnqueue = delivery.ReceiverClientId != "blind";
            return Task.CompletedTask;
        });
        var blind = await broker.Connect("blind");
        var nothing = new Inbox(blind);
        await blind.SubscribeAsync("news");
        var (client, inbox) = await broker.Subscribe("news");

        await client.PublishStringAsync("news", "1", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal("news=1", await inbox.NextText());
        await blind.PingAsync();
        Assert.Equal(0, nothing.Count);
    }
}
