using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Service.Storage;
using SitSense.Sitting;

namespace SitSense.Service.Tests.Running;

/// <summary>A store whose storing of messages can be held up, or made to fail as on a full disk.</summary>
sealed class GatedStore(IStore store) : IStore
{
    TaskCompletionSource? gate;

    /// <summary>While set, storing fails.</summary>
    public volatile bool Fails;

    /// <summary>Messages that were asked to be stored so far, repeats included.</summary>
    public int Asked;

    /// <summary>The same of retained messages.</summary>
    public int RetainedAsked;

    /// <summary>Of which time records were read last.</summary>
    public Interval Read;

    public void Close() => gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => gate?.TrySetResult();

    public async Task<Outcome[]> StoreAsync(IReadOnlyList<Message> batch, CancellationToken cancel)
    {
        Interlocked.Add(ref Asked, batch.Count);
        if (Fails)
            throw new StoreException("The disk is full.");
        if (gate is { } closed)
            await closed.Task.WaitAsync(cancel);
        return await store.StoreAsync(batch, cancel);
    }

    public Task<DeviceHistory> HistoryAsync(string device, Interval window, CancellationToken cancel)
    {
        Read = window;
        return store.HistoryAsync(device, window, cancel);
    }

    public Task RestoreAsync(string file, CancellationToken cancel) => store.RestoreAsync(file, cancel);

    public Task SaveRetainedAsync(RetainedMessage message, CancellationToken cancel)
    {
        Interlocked.Increment(ref RetainedAsked);
        return Fails ? throw new StoreException("The disk is full.") : store.SaveRetainedAsync(message, cancel);
    }

    public Task<IReadOnlyList<Touched>> TouchedAsync(int atMost, CancellationToken cancel) => store.TouchedAsync(atMost, cancel);
    public Task TouchAsync(string wearer, Interval? span, CancellationToken cancel) => store.TouchAsync(wearer, span, cancel);
    public Task SaveDaysAsync(IReadOnlyList<StoredDay> days, IReadOnlyList<Touched> answered, CancellationToken cancel) => store.SaveDaysAsync(days, answered, cancel);
    public Task<CleanTimeline?> CleanedAsync(string wearer, LocalDate date, Interval span, Duration minimum, CancellationToken cancel) => store.CleanedAsync(wearer, date, span, minimum, cancel);
    public Task<IReadOnlyList<StoredDay>> DaysAsync(string wearer, LocalDate from, LocalDate to, string slice, CancellationToken cancel) => store.DaysAsync(wearer, from, to, slice, cancel);
    public Task<IReadOnlyList<Wearer>> WearersAsync(CancellationToken cancel) => store.WearersAsync(cancel);
    public Task SaveWearerAsync(WearerSettings settings, CancellationToken cancel) => store.SaveWearerAsync(settings, cancel);
    public Task<IReadOnlyList<Assignment>> AssignmentsAsync(CancellationToken cancel) => store.AssignmentsAsync(cancel);
    public Task AssignAsync(Assignment assignment, CancellationToken cancel) => store.AssignAsync(assignment, cancel);
    public Task<IReadOnlyList<DeviceState>> DevicesAsync(CancellationToken cancel) => store.DevicesAsync(cancel);
    public Task<IReadOnlyList<RefusedMessage>> RefusedAsync(int atMost, CancellationToken cancel) => store.RefusedAsync(atMost, cancel);
    public Task<IReadOnlyList<ReminderMessage>> RemindersAsync(string device, Interval window, CancellationToken cancel) => store.RemindersAsync(device, window, cancel);
    public Task<long> CorrectedAsync(CancellationToken cancel) => store.CorrectedAsync(cancel);
    public IAsyncEnumerable<Message> MessagesAsync(string? wearer, CancellationToken cancel) => store.MessagesAsync(wearer, cancel);
    public Task<Erased?> EraseAsync(string wearer, CancellationToken cancel) => store.EraseAsync(wearer, cancel);
    public Task BackupAsync(string file, CancellationToken cancel) => store.BackupAsync(file, cancel);
    public Task<IReadOnlyList<RetainedMessage>> RetainedAsync(CancellationToken cancel) => store.RetainedAsync(cancel);

    public Task<WearerSettings> SettingsAsync(string wearer, CancellationToken cancel) => store.SettingsAsync(wearer, cancel);

    public Task<IReadOnlyList<Assignment>> AssignmentsAsync(string wearer, CancellationToken cancel) => store.AssignmentsAsync(wearer, cancel);

    public Task<IReadOnlySet<string>> RetainedTopicsAsync(CancellationToken cancel) => store.RetainedTopicsAsync(cancel);
    public ValueTask DisposeAsync() => store.DisposeAsync();
}
