using System.Collections.Concurrent;
using MQTTnet;
using MQTTnet.Formatter;
using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Service.Storage;
using SitSense.Service.Storage.Sqlite;
using SitSense.Service.Tests.Running;
using static SitSense.Service.Tests.Running.TestWorker;

namespace SitSense.Service.Tests.Broker;

public class EmbeddedBrokerTests
{
    static readonly Instant Morning = Instant.FromUtc(2026, 11, 20, 8, 0);

    [Fact]
    public async Task Nothing_is_acknowledged_before_it_is_stored()
    {
        await using var worker = await StartAsync();
        using var device = await worker.ConnectAsync("desk-1");
        worker.Store.Close();
        var publish = device.PublishAsync(Change("desk-1", 1, Morning));
        await UntilAsync(() => worker.Store.Asked == 1, "the store was asked");
        Assert.False(publish.IsCompleted);
        Assert.Empty(await worker.MessagesAsync());
        worker.Store.Open();
        Assert.True((await publish).IsSuccess);
        Assert.Single(await worker.MessagesAsync());
    }

    [Fact]
    public async Task A_heartbeat_waits_for_nobody()
    {
        await using var worker = await StartAsync();
        using var device = await worker.ConnectAsync("desk-1");
        worker.Store.Close();
        for (var i = 0; i < 100; i++)
            await device.PublishAsync(Text("sitsense/desk-1/heartbeat", $$"""{"v":1,"boot":1,"seq":1,"at":"{{Morning}}","posture":"sitting"}""", qos: 0));
        await device.PingAsync();       // answered in order: all of them have been read
        worker.Store.Open();
    }

    [Fact]
    public async Task What_the_store_cannot_take_is_kept_and_acknowledged_once_it_can()
    {
        await using var worker = await StartAsync();
        using var device = await worker.ConnectAsync("desk-1");
        worker.Store.Fails = true;
        var publish = device.PublishAsync(Change("desk-1", 1, Morning));
        await UntilAsync(() => worker.Readiness.Missing() is not null && worker.Store.Asked > 2, "it was tried again");
        Assert.Contains("full", worker.Readiness.Missing());
        Assert.False(publish.IsCompleted);
        worker.Store.Fails = false;
        Assert.True((await publish).IsSuccess);
        Assert.Null(worker.Readiness.Missing());
        Assert.Single(await worker.MessagesAsync());
    }

    [Fact]
    public async Task A_retained_message_is_acknowledged_only_after_it_is_stored()
    {
        await using var worker = await StartAsync();
        using var device = await worker.ConnectAsync("home");
        worker.Store.Fails = true;
        var publish = device.PublishAsync(Text("home/light", "on", retain: true));
        await UntilAsync(() => worker.Store.RetainedAsked > 1, "it was tried again");
        Assert.False(publish.IsCompleted);
        worker.Store.Fails = false;
        await publish;
        Assert.Equal("home/light", Assert.Single(await worker.Store.RetainedAsync(default)).Topic);
    }

    [Fact]
    public async Task A_duplicate_and_a_refused_message_are_acknowledged_too()
    {
        await using var worker = await StartAsync();
        using var device = await worker.ConnectAsync("desk-1", version: MqttProtocolVersion.V500);
        Assert.True((await device.PublishAsync(Change("desk-1", 1, Morning))).IsSuccess);
        Assert.True((await device.PublishAsync(Change("desk-1", 1, Morning))).IsSuccess);
        Assert.True((await device.PublishAsync(Change("desk-1", 1, Morning, Sitting.Posture.Upright))).IsSuccess);
        Assert.True((await device.PublishAsync(Text("sitsense/desk-1/posture", "?"))).IsSuccess);
        Assert.True((await device.PublishAsync(Change("desk-1", 2, Morning))).IsSuccess);
        Assert.Equal([1L, 2L], (await worker.MessagesAsync()).OfType<PostureMessage>().Select(message => message.Seq));
        Assert.Equal(2, (await worker.Store.RefusedAsync(10, default)).Count);
    }

    [Fact]
    public async Task Retained_messages_survive_a_restart()
    {
        await using var first = await StartAsync();
        using (var device = await first.ConnectAsync("desk-1"))
        {
            await device.PublishAsync(Text("sitsense/desk-1/status", "online", retain: true));
            await device.PublishAsync(Text("home/a", "1", retain: true));
            await device.PublishAsync(Text("home/a", "2", retain: true));
            await device.PublishAsync(Text("home/b", "1", retain: true));
            await device.PublishAsync(Text("home/b", "", retain: true));
        }
        await first.StopAsync();
        await using var second = await StartAsync(first.Folder);
        using var reader = await second.ConnectAsync("reader");
        var heard = new List<string>();
        reader.ApplicationMessageReceivedAsync += one =>
        {
            lock (heard)
                heard.Add($"{one.ApplicationMessage.Topic} {one.ApplicationMessage.ConvertPayloadToString()} {one.ApplicationMessage.Retain}");
            return Task.CompletedTask;
        };
        await reader.SubscribeAsync("#");
        await UntilAsync(() => heard.Count == 2, "both came");
        await reader.PingAsync();
        Assert.Equal(["home/a 2 True", "sitsense/desk-1/status online True"], heard.Order());
    }

    [Fact]
    public async Task What_another_process_erases_the_running_broker_forgets_and_tells()
    {
        await using var worker = await StartAsync(null, new FastClock(50));
        using (var device = await worker.ConnectAsync("desk-1"))
            foreach (var (topic, payload) in ((string, string)[])[("sitsense/desk-1/status", "online"), ("sitsense/desk-1/settings/reported", "{}"),
                ("homeassistant/device/sitsense-desk-1/config", "{}"), ("sitsense/desk-2/status", "online"), ("home/light", "on")])
                await device.PublishAsync(Text(topic, payload, retain: true));
        using var home = await worker.ConnectAsync("home");
        var heard = new ConcurrentQueue<string>();
        home.ApplicationMessageReceivedAsync += one =>
        {
            heard.Enqueue($"{one.ApplicationMessage.Topic} '{one.ApplicationMessage.ConvertPayloadToString()}'");
            return Task.CompletedTask;
        };
        await home.SubscribeAsync("homeassistant/#");
        await UntilAsync(() => heard.Contains("homeassistant/device/sitsense-desk-1/config '{}'"), "the retained one came");
        await using (var other = SqliteStore.Open(worker.Folder, TimeProvider.System))
        {
            await other.AssignAsync(new Assignment("desk-1", "anna", null, null), default);
            await other.EraseAsync("anna", default);
        }
        await UntilAsync(() => heard.Contains("homeassistant/device/sitsense-desk-1/config ''"), "it was taken back");
        using var reader = await worker.ConnectAsync("reader");
        var retained = new ConcurrentQueue<string>();
        reader.ApplicationMessageReceivedAsync += one =>
        {
            if (one.ApplicationMessage.Retain)
                retained.Enqueue(one.ApplicationMessage.Topic);
            return Task.CompletedTask;
        };
        await UntilAsync(async () =>
        {
            retained.Clear();
            await reader.SubscribeAsync("#");
            await reader.PingAsync();
            return !retained.Any(topic => topic.Contains("desk-1"));
        }, "nothing is left of the device");
        await UntilAsync(() => retained.Contains("home/light") && retained.Contains("sitsense/desk-2/status"), "the others are there");
        Assert.Empty(await worker.Store.RefusedAsync(10, default));
        Assert.DoesNotContain(await worker.Store.DevicesAsync(default), device => device.Device == "desk-1");
    }

    [Fact]
    public async Task A_message_over_the_limit_closes_its_sender_only()
    {
        await using var worker = await StartAsync(("Broker:MaxPacketBytes", "2000"));
        using var good = await worker.ConnectAsync("good");
        using var bad = await worker.ConnectAsync("bad", version: MqttProtocolVersion.V500);
        var gone = new TaskCompletionSource();
        bad.DisconnectedAsync += _ =>
        {
            gone.TrySetResult();
            return Task.CompletedTask;
        };
        _ = bad.PublishAsync(Text("home/big", new string('x', 3000))).ContinueWith(done => done.Exception);
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True((await good.PublishAsync(Change("good", 1, Morning))).IsSuccess);
    }

    [Fact]
    public async Task The_last_will_of_a_device_tells_that_it_is_offline()
    {
        await using var worker = await StartAsync();
        var device = new MqttClientFactory().CreateMqttClient();
        await device.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", worker.Port).WithClientId("desk-1")
            .WithWillTopic("sitsense/desk-1/status").WithWillPayload("offline").WithWillRetain().WithWillQualityOfServiceLevel(MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce).Build());
        await device.PublishAsync(Text("sitsense/desk-1/status", "online", retain: true));
        device.Dispose();
        await UntilAsync(async () => (await worker.Store.DevicesAsync(default)).Single().Status == "offline", "the will arrived");
    }
}
