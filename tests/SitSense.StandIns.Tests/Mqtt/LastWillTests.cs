using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace SitSense.StandIns.Tests.Mqtt;

public class LastWillTests
{
    static Task<IMqttClient> WithWill(Broker broker, MqttProtocolVersion version) => broker.Connect("mortal", version, options => options
        .WithWillTopic("status").WithWillPayload("offline").WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).WithWillRetain());

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task The_will_of_a_client_that_vanishes_is_published_and_retained(MqttProtocolVersion version)
    {
        await using var broker = await Broker.Start();
        var (_, inbox) = await broker.Subscribe("status");
        var mortal = await WithWill(broker, version);

        mortal.Dispose();

        Assert.Equal("status=offline", await inbox.NextText());
        var (_, late) = await broker.Subscribe("status");
        Assert.True((await late.Next()).Retain);
    }

    [Fact]
    public async Task A_client_that_says_goodbye_has_no_will()
    {
        await using var broker = await Broker.Start();
        var (client, inbox) = await broker.Subscribe("status");
        var mortal = await WithWill(broker, MqttProtocolVersion.V500);

        await mortal.DisconnectAsync();
        using var patience = new CancellationTokenSource(Broker.Patience);
        while ((await broker.Server.GetClientsAsync()).Count > 1)
            await Task.Delay(5, patience.Token);
        await client.PublishStringAsync("status", "end", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal("status=end", await inbox.NextText());
    }

    [Fact]
    public async Task The_will_goes_through_the_same_interception_as_every_message()
    {
        var will = new TaskCompletionSource<(string, string, string)>();
        await using var broker = await Broker.Start(handlers: server => server.InterceptingPublishAsync += message =>
        {
            will.TrySetResult((message.ClientId, message.UserName, message.ApplicationMessage.Topic));
            return Task.CompletedTask;
        });
        var mortal = await broker.Connect("mortal", options: options => options.WithCredentials("ann", "x").WithWillTopic("status").WithWillPayload("offline"));

        mortal.Dispose();

        Assert.Equal(("mortal", "ann", "status"), await will.Task.WaitAsync(Broker.Patience));
    }

    [Fact]
    public async Task A_client_that_falls_silent_is_given_up_and_its_will_published()
    {
        await using var broker = await Broker.Start();
        var (_, inbox) = await broker.Subscribe("status");
        using var silent = await RawClient.Open(broker);
        await silent.Send(RawClient.Connect("silent", keepAlive: 1, will: ("status", "gone")));
        await silent.Receive(4);

        Assert.Equal("status=gone", await inbox.NextText());
        await silent.Closed();
    }

    [Fact]
    public async Task A_client_that_is_shown_out_has_its_will_published()
    {
        await using var broker = await Broker.Start();
        var (_, inbox) = await broker.Subscribe("status");
        await WithWill(broker, MqttProtocolVersion.V311);

        await broker.Server.DisconnectClientAsync("mortal", new MqttServerClientDisconnectOptions());

        Assert.Equal("status=offline", await inbox.NextText());
    }
}
