using SitSense.Testing;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>A month of one device at a real broker: changes, reminders, heartbeats, settings, and each night the broker is switched off.</summary>
[Collection(nameof(Alone))]
public sealed class MonthTests(ITestOutputHelper output)
{
    /// <summary>What a month may add to what the device holds, bytes: a stream of time itself, such as a longer number in a text.</summary>
    const int Slack = 64;

    /// <summary>What the whole process may take more, bytes: the virtual board keeps each blink, 2 million would be 60 a change, heartbeat or attempt to connect.</summary>
    const int ProcessSlack = 2_000_000;

    [Fact]
    public async Task What_a_device_holds_is_the_same_after_a_month_as_after_a_day()
    {
        await using var desk = await Desk.StartAsync(options => options with { HeartbeatSeconds = 900 });
        desk.PowerOn(() => Script.Alternating(31 * 50, TimeSpan.FromDays(1) / 50));
        Day(desk);
        var changes = Forgotten(desk);
        var first = Holdings.Of(desk.Twin.Device!, "SitSense.Firmware");
        var heap = GC.GetTotalMemory(true);
        for (var day = 2; day <= 30; day++)
            Day(desk);
        changes += Forgotten(desk);
        var last = Holdings.Of(desk.Twin.Device!, "SitSense.Firmware");
        var heapLast = GC.GetTotalMemory(true);
        output.WriteLine($"the device held {first.Objects} objects, {first.Bytes} bytes after a day, {last.Objects}, {last.Bytes} after a month; the process's heap {heap / 1024} and {heapLast / 1024} KiB");

        Assert.Equal(first.Objects, last.Objects);
        Assert.InRange(last.Bytes - first.Bytes, -Slack, Slack);
        Assert.InRange(changes, 30 * 50 - 5, 30 * 50);
        Assert.Null(desk.Twin.Board.Crash);
        Assert.InRange(heapLast - heap, long.MinValue, ProcessSlack);
    }

    /// <summary>How many changes the listener heard, who then forgets them.</summary>
    static int Forgotten(Desk desk)
    {
        var changes = desk.Changes().Count;
        desk.Listener.Forget();
        return changes;
    }

    static void Day(Desk desk)
    {
        desk.Run(TimeSpan.FromHours(5));
        desk.Listener.Publish("sitsense/desk-1/settings", """{"strength":50}""", retain: false);
        desk.Run(TimeSpan.FromHours(2));
        desk.Twin.Board.Network.Broker = false;
        desk.Run(TimeSpan.FromHours(16));
        desk.Twin.Board.Network.Broker = true;
        desk.Run(TimeSpan.FromHours(1));
    }
}

/// <summary>Tests that no other may run beside, for they look at the whole process.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
