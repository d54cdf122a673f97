using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SitSense.Service.Days;
using SitSense.Service.Storage;
using SitSense.Service.Storage.Sqlite;
using SitSense.Service.Tests.Running;
using SitSense.Sitting;
using static SitSense.Service.Tests.Running.TestWorker;

namespace SitSense.Service.Tests.Days;

public class DayKeeperTests
{
    static readonly Instant Morning = Instant.FromUtc(2026, 11, 20, 8, 0);

    static async Task SittingAsync(TestWorker worker, string wearer, double? seconds) => await UntilAsync(async () =>
    {
        var book = worker.Services.GetRequiredService<DayBook>();
        return (await book.DaysAsync(new WearerSettings(wearer, null, null, null), new(2026, 11, 20), new(2026, 11, 20), SliceChoice.Day, default))[0].SittingSeconds == seconds;
    }, $"{wearer} sat {seconds} s");

    [Fact]
    public async Task What_comes_late_corrects_the_day_and_whoever_follows_is_told()
    {
        await using var worker = await StartAsync();
        using var device = await worker.ConnectAsync("desk-1");
        var followed = new List<LiveEvent>();
        using var enough = new CancellationTokenSource();
        var following = Task.Run(async () =>
        {
            await foreach (var one in worker.Services.GetRequiredService<LiveFeed>().FollowAsync(enough.Token))
                lock (followed)
                    followed.Add(one);
        });
        await UntilAsync(() => worker.Services.GetRequiredService<LiveFeed>().IsFollowed, "somebody follows");
        await device.PublishAsync(Change("desk-1", 1, Morning));
        await device.PublishAsync(Change("desk-1", 3, Morning + Duration.FromHours(2)));
        await SittingAsync(worker, "desk-1", null);
        await device.PublishAsync(Change("desk-1", 2, Morning + Duration.FromHours(1), Posture.Upright));
        await SittingAsync(worker, "desk-1", 3600);
        List<LiveEvent> Followed()
        {
            lock (followed)
                return [.. followed];
        }
        await UntilAsync(() => Followed().OfType<DayEvent>().Any(one => one.Day is { SittingSeconds: 3600, UprightSeconds: 3600 }), "the day was told");
        await UntilAsync(() => Followed().OfType<ChangeEvent>().Count() == 3 && Followed().OfType<DeviceEvent>().Any(one => one.Wearer == "desk-1"), "changes and device were told");
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
    }

    [Fact]
    public async Task A_running_worker_notices_what_another_process_assigned()
    {
        await using var worker = await StartAsync();
        using var device = await worker.ConnectAsync("desk-1");
        await device.PublishAsync(Change("desk-1", 1, Morning));
        await device.PublishAsync(Change("desk-1", 2, Morning + Duration.FromHours(1), Posture.Upright));
        await SittingAsync(worker, "desk-1", 3600);
        await using (var other = SqliteStore.Open(worker.Folder, TimeProvider.System))
            await other.AssignAsync(new Assignment("desk-1", "anna", null, null), default);
        await SittingAsync(worker, "anna", 3600);
        await SittingAsync(worker, "desk-1", null);
    }

    [Fact]
    public async Task A_running_worker_notices_what_another_process_erased_and_corrects_whoever_had_the_device_before()
    {
        await using var worker = await StartAsync();
        using var device = await worker.ConnectAsync("desk-1");
        for (var hour = 0; hour < 4; hour++)
            await device.PublishAsync(Change("desk-1", hour, Morning + Duration.FromHours(hour), hour % 2 == 0 ? Posture.Sitting : Posture.Upright));
        await using (var other = SqliteStore.Open(worker.Folder, TimeProvider.System))
            await other.AssignAsync(new Assignment("desk-1", "anna", Morning + Duration.FromHours(2.5), null), default);
        await SittingAsync(worker, "desk-1", 3600 + 1800);
        await SittingAsync(worker, "anna", 1800);
        var followed = new ConcurrentQueue<LiveEvent>();
        using var enough = new CancellationTokenSource();
        var following = Task.Run(async () =>
        {
            await foreach (var one in worker.Services.GetRequiredService<LiveFeed>().FollowAsync(enough.Token))
                followed.Enqueue(one);
        });
        await UntilAsync(() => worker.Services.GetRequiredService<LiveFeed>().IsFollowed, "somebody follows");
        await using (var other = SqliteStore.Open(worker.Folder, TimeProvider.System))
            await other.EraseAsync("anna", default);
        await SittingAsync(worker, "desk-1", 3600);     // nobody vouches any more for what anna's change had ended
        await UntilAsync(() => followed.OfType<DayEvent>().Any(one => one.Day is { Wearer: "desk-1", SittingSeconds: 3600 }), "the corrected day was told");
        Assert.Empty(await worker.Store.DaysAsync("anna", LocalDate.MinIsoValue, LocalDate.MaxIsoValue, "day", default));
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
    }

    [Fact]
    public async Task A_timeline_has_no_holes_and_says_what_nobody_vouched_for()
    {
        await using var worker = await StartAsync();
        using var device = await worker.ConnectAsync("desk-1");
        await device.PublishAsync(Change("desk-1", 1, Morning));
        await device.PublishAsync(Change("desk-1", 2, Morning + Duration.FromHours(1), Posture.Object));
        var timeline = await worker.Services.GetRequiredService<DayBook>().TimelineAsync("desk-1", new(Morning - Duration.FromHours(1), Morning + Duration.FromHours(2)), default);
        Assert.Equal([new Stretch(Morning - Duration.FromHours(1), Morning, Posture.Unknown, ""), new(Morning, Morning + Duration.FromHours(1), Posture.Sitting, "desk-1"),
            new(Morning + Duration.FromHours(1), Morning + Duration.FromHours(2), Posture.Unknown, "")], timeline);
    }
}
