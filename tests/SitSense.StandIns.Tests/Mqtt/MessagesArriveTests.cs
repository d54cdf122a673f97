using System.Text;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace SitSense.StandIns.Tests.Mqtt;

public class MessagesArriveTests
{
    [Theory]
    [InlineData(MqttProtocolVersion.V311, MqttQualityOfServiceLevel.AtMostOnce)]
    [InlineData(MqttProtocolVersion.V311, MqttQualityOfServiceLevel.AtLeastOnce)]
    [InlineData(MqttProtocolVersion.V311, MqttQualityOfServiceLevel.ExactlyOnce)]
    [InlineData(MqttProtocolVersion.V500, MqttQualityOfServiceLevel.AtMostOnce)]
    [InlineData(MqttProtocolVersion.V500, MqttQualityOfServiceLevel.AtLeastOnce)]
    [InlineData(MqttProtocolVersion.V500, MqttQualityOfServiceLevel.ExactlyOnce)]
    public async Task A_message_arrives_as_it_was_sent(MqttProtocolVersion version, MqttQualityOfServiceLevel qos)
    {
        await using var broker = await Broker.Start();
        var (_, inbox) = await broker.Subscribe("büro/+/posture", qos, version);
        var sender = await broker.Connect(version: version);

        var result = await sender.PublishStringAsync("büro/1/posture", "sitting", qos);

        Assert.True(result.IsSuccess);
        var message = await inbox.Next();
        Assert.Equal("büro/1/posture", message.Topic);
        Assert.Equal("sitting", message.ConvertPayloadToString());
        Assert.Equal(qos, message.QualityOfServiceLevel);
        Assert.False(message.Retain);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(120)]
    [InlineData(16_384)]
    [InlineData(200_000)]
    [InlineData(3_000_000)]
    public async Task Payloads_of_every_size_arrive_whole(int size)
    {
        await using var broker = await Broker.Start();
        var (_, inbox) = await broker.Subscribe("big");
        var sender = await broker.Connect();
        var payload = new byte[size];
        new Random(size).NextBytes(payload);

        await sender.PublishBinaryAsync("big", payload, MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal(payload, System.Buffers.BuffersExtensions.ToArray((await inbox.Next()).Payload));
    }

    [Fact]
    public async Task An_empty_payload_reads_as_null()
    {
        await using var broker = await Broker.Start();
        var (_, inbox) = await broker.Subscribe("empty");
        var sender = await broker.Connect();

        await sender.PublishStringAsync("empty", "");

        Assert.Null((await inbox.Next()).ConvertPayloadToString());
    }

    [Fact]
    public async Task Messages_of_one_sender_keep_their_order()
    {
        const int Count = 900; // below the 1,000 that may wait for a subscriber
        await using var broker = await Broker.Start();
        var (_, inbox) = await broker.Subscribe("order");
        var sender = await broker.Connect();

        var sending = Enumerable.Range(0, Count).Select(i => sender.PublishStringAsync("order", $"{i}", MqttQualityOfServiceLevel.AtLeastOnce)).ToArray();
        var results = await Task.WhenAll(sending);

        Assert.All(results, result => Assert.True(result.IsSuccess));
        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"order={i}"), await inbox.NextTexts(Count));
    }

    [Fact]
    public async Task The_quality_is_the_lower_one_of_sender_and_subscriber()
    {
        await using var broker = await Broker.Start();
        var (_, atMostOnce) = await broker.Subscribe("quality", MqttQualityOfServiceLevel.AtMostOnce);
        var (_, exactlyOnce) = await broker.Subscribe("quality", MqttQualityOfServiceLevel.ExactlyOnce);
        var sender = await broker.Connect();

        await sender.PublishStringAsync("quality", "1", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal(MqttQualityOfServiceLevel.AtMostOnce, (await atMostOnce.Next()).QualityOfServiceLevel);
        Assert.Equal(MqttQualityOfServiceLevel.AtLeastOnce, (await exactlyOnce.Next()).QualityOfServiceLevel);
    }

    [Fact]
    public async Task Filters_that_overlap_deliver_once_at_the_highest_quality()
    {
        await using var broker = await Broker.Start();
        var (client, inbox) = await broker.Subscribe("a/#", MqttQualityOfServiceLevel.AtMostOnce);
        await client.SubscribeAsync("a/+", MqttQualityOfServiceLevel.AtLeastOnce);
        await client.SubscribeAsync("a/b", MqttQualityOfServiceLevel.AtMostOnce);
        var sender = await broker.Connect();

        await sender.PublishStringAsync("a/b", "once", MqttQualityOfServiceLevel.AtLeastOnce);
        await sender.PublishStringAsync("a/c", "last", MqttQualityOfServiceLevel.AtLeastOnce);

        var message = await inbox.Next();
        Assert.Equal(("once", MqttQualityOfServiceLevel.AtLeastOnce), (message.ConvertPayloadToString(), message.QualityOfServiceLevel));
        Assert.Equal("a/c=last", await inbox.NextText());
    }

    [Fact]
    public async Task Nothing_arrives_after_unsubscribing()
    {
        await using var broker = await Broker.Start();
        var (client, inbox) = await broker.Subscribe("a/+");
        await client.SubscribeAsync("end");

        var gone = await client.UnsubscribeAsync("a/+");
        var never = await client.UnsubscribeAsync("never");
        await client.PublishStringAsync("a/b", "no", MqttQualityOfServiceLevel.AtLeastOnce);
        await client.PublishStringAsync("end", "yes", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal(MqttClientUnsubscribeResultCode.Success, Assert.Single(gone.Items).ResultCode);
        Assert.Equal(MqttClientUnsubscribeResultCode.NoSubscriptionExisted, Assert.Single(never.Items).ResultCode);
        Assert.Equal("end=yes", await inbox.NextText());
    }

    [Fact]
    public async Task The_sender_learns_that_nobody_listens()
    {
        await using var broker = await Broker.Start();
        var sender = await broker.Connect();

        var result = await sender.PublishStringAsync("nobody", "x", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.True(result.IsSuccess);
        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, result.ReasonCode);
        Assert.NotNull(result.PacketIdentifier);
    }

    [Fact]
    public async Task What_MQTT_5_adds_to_a_message_arrives()
    {
        await using var broker = await Broker.Start();
        var client = await broker.Connect();
        var inbox = new Inbox(client);
        await client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder().WithTopicFilter("props").WithSubscriptionIdentifier(300).Build());

        await client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic("props").WithPayload("{}").WithContentType("application/json")
            .WithResponseTopic("answer").WithCorrelationData([1, 2]).WithPayloadFormatIndicator(MqttPayloadFormatIndicator.CharacterData)
            .WithUserProperty("unit", Encoding.UTF8.GetBytes("°").AsMemory()).Build());

        var message = await inbox.Next();
        Assert.Equal(("application/json", "answer"), (message.ContentType, message.ResponseTopic));
        Assert.Equal([1, 2], message.CorrelationData);
        Assert.Equal(MqttPayloadFormatIndicator.CharacterData, message.PayloadFormatIndicator);
        Assert.Equal([300u], message.SubscriptionIdentifiers);
        Assert.Equal("°", Encoding.UTF8.GetString(Assert.Single(message.UserProperties).ValueBuffer.Span));
    }

    [Fact]
    public async Task Nothing_of_its_own_comes_back_where_the_subscriber_wants_none()
    {
        await using var broker = await Broker.Start();
        var client = await broker.Connect();
        var inbox = new Inbox(client);
        await client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder().WithTopicFilter("own", noLocal: true).Build());
        var other = await broker.Connect();

        await client.PublishStringAsync("own", "mine", MqttQualityOfServiceLevel.AtLeastOnce);
        await other.PublishStringAsync("own", "theirs", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal("own=theirs", await inbox.NextText());
    }

    [Fact]
    public async Task A_topic_alias_stands_for_its_topic_and_is_not_passed_on()
    {
        await using var broker = await Broker.Start();
        var (_, inbox) = await broker.Subscribe("long/topic");
        var sender = await broker.Connect();

        await sender.PublishAsync(new MqttApplicationMessageBuilder().WithTopic("long/topic").WithTopicAlias(7).WithPayload("1").Build());
        await sender.PublishAsync(new MqttApplicationMessageBuilder().WithTopicAlias(7).WithPayload("2").Build());

        Assert.Equal(["long/topic=1", "long/topic=2"], await inbox.NextTexts(2));
    }

    [Fact]
    public async Task What_the_program_injects_arrives()
    {
        await using var broker = await Broker.Start();
        var (_, inbox) = await broker.Subscribe("from/#");

        await MQTTnet.Server.MqttServerExtensions.InjectApplicationMessage(broker.Server, "from/inside", "hello");
        await broker.Server.InjectApplicationMessage(new(new MqttApplicationMessageBuilder().WithTopic("from/me").WithPayload("too").Build()) { SenderClientId = "worker" });

        Assert.Equal(["from/inside=hello", "from/me=too"], await inbox.NextTexts(2));
    }

    [Fact]
    public async Task Many_clients_at_once_get_all_that_is_theirs()
    {
        const int Clients = 40, Each = 25;
        await using var broker = await Broker.Start();
        var (_, inbox) = await broker.Subscribe("many/#");
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => broker.Connect()));

        await Task.WhenAll(clients.Select(async (client, number) =>
        {
            for (var i = 0; i < Each; i++)
                await client.PublishStringAsync($"many/{number}", $"{i}", MqttQualityOfServiceLevel.AtLeastOnce);
        }));

        var arrived = await inbox.NextTexts(Clients * Each);
        for (var number = 0; number < Clients; number++)
            Assert.Equal(Enumerable.Range(0, Each).Select(i => $"many/{number}={i}"), arrived.Where(text => text.StartsWith($"many/{number}=")));
    }
}
