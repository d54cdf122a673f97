using System.Collections.Concurrent;
using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Service.Storage;

namespace SitSense.Service.Days;

/// <summary>Tells the live feed of changes and of devices that were heard, several in one go, and only when somebody follows.</summary>
sealed class LiveReporter(LiveFeed feed, IStore store, TimeProvider clock, ILogger<LiveReporter> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    readonly ConcurrentQueue<PostureMessage> changes = new();
    readonly ConcurrentDictionary<string, bool> devices = new();

    /// <summary>Notes a stored message.</summary>
    public void Heard(Message message, bool isNew)
    {
        if (!feed.IsFollowed)
            return;
        var device = message switch
        {
            PostureMessage posture => posture.Device,
            HeartbeatMessage heartbeat => heartbeat.Device,
            StatusMessage status => status.Device,
            _ => null,
        };
        if (device is not null)
            devices[device] = true;
        if (isNew && message is PostureMessage change)
            changes.Enqueue(change);
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        var problems = new OncePerMinute(clock);
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Pause, clock, stop);
            if (devices.IsEmpty)
                continue;
            try
            {
                await ReportAsync(stop);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                if (problems.Now(out _))
                    log.LogWarning("Live events are late: {Problem}", problem.Message);
            }
        }
    }

    async Task ReportAsync(CancellationToken stop)
    {
        var heard = devices.Keys.ToHashSet();
        foreach (var device in heard)
            devices.TryRemove(device, out _);
        var wearers = new Wearing(await store.AssignmentsAsync(stop));
        while (changes.TryDequeue(out var change))
            feed.Publish(new ChangeEvent(change.Device, wearers.WearerOf(change.Device, change.At), change.At, change.Posture));
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        foreach (var state in await store.DevicesAsync(stop))
            if (heard.Contains(state.Device))
                feed.Publish(new DeviceEvent(state, wearers.WearerOf(state.Device, now)));
    }
}
