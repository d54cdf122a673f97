using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Service.Storage;
using SitSense.Service.Storage.Sqlite;
using SitSense.Sitting;
using static SitSense.Service.Tests.Storage.TempStore;

namespace SitSense.Service.Tests.Storage;

public sealed class SqliteStoreTests : IAsyncDisposable
{
    readonly TempStore _temp = new();

    SqliteStore Store => _temp.Store;

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    [Fact]
    public async Task A_change_stored_again_is_a_duplicate_and_changes_nothing()
    {
        var change = Change("desk-1", 3, 17, 0, Posture.Sitting);
        Assert.Equal([Outcome.Stored, Outcome.Duplicate], await _temp.StoreAsync(change, change));
        var before = _temp.Rows("SELECT * FROM record");
        Assert.Equal([Outcome.Duplicate], await _temp.StoreAsync(change with { At = change.At.Plus(Duration.FromMilliseconds(40)) }));
        Assert.Equal(before, _temp.Rows("SELECT * FROM record"));
    }

    [Fact]
    public async Task The_same_number_with_another_posture_is_refused_and_kept_as_it_came()
    {
        await _temp.StoreAsync(Change("desk-1", 3, 17, 0, Posture.Sitting));
        var other = Change("desk-1", 3, 17, 0, Posture.Upright) with { Raw = new RawMessage("sitsense/desk-1/posture", [1, 2]) };
        Assert.Equal([Outcome.Refused], await _temp.StoreAsync(other));
        Assert.Equal([Outcome.Refused], await _temp.StoreAsync(Reminder("desk-1", 3, 17, 0, "due")));
        var refused = await Store.RefusedAsync(10, default);
        Assert.Equal(["desk-1/reminder", "sitsense/desk-1/posture"], refused.Select(r => r.Topic));
        Assert.Equal([1, 2], refused[1].Payload);
        Assert.Equal("boot 3 seq 17 of desk-1 is stored already as sitting, and this says upright", refused[1].Reason);
        Assert.Equal(["desk-1|3|17|2026-11-20T08:00:00.000Z|sitting"], _temp.Rows("SELECT * FROM posture"));
    }

    [Fact]
    public async Task The_newest_thousand_refused_are_kept()
    {
        for (var i = 0; i < 3; i++)
            await Store.StoreAsync([.. Enumerable.Range(i * 500, 500).Select(n => new RefusedMessage(Morning, "sitsense/x/posture", $"n {n}", [7]))], default);
        var refused = await Store.RefusedAsync(5_000, default);
        Assert.Equal(1_000, refused.Count);
        Assert.Equal("n 1499", refused[0].Reason);
        Assert.Equal("n 500", refused[^1].Reason);
    }

    [Fact]
    public async Task A_time_before_its_predecessors_is_moved_to_it_and_counted_whatever_came_first()
    {
        await _temp.StoreAsync(Change("desk-1", 1, 1, 0, Posture.Sitting), Change("desk-1", 1, 3, 50, Posture.Sitting), Change("desk-1", 1, 4, 200, Posture.Upright));
        Assert.Equal(0, await Store.CorrectedAsync(default));
        await _temp.StoreAsync(Change("desk-1", 1, 2, 100, Posture.Upright));
        var records = (await Store.HistoryAsync("desk-1", Span(0, 300), default)).Records;
        Assert.Equal([0, 100, 100, 200], records.Select(r => (r.At - Morning).TotalSeconds));
        Assert.Equal(1, await Store.CorrectedAsync(default));
        Assert.Equal(["50"], _temp.Rows($"SELECT (said - {Morning.ToUnixTimeMilliseconds()}) / 1000 FROM record WHERE seq = 3"));
    }

    [Fact]
    public async Task Two_changes_in_one_millisecond_get_stamps_of_their_own_in_their_order()
    {
        await _temp.StoreAsync(Change("desk-1", 1, 1, 0, Posture.Sitting), Change("desk-1", 1, 3, 0, Posture.Sitting), Change("desk-1", 1, 4, 0.001, Posture.Upright));
        await _temp.StoreAsync(Reminder("desk-1", 1, 5, 0.001, "due"), Change("desk-1", 1, 2, 0, Posture.Upright));
        Assert.Equal(["1|0", "2|1", "3|2", "4|3", "5|1"], _temp.Rows($"SELECT seq, stamp - {Morning.ToUnixTimeMilliseconds()} FROM record ORDER BY seq"));
        Assert.Equal(["posture|desk-1|1", "posture|desk-1|2"], _temp.Rows($"SELECT measurement, wearer, time - {Morning.ToUnixTimeMilliseconds()} FROM withdrawn ORDER BY revision"));
    }

    [Fact]
    public async Task A_batch_notes_the_time_from_the_previous_record_to_the_next()
    {
        await _temp.StoreAsync(Change("desk-1", 1, 1, 0, Posture.Sitting), Change("desk-1", 1, 4, 1000, Posture.Upright));
        var first = Assert.Single(await Store.TouchedAsync(10, default));
        Assert.Equal(("desk-1", Span(0, 1000), false), (first.Wearer, first.Span, first.ByHeartbeat));
        await Store.SaveDaysAsync([], [first], default);

        await _temp.StoreAsync(Change("desk-1", 1, 2, 300, Posture.Sitting));
        Assert.Equal(Span(0, 1000), Assert.Single(await Store.TouchedAsync(10, default)).Span);
        await Store.SaveDaysAsync([], await Store.TouchedAsync(10, default), default);

        await _temp.StoreAsync(Change("desk-1", 1, 5, 2000, Posture.Sitting));
        Assert.Equal(Span(1000, 2000), Assert.Single(await Store.TouchedAsync(10, default)).Span);
    }

    [Fact]
    public async Task A_heartbeat_notes_what_it_newly_vouches()
    {
        await _temp.StoreAsync(Change("desk-1", 1, 1, 0, Posture.Sitting));
        await Store.SaveDaysAsync([], await Store.TouchedAsync(10, default), default);
        await _temp.StoreAsync(Beat("desk-1", 1, 1, 60, Posture.Sitting));
        await _temp.StoreAsync(Beat("desk-1", 1, 1, 120, Posture.Sitting));
        var note = Assert.Single(await Store.TouchedAsync(10, default));
        Assert.Equal((Span(0, 120), true), (note.Span, note.ByHeartbeat));
        await Store.SaveDaysAsync([], [note], default);
        await _temp.StoreAsync(Beat("desk-1", 1, 1, 180, Posture.Sitting));
        Assert.Equal(Span(120, 180), Assert.Single(await Store.TouchedAsync(10, default)).Span);
        await _temp.StoreAsync(Change("desk-1", 1, 2, 240, Posture.Upright));
        Assert.False(Assert.Single(await Store.TouchedAsync(10, default)).ByHeartbeat);
    }

    [Fact]
    public async Task A_note_that_grew_while_it_was_worked_on_stays()
    {
        await _temp.StoreAsync(Change("desk-1", 1, 1, 0, Posture.Sitting));
        var read = await Store.TouchedAsync(10, default);
        await _temp.StoreAsync(Change("desk-1", 1, 2, 60, Posture.Upright));
        await Store.SaveDaysAsync([], read, default);
        Assert.Equal(Span(0, 60), Assert.Single(await Store.TouchedAsync(10, default)).Span);
    }

    [Fact]
    public async Task A_wearer_who_is_touched_all_the_time_does_not_keep_others_waiting()
    {
        await _temp.StoreAsync(Change("a", 1, 1, 0, Posture.Sitting), Change("b", 1, 1, 0, Posture.Sitting));
        await _temp.StoreAsync(Change("a", 1, 2, 60, Posture.Upright));
        Assert.Equal(["a", "b"], (await Store.TouchedAsync(10, default)).Select(t => t.Wearer));
    }

    [Fact]
    public async Task History_reaches_just_far_enough_beyond_its_window()
    {
        await _temp.StoreAsync(
            Change("d", 1, 1, 0, Posture.Sitting), Change("d", 1, 2, 100, Posture.Upright), Reminder("d", 1, 3, 150, "due"), Change("d", 1, 4, 300, Posture.Sitting),
            Change("d", 1, 5, 400, Posture.Upright), Change("d", 1, 6, 500, Posture.Sitting), Beat("d", 1, 6, 560, Posture.Sitting),
            Change("d", 9, 1, 1000, Posture.Sitting), Beat("d", 1, 3, 170, Posture.Upright), Beat("d", 1, 3, 190, Posture.Upright), Beat("d", 1, 3, 180, Posture.Upright));
        var history = await Store.HistoryAsync("d", Span(200, 310), default);
        Assert.Equal([2, 3, 4, 5], history.Records.Select(r => r.Seq));
        Assert.Equal([170d, 190], history.Heartbeats.Select(h => (h.At - Morning).TotalSeconds));
        Assert.Equal([(1, 6), (9, 1)], (await Store.HistoryAsync("d", Span(550, 1200), default)).Records.Select(r => (r.Boot, r.Seq)));
        Assert.Empty((await Store.HistoryAsync("nobody", Span(0, 1), default)).Records);
    }

    [Fact]
    public async Task Devices_tell_what_they_last_said()
    {
        await _temp.StoreAsync(Change("d", 1, 1, 0, Posture.Sitting), Beat("d", 1, 1, 60, Posture.Sitting), Change("d", 1, 2, 55, Posture.Upright),
            Change("d", 1, 0, 58, Posture.Off), new StatusMessage(Morning.Plus(Duration.FromSeconds(90)), "d", "online"));
        var device = Assert.Single(await Store.DevicesAsync(default));
        Assert.Equal(("d", "online", Posture.Upright), (device.Device, device.Status, device.Posture));
        Assert.Equal((58, 90, 0.8, -60, "1.0"), ((device.Since!.Value - Morning).TotalSeconds, (device.LastSeen - Morning).TotalSeconds, device.Battery, device.Rssi, device.Firmware));
    }

    [Fact]
    public async Task Everything_is_there_after_a_restart()
    {
        await _temp.StoreAsync(Change("d", 1, 1, 0, Posture.Sitting), Reminder("d", 1, 2, 1800, "due"));
        await Store.SaveRetainedAsync(new RetainedMessage("sitsense/d/status", [1], 1), default);
        await Store.SaveRetainedAsync(new RetainedMessage("gone", [1], 1), default);
        await Store.SaveRetainedAsync(new RetainedMessage("gone", [], 1), default);
        await _temp.ReopenAsync();
        Assert.Equal(2, (await Store.HistoryAsync("d", Span(0, 9999), default)).Records.Count);
        Assert.Equal("due", Assert.Single(await Store.RemindersAsync("d", Span(0, 9999), default)).Kind);
        Assert.Equal("sitsense/d/status", Assert.Single(await Store.RetainedAsync(default)).Topic);
    }
}
