using System.Threading.Channels;
using MQTTnet;

namespace SitSense.StandIns.Tests.Mqtt;

/// <summary>The messages that arrive at a client, in their order.</summary>
sealed class Inbox
{
    readonly Channel<MqttApplicationMessage> _messages = Channel.CreateUnbounded<MqttApplicationMessage>();

    public Inbox(IMqttClient client)
    {
        client.ApplicationMessageReceivedAsync += arrival =>
        {
            _messages.Writer.TryWrite(arrival.ApplicationMessage);
            return Task.CompletedTask;
        };
    }

    /// <summary>How many have arrived and were not taken.</summary>
    public int Count => _messages.Reader.Count;

    public async Task<MqttApplicationMessage> Next()
    {
        using var patience = new CancellationTokenSource(Broker.Patience);
        return await _messages.Reader.ReadAsync(patience.Token);
    }

    /// <summary>The next message as <c>topic=payload</c>.</summary>
    public async Task<string> NextText()
    {
        var message = await Next();
        return $"{message.Topic}={message.ConvertPayloadToString()}";
    }

    public async Task<string[]> NextTexts(int count)
    {
        var texts = new string[count];
        for (var i = 0; i < count; i++)
            texts[i] = await NextText();
        return texts;
    }
}
