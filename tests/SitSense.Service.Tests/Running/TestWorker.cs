using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using NodaTime;
using SitSense.Service.Broker;
using SitSense.Service.Ingest;
using SitSense.Service.Options;
using SitSense.Service.Storage.Sqlite;
using SitSense.Sitting;

namespace SitSense.Service.Tests.Running;

/// <summary>A worker in this process, on free ports and with a folder of its own.</summary>
sealed class TestWorker : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    WebApplication? host;

    TestWorker(string? folder) => Folder = folder ?? Directory.CreateTempSubdirectory("sitsense-worker-").FullName;

    public string Folder { get; }

    public GatedStore Store { get; private set; } = null!;

    public IServiceProvider Services => host!.Services;

    /// <summary>The embedded broker's port.</summary>
    public int Port => Services.GetRequiredService<EmbeddedBroker>().Port;

    public TestLog Log { get; } = new();

    public Readiness Readiness => Services.GetRequiredService<Readiness>();

    public static SitSenseOptions Options(params (string Name, string Value)[] options) => SitSenseOptions.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(options.Select(option => KeyValuePair.Create(option.Name, (string?)option.Value))).Build());

    public static Task<TestWorker> StartAsync(params (string Name, string Value)[] options) => StartAsync(null, options);

    /// <summary>Starts one, in the folder of an earlier one if given.</summary>
    public static Task<TestWorker> StartAsync(string? folder, params (string Name, string Value)[] options) => StartAsync(folder, TimeProvider.System, options);

    /// <summary>Starts one that lives by another clock.</summary>
    public static async Task<TestWorker> StartAsync(string? folder, TimeProvider clock, params (string Name, string Value)[] options)
    {
        var worker = new TestWorker(folder);
        worker.Store = new GatedStore(SqliteStore.Open(worker.Folder, TimeProvider.System));
        worker.host = WorkerHost.Build(Options([("Broker:Port", "0"), ("Web:Url", "http://127.0.0.1:0"), ("Wearer:Zone", "Europe/Berlin"), .. options]), worker.Store,
            adjust: services => services.AddLogging(logging => logging.ClearProviders().AddProvider(worker.Log)).AddSingleton(clock));
        await WorkerHost.StartAsync(worker.host, default);
        return worker;
    }

    /// <summary>A device that is connected to the embedded broker.</summary>
    public Task<IMqttClient> ConnectAsync(string id, string? user = null, string? password = null, MqttProtocolVersion version = MqttProtocolVersion.V311) =>
        ConnectAsync(Port, id, user, password, version);

    public static async Task<IMqttClient> ConnectAsync(int port, string id, string? user = null, string? password = null, MqttProtocolVersion version = MqttProtocolVersion.V311)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId(id).WithProtocolVersion(version).WithTimeout(Patience);
        if (user is not null)
            options.WithCredentials(user, password ?? "");
        var answer = await client.ConnectAsync(options.Build());
        Assert.Equal(MqttClientConnectResultCode.Success, answer.ResultCode);
        return client;
    }

    /// <summary>A change of posture as a device sends it.</summary>
    public static MqttApplicationMessage Change(string device, long seq, Instant at, Posture posture = Posture.Sitting, long boot = 1) => new MqttApplicationMessageBuilder()
        .WithTopic($"sitsense/{device}/posture").WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .WithPayload($$"""{"v":1,"boot":{{boot}},"seq":{{seq}},"at":"{{at}}","posture":"{{posture.ToString().ToLowerInvariant()}}"}""").Build();

    public static MqttApplicationMessage Text(string topic, string payload, int qos = 1, bool retain = false) => new MqttApplicationMessageBuilder()
        .WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel((MqttQualityOfServiceLevel)qos).WithRetainFlag(retain).Build();

    /// <summary>Waits until something holds, for as long as a slow machine may need.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        for (var since = TimeProvider.System.GetTimestamp(); !await holds(); await Task.Delay(20))
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, $"waited in vain until {what}");
    }

    public static Task UntilAsync(Func<bool> holds, string what) => UntilAsync(() => Task.FromResult(holds()), what);

    /// <summary>Everything that the store has of changes and reminders.</summary>
    public async Task<List<Message>> MessagesAsync()
    {
        var messages = new List<Message>();
        await foreach (var message in Store.MessagesAsync(null, default))
            messages.Add(message);
        return messages;
    }

    /// <summary>Stops the worker cleanly and keeps its folder.</summary>
    public async Task StopAsync()
    {
        if (host is null)
            return;
        await host.StopAsync();
        await host.DisposeAsync();
        await Store.DisposeAsync();
        host = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, true);
    }
}
