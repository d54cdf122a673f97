using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SitSense.Service.Broker;
using SitSense.Service.Storage;
using SitSense.Service.Tests.Running;
using SitSense.Testing;
using static SitSense.Service.Tests.Running.TestWorker;

namespace SitSense.Service.Tests.Broker;

public class DeviceSettingsTests
{
    /// <summary>Minutes east, now: whatever daylight saving says on the day of the test.</summary>
    static int Offset(string zone) => DateTimeZoneProviders.Tzdb[zone].GetUtcOffset(SystemClock.Instance.GetCurrentInstant()).Seconds / 60;

    static async Task ThenAsync(TestWorker worker, string settings) => await UntilAsync(async () =>
        (await worker.Store.RetainedAsync(default)).Any(one => one.Topic == "sitsense/desk-1/settings" && Encoding.UTF8.GetString(one.Payload) == settings), $"the settings are {settings}");

    [Fact]
    public async Task The_offset_is_added_to_all_that_is_wanted_and_follows_the_wearer()
    {
        await using var worker = await StartAsync(null, new FastClock(20));
        using var home = await worker.ConnectAsync("home");
        await home.PublishAsync(Text("sitsense/desk-1/settings", """{"thresholdMinutes":20,"odd":[1]}""", retain: true));
        await home.PublishAsync(Text("sitsense/desk-1/status", "online", retain: true));
        await ThenAsync(worker, $$"""{"thresholdMinutes":20,"odd":[1],"utcOffsetMinutes":{{Offset("Europe/Berlin")}}}""");
        await home.PublishAsync(Text("sitsense/desk-1/settings", """{"alerts":false,"utcOffsetMinutes":1}""", retain: true));
        await ThenAsync(worker, $$"""{"alerts":false,"utcOffsetMinutes":{{Offset("Europe/Berlin")}}}""");
        await worker.Store.SaveWearerAsync(new WearerSettings("anna", "Asia/Kolkata", null, null), default);
        await worker.Store.AssignAsync(new Assignment("desk-1", "anna", null, null), default);
        await ThenAsync(worker, """{"alerts":false,"utcOffsetMinutes":330}""");
    }

    [Fact]
    public async Task What_is_no_settings_object_is_left_alone()
    {
        await using var worker = await StartAsync(null, new FastClock(20));
        using var home = await worker.ConnectAsync("home");
        await home.PublishAsync(Text("sitsense/desk-1/settings", "rubbish", retain: true));
        await home.PublishAsync(Text("sitsense/desk-1/status", "online", retain: true));
        await home.PublishAsync(Text("sitsense/desk-2/status", "online", retain: true));
        await UntilAsync(async () => (await worker.Store.RetainedAsync(default)).Any(one => one.Topic == "sitsense/desk-2/settings"), "the other device was told");
        await ThenAsync(worker, "rubbish");
    }

    [Fact]
    public async Task At_another_broker_nothing_that_is_retained_is_lost()
    {
        await using var broker = await Mosquitto.StartAsync();
        using var home = await TestWorker.ConnectAsync(broker.Port, "home");
        await home.PublishAsync(Text("sitsense/desk-1/settings", """{"strength":10}""", retain: true));
        await home.PublishAsync(Text("sitsense/desk-1/status", "online", retain: true));
        await using var worker = await StartAsync(null, new FastClock(20), ("Mqtt:Server", $"127.0.0.1:{broker.Port}"));
        Assert.IsType<RemoteBroker>(worker.Services.GetRequiredService<IBroker>());
        var heard = "";
        home.ApplicationMessageReceivedAsync += one =>
        {
            heard = Encoding.UTF8.GetString(one.ApplicationMessage.Payload);
            return Task.CompletedTask;
        };
        await MQTTnet.MqttClientExtensions.SubscribeAsync(home, "sitsense/desk-1/settings");
        await UntilAsync(() => heard == $$"""{"strength":10,"utcOffsetMinutes":{{Offset("Europe/Berlin")}}}""", "the merge was published");
    }
}
