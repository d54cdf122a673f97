using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace SitSense.StandIns.Tests.Mqtt;

public class AcknowledgingTests
{
    static void Persistent(MqttClientOptionsBuilder options, MqttProtocolVersion version)
    {
        options.WithCleanSession(false);
        if (version == MqttProtocolVersion.V500)
            options.WithSessionExpiryInterval(3600);
    }

    /// <summary>A client with a lasting session that acknowledges nothing by itself.</summary>
    static async Task<(IMqttClient Client, ChannelReader<MqttApplicationMessageReceivedEventArgs> Arrivals)> Patient(Broker broker, MqttProtocolVersion version)
    {
        var client = broker.NewClient();
        var arrivals = Channel.CreateUnbounded<MqttApplicationMessageReceivedEventArgs>();
        client.ApplicationMessageReceivedAsync += arrival =>
        {
            arrival.AutoAcknowledge = false;
            arrivals.Writer.TryWrite(arrival);
            return Task.CompletedTask;
        };
        var options = broker.ClientOptions("patient", version);
        Persistent(options, version);
        var result = await client.ConnectAsync(options.Build());
        if (!result.IsSessionPresent)
            await client.SubscribeAsync("work", MqttQualityOfServiceLevel.AtLeastOnce);
        return (client, arrivals.Reader);
    }

    static async Task<MqttApplicationMessageReceivedEventArgs> Next(ChannelReader<MqttApplicationMessageReceivedEventArgs> arrivals)
    {
        using var patience = new CancellationTokenSource(Broker.Patience);
        return await arrivals.ReadAsync(patience.Token);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task What_was_not_acknowledged_comes_again_after_a_reconnect_and_what_was_does_not(MqttProtocolVersion version)
    {
        await using var broker = await Broker.Start(options => options.WithPersistentSessions());
        var sender = await broker.Connect(version: version);
        var (first, arrivals) = await Patient(broker, version);
        foreach (var text in new[] { "1", "2", "3" })
            await sender.PublishStringAsync("work", text, MqttQualityOfServiceLevel.AtLeastOnce);
        await Next(arrivals);
        var second = await Next(arrivals);
        await Next(arrivals);

        await Task.Run(() => second.AcknowledgeAsync(CancellationToken.None)); // another task, another order
        await first.PingAsync();
        first.Dispose();
        var (_, again) = await Patient(broker, version);

        Assert.Equal("1", (await Next(again)).ApplicationMessage.ConvertPayloadToString());
        Assert.Equal("3", (await Next(again)).ApplicationMessage.ConvertPayloadToString());
    }

    [Fact]
    public async Task A_second_acknowledgement_is_an_error_of_the_program()
    {
        await using var broker = await Broker.Start();
        var sender = await broker.Connect();
        var (_, arrivals) = await Patient(broker, MqttProtocolVersion.V500);
        await sender.PublishStringAsync("work", "1", MqttQualityOfServiceLevel.AtLeastOnce);
        var arrival = await Next(arrivals);

        await arrival.AcknowledgeAsync(CancellationToken.None);

        await Assert.ThrowsAsync<InvalidOperationException>(() => arrival.AcknowledgeAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_handler_that_throws_acknowledges_nothing_and_the_next_message_is_served()
    {
        await using var broker = await Broker.Start(options => options.WithPersistentSessions());
        var sender = await broker.Connect();
        var client = broker.NewClient();
        var seen = Channel.CreateUnbounded<string>();
        client.ApplicationMessageReceivedAsync += arrival =>
        {
            var text = arrival.ApplicationMessage.ConvertPayloadToString();
            seen.Writer.TryWrite(text);
            return text == "bad" ? throw new FormatException("bad") : Task.CompletedTask;
        };
        var options = broker.ClientOptions("thrower");
        Persistent(options, MqttProtocolVersion.V500);
        await client.ConnectAsync(options.Build());
        await client.SubscribeAsync("work", MqttQualityOfServiceLevel.AtLeastOnce);

        await sender.PublishStringAsync("work", "bad", MqttQualityOfServiceLevel.AtLeastOnce);
        await sender.PublishStringAsync("work", "good", MqttQualityOfServiceLevel.AtLeastOnce);
        await sender.PublishStringAsync("work", "end"); // served after the good one was acknowledged, and has no acknowledgement itself
        using var patience = new CancellationTokenSource(Broker.Patience);
        Assert.Equal("bad", await seen.Reader.ReadAsync(patience.Token));
        Assert.Equal("good", await seen.Reader.ReadAsync(patience.Token));
        Assert.Equal("end", await seen.Reader.ReadAsync(patience.Token));
        await client.PingAsync();
        await client.DisconnectAsync();
        Assert.True((await client.ConnectAsync(options.Build())).IsSessionPresent);

        Assert.Equal("bad", await seen.Reader.ReadAsync(patience.Token));
        await client.PingAsync();
        Assert.False(seen.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Messages_are_handled_one_at_a_time()
    {
        await using var broker = await Broker.Start();
        var client = await broker.Connect();
        var (inside, most, done) = (0, 0, new SemaphoreSlim(0));
        client.ApplicationMessageReceivedAsync += async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            done.Release();
        };
        await client.SubscribeAsync("one", MqttQualityOfServiceLevel.AtLeastOnce);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.PublishStringAsync("one", "x", MqttQualityOfServiceLevel.AtLeastOnce)));
        for (var i = 0; i < 50; i++)
            Assert.True(await done.WaitAsync(Broker.Patience));

        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Leaving_does_not_wait_for_messages_that_were_not_handled()
    {
        await using var broker = await Broker.Start();
        var client = await broker.Connect();
        var (entered, handled, gate) = (new TaskCompletionSource(), 0, new TaskCompletionSource());
        client.ApplicationMessageReceivedAsync += _ =>
        {
            handled++;
            entered.TrySetResult();
            return gate.Task;
        };
        await client.SubscribeAsync("many");
        var sender = await broker.Connect();
        for (var i = 0; i < 20; i++)
            await sender.PublishStringAsync("many", "x", MqttQualityOfServiceLevel.AtLeastOnce);
        await entered.Task.WaitAsync(Broker.Patience);
        await client.PingAsync(); // all twenty are here

        var leaving = client.DisconnectAsync();
        gate.SetResult();
        await leaving.WaitAsync(Broker.Patience);

        Assert.InRange(handled, 1, 20);
        Assert.False(client.IsConnected);
    }

    [Fact]
    public async Task A_handler_may_publish_and_wait_for_the_answer()
    {
        await using var broker = await Broker.Start();
        var (_, inbox) = await broker.Subscribe("answer");
        var client = await broker.Connect();
        client.ApplicationMessageReceivedAsync += _ => client.PublishStringAsync("answer", "yes", MqttQualityOfServiceLevel.AtLeastOnce);
        await client.SubscribeAsync("question");

        await client.PublishStringAsync("question", "?");

        Assert.Equal("answer=yes", await inbox.NextText());
    }
}
