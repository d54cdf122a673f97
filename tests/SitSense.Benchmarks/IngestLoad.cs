using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SitSense.Testing;

namespace SitSense.Benchmarks;

/// <summary>
/// Changes of posture a second, from many devices' connections at QoS 1 to the durable store: each device sends its next change when the last
/// one was acknowledged. The clock runs until the worker's metrics say that all are stored.
/// </summary>
static class IngestLoad
{
    const string MosquittoUnbounded = "max_inflight_messages 0", QueueUnbounded = "max_queued_messages 0";

    public static Command Create()
    {
        var devices = new Option<int>("--devices") { DefaultValueFactory = _ => 100, Description = "Connections that publish side by side." };
        var changes = new Option<int>("--changes") { DefaultValueFactory = _ => 500, Description = "Changes that each of them sends." };
        var mosquitto = new Option<bool>("--mosquitto") { Description = "Over a real Mosquitto instead of the embedded broker." };
        var command = new Command("ingest", "Changes of posture a second, from MQTT to the durable store.") { devices, changes, mosquitto };
        command.SetAction(async (parsed, cancel) =>
            await RunAsync(parsed.GetValue(devices), parsed.GetValue(changes), parsed.GetValue(mosquitto), cancel));
        return command;
    }

    static async Task RunAsync(int devices, int changes, bool overMosquitto, CancellationToken cancel)
    {
        await using var mosquitto = overMosquitto ? await Mosquitto.StartAsync("allow_anonymous true", MosquittoUnbounded, QueueUnbounded) : null;
        await using var worker = new MeasuredWorker(overMosquitto ? [$"--Mqtt:Server=127.0.0.1:{mosquitto!.Port}"] : []);
        await worker.ReadyAsync();
        var port = mosquitto?.Port ?? await worker.PortAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, devices).Select(device => ConnectAsync(port, device, cancel)));
        await Task.WhenAll(clients.Select((client, device) => PublishAsync(client, device, 0, 20, cancel)));      // warm

        var (start, processor) = (Stopwatch.GetTimestamp(), worker.ProcessorTime);
        await Task.WhenAll(clients.Select((client, device) => PublishAsync(client, device, 20, changes, cancel)));
        var published = Stopwatch.GetElapsedTime(start);
        while (await worker.MetricAsync("sitsense_messages_stored_total") < devices * (20.0 + changes))
            await Task.Delay(10, cancel);
        var stored = Stopwatch.GetElapsedTime(start);
        processor = worker.ProcessorTime - processor;

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(overMosquitto ? "Mosquitto" : "embedded broker")}: {devices * changes} changes of {devices} devices; acknowledged {devices * changes / published.TotalSeconds:F0}/s, stored {devices * changes / stored.TotalSeconds:F0}/s; the worker used {processor.TotalMilliseconds * 1000 / (devices * changes):F0} us of processor a change and {worker.Memory / 1048576} MiB"));
        foreach (var client in clients)
            client.Dispose();
    }

    static async Task<IMqttClient> ConnectAsync(int port, int device, CancellationToken cancel)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId($"load-{device}").WithProtocolVersion(MqttProtocolVersion.V311).Build(), cancel);
        return client;
    }

    static async Task PublishAsync(IMqttClient client, int device, int first, int count, CancellationToken cancel)
    {
        var day = new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc);
        for (var seq = first; seq < first + count; seq++)
        {
            var at = day.AddSeconds(30 * seq);
            var payload = Encoding.UTF8.GetBytes($$"""{"v":1,"boot":1,"seq":{{seq}},"at":"{{at:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","posture":"{{(seq % 2 == 0 ? "sitting" : "upright")}}"}""");
            await client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic($"sitsense/load-{device}/posture").WithPayload(payload)
                .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), cancel);
        }
    }
}
