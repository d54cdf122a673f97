using System.Diagnostics;
using MQTTnet;
using MQTTnet.Protocol;
using SitSense.Testing;

namespace SitSense.StandIns.Tests.Mqtt;

public class ServerMeetsPeersTests
{
    static async Task<(int ExitCode, string Output, string Error)> Run(string program, string[] arguments, Action<ProcessStartInfo>? configure = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        configure?.Invoke(start);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(Broker.Patience * 2);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Publishes until somebody hears it.</summary>
    static async Task Tell(IMqttClient client, string topic, string payload)
    {
        using var patience = new CancellationTokenSource(Broker.Patience);
        while ((await client.PublishStringAsync(topic, payload, MqttQualityOfServiceLevel.AtLeastOnce)).ReasonCode == MqttClientPublishReasonCode.NoMatchingSubscribers)
            await Task.Delay(20, patience.Token);
    }

    [Theory]
    [InlineData("mqttv311", 0)]
    [InlineData("mqttv311", 1)]
    [InlineData("mqttv311", 2)]
    [InlineData("mqttv5", 0)]
    [InlineData("mqttv5", 1)]
    [InlineData("mqttv5", 2)]
    public async Task Mosquitto_pub_publishes(string version, int qos)
    {
        var program = Needs.Program("mosquitto_pub", "mosquitto-clients");
        await using var broker = await Broker.Start();
        var (_, inbox) = await broker.Subscribe("t", MqttQualityOfServiceLevel.ExactlyOnce);

        var (exitCode, _, error) = await Run(program, ["-h", "127.0.0.1", "-p", $"{broker.Port}", "-V", version, "-i", "pub", "-t", "t", "-m", "hello", "-q", $"{qos}", "-r"]);

        Assert.Equal((0, ""), (exitCode, error));
        var message = await inbox.Next();
        Assert.Equal(("hello", qos), (message.ConvertPayloadToString(), (int)message.QualityOfServiceLevel));
        Assert.Equal("hello", (await broker.Server.GetRetainedMessageAsync("t")).ConvertPayloadToString());
    }

    [Theory]
    [InlineData("mqttv311", 0)]
    [InlineData("mqttv311", 1)]
    [InlineData("mqttv311", 2)]
    [InlineData("mqttv5", 2)]
    public async Task Mosquitto_sub_subscribes(string version, int qos)
    {
        var program = Needs.Program("mosquitto_sub", "mosquitto-clients");
        await using var broker = await Broker.Start();
        var client = await broker.Connect();

        var listening = Run(program, ["-h", "127.0.0.1", "-p", $"{broker.Port}", "-V", version, "-i", "sub", "-t", "a/#", "-q", $"{qos}", "-C", "1", "-v"]);
        await Tell(client, "a/b", "hello");

        Assert.Equal((0, "a/b hello\n", ""), await listening);
    }

    [Fact]
    public async Task Mosquitto_pub_sees_a_wrong_password()
    {
        var program = Needs.Program("mosquitto_pub", "mosquitto-clients");
        await using var broker = await Broker.Start(handlers: server => server.ValidatingConnectionAsync += connection =>
        {
            connection.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
            return Task.CompletedTask;
        });

        var (exitCode, _, error) = await Run(program, ["-h", "127.0.0.1", "-p", $"{broker.Port}", "-i", "pub", "-t", "t", "-m", "x", "-u", "ann", "-P", "wrong"]);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("bad user name or password", error, StringComparison.OrdinalIgnoreCase);
    }

    const string MqttJs = """
        const mqtt = require('mqtt');
        const client = mqtt.connect({ host: '127.0.0.1', port: +process.argv[1], protocolVersion: +process.argv[2], clientId: 'js',
          will: { topic: 'js/status', payload: 'offline', qos: 1, retain: true } });
        client.on('error', error => { console.error(error.message); process.exit(1); });
        client.on('message', (topic, payload, packet) => {
          console.log(`${topic} ${payload} ${packet.qos}`);
          if (`${payload}` === 'over') client.stream.destroy(), client.end(true, () => process.exit(0));
        });
        client.on('connect', async () => {
          await client.subscribeAsync('js/in/#', { qos: 2 });
          for (const qos of [0, 1, 2]) await client.publishAsync('js/in/own', `own${qos}`, { qos });
          await client.publishAsync('js/out', 'ready', { qos: 1 });
        });
        """;

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task MQTT_js_publishes_subscribes_and_leaves_its_will(int version)
    {
        var node = Needs.Program("node", "nodejs");
        var modules = Path.Combine(Repository.Root, "obj", "peers", "node_modules");
        Needs.Have(Directory.Exists(Path.Combine(modules, "mqtt")), "needs MQTT.js (npm install --prefix obj/peers mqtt@5)");
        await using var broker = await Broker.Start();
        var (client, inbox) = await broker.Subscribe("js/out");
        await client.SubscribeAsync("js/status");

        var running = Run(node, ["-e", MqttJs, $"{broker.Port}", $"{version}"], start => start.Environment["NODE_PATH"] = modules);
        Assert.Equal("js/out=ready", await inbox.NextText());
        await client.PublishStringAsync("js/in/end", "over", MqttQualityOfServiceLevel.AtLeastOnce);

        Assert.Equal((0, "js/in/own own0 0\njs/in/own own1 1\njs/in/own own2 2\njs/in/end over 1\n", ""), await running);
        Assert.Equal("js/status=offline", await inbox.NextText());
    }
}
