using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Protocol;

namespace SitSense.StandIns.Tests.Mqtt;

public class RetainedMessageTests
{
    [Fact]
    public async Task A_new_subscriber_gets_what_is_retained_and_a_present_one_the_plain_message()
    {
        await using var broker = await Broker.Start();
        var (client, present) = await broker.Subscribe("+/status");
        await client.PublishStringAsync("desk/status", "online", MqttQualityOfServiceLevel.AtLeastOnce, retain: true);

        var (_, late) = await broker.Subscribe("desk/#");

        Assert.False((await present.Next()).Retain);
        var message = await late.Next();
        Assert.True(message.Retain);
        Assert.Equal(("desk/status", "online"), (message.Topic, message.ConvertPayloadToString()));
    }

    [Fact]
    public async Task An_empty_payload_clears_it()
    {
        await using var broker = await Broker.Start();
        var client = await broker.Connect();
        await client.PublishStringAsync("status", "online", MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
        Assert.Equal("online", (await broker.Server.GetRetainedMessageAsync("status")).ConvertPayloadToString());

        await client.PublishStringAsync("status", "", MqttQualityOfServiceLevel.AtLeastOnce, retain: true);

        Assert.Null(await broker.Server.GetRetainedMessageAsync("status"));
        Assert.Empty(await broker.Server.GetRetainedMessagesAsync());
    }

    [Fact]
    public async Task The_program_may_store_them_and_load_them_at_the_next_start()
    {
        var stored = new List<MqttApplicationMessage>();
        await using (var before = await Broker.Start(handlers: server => server.RetainedMessageChangedAsync += change =>
        {
            stored = change.StoredRetainedMessages;
            return Task.CompletedTask;
        }))
        {
            var client = await before.Connect();
            await client.PublishStringAsync("a", "1", MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
            await client.PublishStringAsync("b", "2", MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
            await client.PublishStringAsync("a", "", MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
        }

        await using var after = await Broker.Start(handlers: server => server.LoadingRetainedMessageAsync += loading =>
        {
            loading.LoadedRetainedMessages = stored;
            return Task.CompletedTask;
        });
        var (_, inbox) = await after.Subscribe("#");

        Assert.Equal("b=2", await inbox.NextText());
        Assert.Single(await after.Server.GetRetainedMessagesAsync());
    }

    [Fact]
    public async Task A_change_is_told_before_the_acknowledgement_and_the_same_again_is_not()
    {
        var changes = Channel.CreateUnbounded<string>();
        await using var broker = await Broker.Start(handlers: server => server.RetainedMessageChangedAsync += change =>
        {
            changes.Writer.TryWrite($"{change.ClientId}: {change.ChangedRetainedMessage.Topic}={change.ChangedRetainedMessage.ConvertPayloadToString()}");
            return Task.CompletedTask;
        });
        var client = await broker.Connect("sender");

        foreach (var text in new[] { "1", "1", "2", "", "" })
            await client.PublishStringAsync("t", text, MqttQualityOfServiceLevel.AtLeastOnce, retain: true);

        Assert.Equal(3, changes.Reader.Count);
        Assert.Equal(["sender: t=1", "sender: t=2", "sender: t="], [await changes.Reader.ReadAsync(), await changes.Reader.ReadAsync(), await changes.Reader.ReadAsync()]);
    }

    [Fact]
    public async Task The_program_sets_and_clears_them_without_publishing()
    {
        await using var broker = await Broker.Start();
        var (client, inbox) = await broker.Subscribe("t");

        await broker.Server.UpdateRetainedMessageAsync(new MqttApplicationMessageBuilder().WithTopic("t").WithPayload("set").WithRetainFlag().Build());
        Assert.Equal("set", (await broker.Server.GetRetainedMessageAsync("t")).ConvertPayloadToString());
        await broker.Server.DeleteRetainedMessagesAsync();

        Assert.Empty(await broker.Server.GetRetainedMessagesAsync());
        await client.PublishStringAsync("t", "published", MqttQualityOfServiceLevel.AtLeastOnce);
        Assert.Equal("t=published", await inbox.NextText());
    }

    [Fact]
    public async Task Subscribing_again_sends_them_again_unless_only_new_subscriptions_get_them()
    {
        await using var broker = await Broker.Start();
        var client = await broker.Connect();
        var inbox = new Inbox(client);
        await client.PublishStringAsync("t", "kept", MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
        Task Subscribe(MqttRetainHandling handling) =>
            client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder().WithTopicFilter("t", retainHandling: handling).Build());

        await Subscribe(MqttRetainHandling.SendAtSubscribe);
        await Subscribe(MqttRetainHandling.SendAtSubscribe);
        await Subscribe(MqttRetainHandling.SendAtSubscribeIfNewSubscriptionOnly);
        await Subscribe(MqttRetainHandling.DoNotSendOnSubscribe);
        await client.PublishStringAsync("t", "end");

        Assert.Equal(["t=kept", "t=kept", "t=end"], await inbox.NextTexts(3));
    }
}
