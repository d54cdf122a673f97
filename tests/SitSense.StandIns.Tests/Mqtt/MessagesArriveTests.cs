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
        var (_, inbox) = await broker.Subscribe("desk/+/posture", qos, version);
        var sender = await broker.Connect(version: version);

        var result = await sender.PublishStringAsync("desk/1/posture", "sitting", qos);

        Assert.True(result.IsSuccess);
        var message = await inbox.Next();
        Assert.Equal("desk/1/posture", message.Topic);
        Assert.Equal("sitting", message.ConvertPayloadToString());
        Assert.Equal(qos, message.QualityOfServiceLevel);
        Assert.False(message.Retain);
    }
}
