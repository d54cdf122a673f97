using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace SitSense.StandIns.Tests.Mqtt;

public class OwnEndpointTests
{
    [Fact]
    public async Task A_bigger_packet_closes_that_client_only()
    {
        var endpoint = new OwnEndpoint(1000);
        using var server = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder().Build(), [endpoint]);
        await server.StartAsync();
        MqttClientOptions Options() => new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", endpoint.Port).WithTimeout(Broker.Patience).Build();
        using var good = new MqttClientFactory().CreateMqttClient();
        using var bad = new MqttClientFactory().CreateMqttClient();
        var inbox = new Inbox(good);
        await good.ConnectAsync(Options());
        await bad.ConnectAsync(Options());
        await good.SubscribeAsync("t");

        var largest = await bad.PublishBinaryAsync("t", new byte[1000 - 3 - 3 - 2 - 1], MqttQualityOfServiceLevel.AtLeastOnce);
        await Assert.ThrowsAnyAsync<MqttCommunicationException>(() =>
            bad.PublishBinaryAsync("t", new byte[1000 - 3 - 3 - 2], MqttQualityOfServiceLevel.AtLeastOnce).WaitAsync(Broker.Patience));
        await good.PublishStringAsync("t", "still here", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.True(largest.IsSuccess);
        Assert.Equal(991, (await inbox.Next()).Payload.Length);
        Assert.Equal("t=still here", await inbox.NextText());
        await server.StopAsync();
    }
}
