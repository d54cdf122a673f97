using System.Net;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace SitSense.StandIns.Tests.Mqtt;

/// <summary>A server of the package, or of its stand-in, on a free port of the loopback, and clients for it.</summary>
sealed class Broker : IAsyncDisposable
{
    static int _clients;

    readonly List<IMqttClient> _created = [];

    Broker(MqttServer server, MqttServerOptions options)
    {
        (Server, Options) = (server, options);
    }

    public MqttServer Server { get; }

    public MqttServerOptions Options { get; }

    public int Port => Options.DefaultEndpointOptions.Port;

    /// <summary>How long anything may take before a test gives up; generous, so that a busy machine fails nothing.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    public static async Task<Broker> Start(Action<MqttServerOptionsBuilder>? options = null, Action<MqttServer>? handlers = null)
    {
        var builder = new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(0);
        options?.Invoke(builder);
        var built = builder.Build();
        var server = new MqttServerFactory().CreateMqttServer(built);
        handlers?.Invoke(server);
        await server.StartAsync();
        return new Broker(server, built);
    }

    public MqttClientOptionsBuilder ClientOptions(string? id = null, MqttProtocolVersion version = MqttProtocolVersion.V500) =>
        new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", Port)
            .WithProtocolVersion(version)
            .WithTimeout(Patience)
            .WithClientId(id ?? $"client-{Interlocked.Increment(ref _clients)}");

    public IMqttClient NewClient()
    {
        var client = new MqttClientFactory().CreateMqttClient();
        _created.Add(client);
        return client;
    }

    /// <summary>A client that is connected.</summary>
    public async Task<IMqttClient> Connect(string? id = null, MqttProtocolVersion version = MqttProtocolVersion.V500, Action<MqttClientOptionsBuilder>? options = null)
    {
        var client = NewClient();
        var builder = ClientOptions(id, version);
        options?.Invoke(builder);
        var result = await client.ConnectAsync(builder.Build());
        Assert.Equal(MqttClientConnectResultCode.Success, result.ResultCode);
        return client;
    }

    /// <summary>A connected client and what arrives at it.</summary>
    public async Task<(IMqttClient Client, Inbox Inbox)> Subscribe(
        string filter, MqttQualityOfServiceLevel qos = MqttQualityOfServiceLevel.AtLeastOnce, MqttProtocolVersion version = MqttProtocolVersion.V500)
    {
        var client = await Connect(version: version);
        var inbox = new Inbox(client);
        await client.SubscribeAsync(filter, qos);
        return (client, inbox);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _created)
            client.Dispose();
        await Server.StopAsync(new MqttServerStopOptions());
        Server.Dispose();
    }
}
