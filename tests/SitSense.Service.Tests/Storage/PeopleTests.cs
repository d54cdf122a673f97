using Microsoft.Data.Sqlite;
using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Service.Storage;
using SitSense.Service.Storage.Outbox;
using SitSense.Service.Storage.Sqlite;
using SitSense.Sitting;
using static SitSense.Service.Tests.Storage.TempStore;

namespace SitSense.Service.Tests.Storage;

public sealed class PeopleTests : IAsyncDisposable
{
    readonly TempStore _temp = new();

    SqliteStore Store => _temp.Store;

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    [Fact]
    public async Task A_device_nobody_was_assigned_is_its_own_wearer()
    {
        await _temp.StoreAsync(Change("desk-1", 1, 1, 0, Posture.Sitting), Change("desk-2", 1, 1, 0, Posture.Sitting));
        await Store.AssignAsync(new Assignment("desk-2", "anna", null, null), default);
        await Store.AssignAsync(new Assignment("desk-3", "ben", Morning, null), default);
        await Store.SaveWearerAsync(new WearerSettings("cleo", "Europe/Paris", null, null), default);
        Assert.Equal([("anna", "desk-2"), ("ben", "desk-3"), ("cleo", ""), ("desk-1", "desk-1")],
            (await Store.WearersAsync(default)).Select(w => (w.Settings.Wearer, string.Join(' ', w.Devices))));
    }

    [Fact]
    public async Task Settings_come_back_as_they_were_saved()
    {
        var work = new Dictionary<IsoDayOfWeek, (LocalTime, LocalTime)> { [IsoDayOfWeek.Monday] = (new(9, 0), new(17, 30)), [IsoDayOfWeek.Friday] = (new(22, 0), new(6, 0)) };
        await Store.SaveWearerAsync(new WearerSettings("anna", "Europe/Berlin", work, (new(12, 0), new(12, 45))), default);
        var settings = Assert.Single(await Store.WearersAsync(default)).Settings;
        Assert.Equal(("Europe/Berlin", (new LocalTime(12, 0), new LocalTime(12, 45))), (settings.Zone, settings.Lunch));
        Assert.Equal(work, settings.Work);
    }

    [Fact]
    public async Task Journeys_and_waking_hours_come_back_as_they_were_saved()
    {
        var settings = new WearerSettings("anna", null, null, null)
        {
            Moves = new Dictionary<LocalDate, string> { [new(2026, 11, 20)] = "Asia/Tokyo", [new(2026, 11, 5)] = "Europe/Paris" },
            Waking = (new(7, 0), new(0, 30)),
        };
        await Store.SaveWearerAsync(settings, default);
        var saved = Assert.Single(await Store.WearersAsync(default)).Settings;
        Assert.Equal(settings.Moves, saved.Moves);
        Assert.Equal(settings.Waking, saved.Waking);
    }

    [Fact]
    public async Task A_store_of_an_earlier_version_keeps_what_is_in_it_and_has_its_days_worked_out_anew()
    {
        await Store.SaveDaysAsync([Day("anna", 20, 100)], [], default);
        await Store.SaveWearerAsync(new WearerSettings("anna", "Europe/Paris", null, null), default);
        await Store.SaveDaysAsync([], await Store.TouchedAsync(10, default), default);
        await Store.DisposeAsync();
        using (var file = new SqliteConnection($"Data Source={_temp.File};Pooling=False"))
        {
            file.Open();
            StoreFile.Execute(file, "ALTER TABLE wearer DROP COLUMN moves; ALTER TABLE wearer DROP COLUMN waking; DROP TABLE cleaned; DROP INDEX record_reminder; PRAGMA user_version=2");
        }
        await _temp.ReopenAsync();
        var anna = Assert.Single(await Store.WearersAsync(default)).Settings;
        Assert.Equal(("Europe/Paris", 0, null), (anna.Zone, anna.Moves.Count, anna.Waking));
        Assert.Equal("anna", Assert.Single(await Store.TouchedAsync(10, default)).Wearer);
        Assert.Single(await Store.DaysAsync("anna", new(2026, 11, 1), new(2026, 11, 30), "day", default));
    }

    [Fact]
    public async Task A_handover_cuts_what_overlaps_and_touches_both_wearers()
    {
        await _temp.StoreAsync(Change("d", 1, 1, 0, Posture.Sitting), Change("d", 1, 2, 1000, Posture.Upright), Change("d", 1, 3, 2000, Posture.Sitting));
        await Store.AssignAsync(new Assignment("d", "anna", null, null), default);
        await Store.SaveDaysAsync([], await Store.TouchedAsync(10, default), default);
        var (from, to) = (Span(500, 1500).Start, Span(500, 1500).End);
        await Store.AssignAsync(new Assignment("d", "ben", from, to), default);
        Assert.Equal([new("d", "anna", null, from), new("d", "ben", from, to), new Assignment("d", "anna", to, null)], await Store.AssignmentsAsync(default));
        Assert.Equal([("anna", Span(500, 1500)), ("ben", Span(500, 1500))], (await Store.TouchedAsync(10, default)).Select(t => (t.Wearer, t.Span)));
        await _temp.StoreAsync(Change("d", 1, 4, 3000, Posture.Sitting));
        Assert.Contains(await Store.TouchedAsync(10, default), t => t.Wearer == "anna" && t.Span == Span(2000, 3000));
    }

    [Fact]
    public async Task One_wearer_s_settings_and_devices_are_those_that_everybody_s_have()
    {
        await Store.AssignAsync(new Assignment("desk-1", "anna", null, Span(500, 1500).Start), default);
        await Store.AssignAsync(new Assignment("desk-1", "ben", Span(500, 1500).Start, null), default);
        await Store.AssignAsync(new Assignment("desk-2", "ben", null, null), default);
        await Store.AssignAsync(new Assignment("anna", "cleo", null, null), default);
        await Store.SaveWearerAsync(new WearerSettings("anna", "Europe/Paris", null, (new(12, 0), new(13, 0))), default);
        var all = await Store.AssignmentsAsync(default);
        Assert.Equal(all.Where(one => one.Device != "desk-2"), await Store.AssignmentsAsync("anna", default));
        Assert.Equal(all.Where(one => one.Device != "anna"), await Store.AssignmentsAsync("ben", default));
        Assert.Empty(await Store.AssignmentsAsync("nobody", default));
        foreach (var wearer in await Store.WearersAsync(default))
            Assert.Equivalent(wearer.Settings, await Store.SettingsAsync(wearer.Settings.Wearer, default), strict: true);
        Assert.Equivalent(new WearerSettings("nobody", null, null, null), await Store.SettingsAsync("nobody", default));
    }

    [Fact]
    public async Task What_settings_change_is_touched_once()
    {
        await _temp.StoreAsync(Change("d", 1, 1, 0, Posture.Sitting), Change("d", 1, 2, 1000, Posture.Upright));
        await Store.SaveDaysAsync([], await Store.TouchedAsync(10, default), default);
        var settings = new WearerSettings("d", "Asia/Tokyo", null, null);
        await Store.SaveWearerAsync(settings, default);
        var note = Assert.Single(await Store.TouchedAsync(10, default));
        Assert.Equal(Span(0, 1000), note.Span);
        await Store.SaveDaysAsync([], [note], default);
        await Store.SaveWearerAsync(settings, default);
        Assert.Empty(await Store.TouchedAsync(10, default));
    }

    [Fact]
    public async Task Days_and_their_bouts_are_replaced_and_come_back()
    {
        await Store.SaveDaysAsync([Day("anna", 20, 100, 0, 50), Day("anna", 21, 60)], [], default);
        await Store.SaveDaysAsync([Day("anna", 20, 200, 100, 150, 160, 190)], [], default);
        var days = await Store.DaysAsync("anna", new LocalDate(2026, 11, 1), new LocalDate(2026, 11, 30), "day", default);
        Assert.Equal([(20, 200.0), (21, 60)], days.Select(d => (d.Figures.Date.Day, d.Figures.KnownSeconds)));
        Assert.Equal([Span(100, 150), Span(160, 190)], days[0].Bouts.Select(b => new Interval(b.From, b.To)));
        Assert.Empty(await Store.DaysAsync("anna", new LocalDate(2026, 11, 22), new LocalDate(2026, 11, 30), "day", default));
    }

    [Fact]
    public async Task A_date_of_which_nothing_was_ever_known_is_not_stored_and_one_that_lost_all_is_withdrawn()
    {
        await Store.SaveDaysAsync([Day("anna", 19, 0), Day("anna", 20, 100, 0, 50)], [], default);
        await Store.SaveDaysAsync([Day("anna", 20, 0)], [], default);
        Assert.Equal(["2026-11-20|0"], _temp.Rows("SELECT date, valid FROM day"));
        Assert.Equal([false], (await Store.AfterAsync(0, 100, default)).OfType<DayEntry>().Select(day => day.Valid));
    }

    [Fact]
    public async Task Figures_that_were_overtaken_while_they_were_worked_out_are_not_saved_and_those_of_who_goes_on_sending_are_until_the_next()
    {
        await _temp.StoreAsync(Change("anna", 1, 1, 0, Posture.Sitting), Change("ben", 1, 1, 0, Posture.Sitting), Change("cleo", 1, 1, 0, Posture.Sitting), Change("dan", 1, 1, 0, Posture.Sitting));
        var read = await Store.TouchedAsync(10, default);
        await Store.SaveDaysAsync([Day("anna", 20, 200)], [read.Single(note => note.Wearer == "anna")], default);     // another process was quicker
        await _temp.StoreAsync(Change("ben", 1, 2, 60, Posture.Upright));
        await Store.EraseAsync("cleo", default);
        await Store.SaveDaysAsync([Day("anna", 20, 100), Day("ben", 20, 100), Day("cleo", 20, 100), Day("dan", 20, 100)], read, default);
        Assert.Equal(["anna|200", "ben|100", "dan|100"], _temp.Rows("SELECT wearer, json_extract(figures, '$.knownSeconds') FROM day ORDER BY wearer"));
        Assert.Equal(["ben"], (await Store.TouchedAsync(10, default)).Select(note => note.Wearer));
    }

    [Fact]
    public async Task Growth_by_heartbeats_alone_waits_for_its_release()
    {
        await Store.SaveDaysAsync([Day("anna", 20, 100, 0, 50)], [], default);
        var first = (await Store.AfterAsync(0, 100, default))[^1].Revision;
        await Store.SaveDaysAsync([Day("anna", 20, 160, 0, 110) with { ByHeartbeat = true }], [], default);
        Assert.Empty(await Store.AfterAsync(first, 100, default));
        await Store.ReleaseAsync(Instant.FromDateTimeOffset(DateTimeOffset.UtcNow) - Duration.FromMinutes(4), default);
        Assert.Empty(await Store.AfterAsync(first, 100, default));
        await Store.ReleaseAsync(Instant.FromDateTimeOffset(DateTimeOffset.UtcNow) + Duration.FromMinutes(1), default);
        Assert.Equal([160.0, 110], (await Store.AfterAsync(first, 100, default)).Select(e => e is DayEntry day ? day.Figures.KnownSeconds : ((BoutEntry)e).Bout.Length.TotalSeconds));
        Assert.Equal(160, Assert.Single(await Store.DaysAsync("anna", new LocalDate(2026, 11, 20), new LocalDate(2026, 11, 20), "day", default)).Figures.KnownSeconds);
    }

    [Fact]
    public async Task A_change_publishes_what_was_waiting_too()
    {
        await Store.SaveDaysAsync([Day("anna", 20, 100, 0, 50)], [], default);
        await Store.SaveDaysAsync([Day("anna", 20, 160, 0, 110) with { ByHeartbeat = true }], [], default);
        var first = (await Store.AfterAsync(0, 100, default))[^1].Revision;
        await Store.SaveDaysAsync([Day("anna", 20, 160, 0, 110)], [], default);
        Assert.Equal(2, (await Store.AfterAsync(first, 100, default)).Count);
    }

    [Fact]
    public async Task Measures_are_stored_once_follow_a_handover_and_go_with_their_wearer()
    {
        await _temp.StoreAsync(Change("d", 3, 1, 0, Posture.Sitting), Change("d", 3, 2, 2000, Posture.Upright));
        await Store.AssignAsync(new Assignment("d", "anna", null, null), default);
        Assert.Equal([Outcome.Stored, Outcome.Stored, Outcome.Duplicate],
            await _temp.StoreAsync(Measured("d", 100, ("shifts", 4)), Measured("d", 1000, ("shifts", 9), ("shiftsError", 0.9)), Measured("d", 100, ("shifts", 4))));
        var before = await Store.AfterAsync(0, 100, default);
        Assert.Equal([("anna", 4.0), ("anna", 9.0)], before.OfType<MeasuresEntry>().Select(e => (e.Wearer, e.Figures["shifts"])));

        await Store.AssignAsync(new Assignment("d", "ben", Span(500, 600).Start, null), default);
        var after = await Store.AfterAsync(before[^1].Revision, 100, default);
        Assert.Equal(("ben", 9.0), Assert.Single(after.OfType<MeasuresEntry>()) is var moved ? (moved.Wearer, moved.Figures["shifts"]) : default);
        Assert.Equal(("anna", Span(1000, 1000).Start), Assert.Single(after.OfType<WithdrawnEntry>(), e => e.Measurement == "measures") is var gone ? (gone.Wearer, gone.Time) : default);

        await Store.EraseAsync("ben", default);
        Assert.Equal(["{\"shifts\":4}"], _temp.Rows("SELECT figures FROM measure"));
        await Store.EraseAsync("anna", default);
        Assert.Empty(_temp.Rows("SELECT figures FROM measure"));
    }

    [Fact]
    public async Task Erasing_a_wearer_leaves_nothing_of_them_and_all_of_the_others()
    {
        await Store.AssignAsync(new Assignment("d", "anna-secret", Span(1000, 2000).Start, Span(1000, 2000).End), default);
        await Store.AssignAsync(new Assignment("own-secret", "anna-secret", null, null), default);
        await Store.SaveWearerAsync(new WearerSettings("anna-secret", "Europe/Berlin", null, null), default);
        await _temp.StoreAsync([.. Enumerable.Range(0, 30).SelectMany(n => new Message[] { Change("d", 1, n, n * 100, Posture.Sitting), Beat("d", 1, n, n * 100 + 60, Posture.Sitting) }),
            Change("own-secret", 1, 1, 0, Posture.Sitting), new RefusedMessage(Morning, "sitsense/own-secret/posture", "bad", [1])]);
        await Store.SaveRetainedAsync(new RetainedMessage("sitsense/own-secret/status", [1], 1), default);
        await Store.SaveRetainedAsync(new RetainedMessage("sitsense/d/status", [1], 1), default);
        await Store.SaveDaysAsync([Day("anna-secret", 20, 100, 0, 50), Day("d", 20, 100, 0, 50)], await Store.TouchedAsync(10, default), default);

        var erased = await Store.EraseAsync("anna-secret", default);
        Assert.Equal(11, erased!.Records);
        Assert.Equal(["d", "own-secret"], erased.Had.Select(had => had.Device));
        Assert.Null(await Store.EraseAsync("anna-secret", default));
        Assert.Equal(20, (await Store.HistoryAsync("d", Span(-1, 9999), default)).Records.Count);
        Assert.Equal(["d"], (await Store.WearersAsync(default)).Select(w => w.Settings.Wearer));
        Assert.Equal([("d", Span(900, 1000)), ("d", Span(2000, 2000))], (await Store.TouchedAsync(10, default)).Select(t => (t.Wearer, t.Span)));
        Assert.Equal("sitsense/d/status", Assert.Single(await Store.RetainedAsync(default)).Topic);
        await Store.DisposeAsync();
        foreach (var file in Directory.GetFiles(_temp.Folder, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("secret", System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task What_one_store_tells_another_one_takes()
    {
        await _temp.StoreAsync([.. Enumerable.Range(0, 5_000).SelectMany(n => new Message[] { Change("a", n / 1000, n, n * 10, (Posture)(n % 5)), Beat("b", 1, n, n * 10, Posture.Sitting) }), Reminder("a", 9, 1, 0, "due")]);
        await using var other = new TempStore();
        await foreach (var message in Store.MessagesAsync(null, default))
            await other.StoreAsync(message);
        foreach (var table in (string[])["SELECT boot, seq, said, at, arrived, posture, reminder, sitting_ms FROM record", "SELECT * FROM heartbeat", "SELECT * FROM posture"])
            Assert.Equal(_temp.Rows(table).Order(), other.Rows(table).Order());
    }

    [Fact]
    public async Task A_backup_is_the_whole_store_and_restores_it()
    {
        await _temp.StoreAsync(Change("d", 1, 1, 0, Posture.Sitting));
        var file = Path.Combine(_temp.Folder, "backups", "one.db");
        await Store.BackupAsync(file, default);
        Assert.Contains("already", (await Assert.ThrowsAsync<StoreException>(() => Store.BackupAsync(file, default))).Message);
        await _temp.StoreAsync(Change("d", 1, 2, 60, Posture.Upright), Change("e", 1, 2, 60, Posture.Upright));
        await using (var command = SqliteStore.Open(_temp.Folder, TimeProvider.System))
            await command.RestoreAsync(file, default);
        Assert.Equal(["d"], (await Store.DevicesAsync(default)).Select(d => d.Device));
        await _temp.StoreAsync(Change("d", 1, 2, 60, Posture.Upright));
        Assert.Equal(2, (await Store.HistoryAsync("d", Span(-1, 99), default)).Records.Count);
        await File.WriteAllTextAsync(file, "nonsense", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<StoreException>(() => Store.RestoreAsync(file, default));
        Assert.Equal(2, (await Store.HistoryAsync("d", Span(-1, 99), default)).Records.Count);
    }

    /// <summary>A day with bouts given by their first and last seconds.</summary>
    static StoredDay Day(string wearer, int date, double known, params double[] edges) => new(
        new DayFigures { Wearer = wearer, Date = new LocalDate(2026, 11, date), Zone = "Europe/Berlin", Slice = "day", DaySeconds = 86400, KnownSeconds = known, Complete = false },
        [.. edges.Chunk(2).Select(edge => new Bout(Span(edge[0], edge[1]).Start, Span(edge[0], edge[1]).End, false, "d"))], false);
}
