using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;
using SitSense.Service.Options;

namespace SitSense.Service.Commands.Updating;

/// <summary>Offers a package to a device, hands it the pieces that it asks for, and waits for what comes of the new program.</summary>
sealed class ProgramSender(SitSenseOptions options, string device, ProgramPackage package, TextWriter progress) : IDisposable
{
    /// <summary>After so long a silence the device may have lost the offer.</summary>
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(10);

    readonly IMqttClient client = new MqttClientFactory().CreateMqttClient();
    readonly Channel<(string Topic, byte[] Payload)> heard = Channel.CreateUnbounded<(string, byte[])>();
    readonly string own = $"{options.Mqtt.Root}/{device}/";
    bool ready;

    /// <summary>Sends it.</summary>
    /// <exception cref="Failure">The broker is away, the device refuses, or the new program did not show itself healthy.</exception>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public async Task SendAsync(CancellationToken cancel)
    {
        var server = options.Mqtt.Server ?? (options.Broker.Address.ToString(), options.Broker.Port);
        try
        {
            await ConnectAsync(server, cancel);
            while (!await TakeAsync(cancel))
            {
            }
            await client.TryDisconnectAsync();
        }
        catch (Exception problem) when (problem is MqttCommunicationException or MqttClientNotConnectedException)
        {
            throw new Failure($"The broker {server.Item1}:{server.Item2} is away ({(problem.InnerException ?? problem).Message}). Start it, or say where it is with --Mqtt:Server; then send again: what came is kept.", problem);
        }
    }

    public void Dispose() => client.Dispose();

    async Task ConnectAsync((string Host, int Port) server, CancellationToken cancel)
    {
        var mqtt = options.Mqtt;
        var builder = new MqttClientOptionsBuilder().WithTcpServer(server.Host, server.Port).WithClientId($"sitsense-firmware-{Guid.NewGuid():N}").WithCleanSession();
        if (mqtt.User is not null)
            builder.WithCredentials(mqtt.User, mqtt.Password ?? "");
        if (mqtt.CaFile is not null)
        {
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPemFile(mqtt.CaFile);
            builder.WithTlsOptions(tls => tls.UseTls().WithTargetHost(server.Host).WithTrustChain(trusted).WithRevocationMode(X509RevocationMode.NoCheck));
        }
        client.ApplicationMessageReceivedAsync += received =>
        {
            heard.Writer.TryWrite((received.ApplicationMessage.Topic, received.ApplicationMessage.Payload.ToArray()));
            return Task.CompletedTask;
        };
        client.DisconnectedAsync += _ =>
        {
            heard.Writer.TryComplete(new MqttCommunicationException("the connection was closed"));
            return Task.CompletedTask;
        };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(ConnectTime);
        try
        {
            var answer = await client.ConnectAsync(builder.Build(), patience.Token);
            if (answer.ResultCode != MqttClientConnectResultCode.Success)
                throw new MqttCommunicationException($"it answered {answer.ResultCode}");
            var filters = new MqttClientFactory().CreateSubscribeOptionsBuilder();
            foreach (var kind in (string[])["update/state", "answer", "status"])
                filters.WithTopicFilter(filter => filter.WithTopic(own + kind).WithAtLeastOnceQoS());
            await client.SubscribeAsync(filters.Build(), patience.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new MqttCommunicationException("it does not answer");
        }
    }

    /// <summary>Takes the next thing that the device says; true when it is over.</summary>
    async Task<bool> TakeAsync(CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Silence);
        try
        {
            var (topic, payload) = await heard.Reader.ReadAsync(patience.Token);
            if (topic == own + "status")
            {
                var status = Encoding.UTF8.GetString(payload);
                progress.WriteLine($"{device} is {status}");
                if (status == "online" && !ready)
                    await OfferAsync(cancel);
                return false;
            }
            using var json = JsonDocument.Parse(payload);
            return topic == own + "answer" ? IsOver(json.RootElement) : await TakeStateAsync(json.RootElement, cancel);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            if (!ready)
                await OfferAsync(cancel);
            return false;
        }
        catch (ChannelClosedException closed)
        {
            throw closed.InnerException ?? closed;
        }
        catch (Exception odd) when (odd is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            progress.WriteLine($"{device} said something that is not understood: {odd.Message}");
            return false;
        }
    }

    static bool IsOver(JsonElement answer)
    {
        if (!answer.TryGetProperty("do", out var what) || what.GetString() != "update")
            return false;
        return answer.GetProperty("ok").GetBoolean() ? true : throw new Failure($"The device refuses: {answer.GetProperty("error").GetString()}.");
    }

    async Task<bool> TakeStateAsync(JsonElement state, CancellationToken cancel)
    {
        if (state.GetProperty("counter").GetUInt32() != package.Counter)
            return false;
        ready = state.GetProperty("state").GetString() == "ready";
        if (ready)
        {
            progress.WriteLine($"{device} has it and checked it; it begins when nobody sits, within an hour, and is on trial then");
            return false;
        }
        var (offset, bytes) = (state.GetProperty("offset").GetInt32(), state.GetProperty("bytes").GetInt32());
        if (offset < 0 || bytes <= 0 || offset > package.Program.Length - bytes)
            return false;
        progress.WriteLine($"{device} asks for {offset} to {offset + bytes} of {package.Program.Length}");
        await PublishAsync("update/piece", package.Piece(offset, bytes), cancel);
        return false;
    }

    Task OfferAsync(CancellationToken cancel) => PublishAsync("update", package.Header, cancel);

    Task PublishAsync(string kind, byte[] payload, CancellationToken cancel) => client.PublishAsync(
        new MqttApplicationMessageBuilder().WithTopic(own + kind).WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), cancel);
}
