using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Service.Storage.Outbox;
using SitSense.Sitting;

namespace SitSense.Service.Storage.Sqlite;

/// <summary>
/// The store of record in one SQLite file: one connection writes, a transaction at a time and durable on return, and others read beside it.
/// Other processes may do the same; SQLite makes them wait for each other.
/// </summary>
public sealed class SqliteStore : IStore, IOutbox
{
    readonly StoreFile _file;
    readonly TimeProvider _clock;
    readonly SemaphoreSlim _writing = new(1);
    readonly Writer _writer;
    readonly MessageWriter _messages;
    readonly ConcurrentBag<Database> _readers = [];
    volatile bool _disposed;

    SqliteStore(StoreFile file, TimeProvider clock)
    {
        (_file, _clock) = (file, clock);
        file.Prepare();
        _writer = file.Guard(() => new Writer(file.Open()));
        _messages = new MessageWriter(_writer);
    }

    /// <summary>Opens <c>sitsense.db</c> in a folder; both are made when they are not there yet.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="clock">What time it is.</param>
    /// <exception cref="StoreException">It cannot be opened, written or understood.</exception>
    public static SqliteStore Open(string folder, TimeProvider clock) =>
        new(new StoreFile(Path.Combine(Path.GetFullPath(folder), "sitsense.db")), clock);

    /// <inheritdoc/>
    public Task<Outcome[]> StoreAsync(IReadOnlyList<Message> batch, CancellationToken cancel) => AloneAsync(db =>
    {
        try
        {
            return db.Transaction(_ => _messages.Store(batch));
        }
        catch
        {
            _messages.Forget();
            throw;
        }
    }, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Touched>> TouchedAsync(int atMost, CancellationToken cancel) => ListAsync(db => TouchedNotes.Read(db, atMost), cancel);

    /// <inheritdoc/>
    public Task TouchAsync(string wearer, Interval? span, CancellationToken cancel) => WriteAsync(db => Touch(db, wearer, span), cancel);

    /// <inheritdoc/>
    public Task<DeviceHistory> HistoryAsync(string device, Interval window, CancellationToken cancel) => ReadAsync(db => HistoryQuery.Read(db, device, window), cancel);

    /// <inheritdoc/>
    public Task SaveDaysAsync(IReadOnlyList<StoredDay> days, IReadOnlyList<Touched> answered, CancellationToken cancel) => WriteAsync(db =>
    {
        var now = Instant.FromDateTimeOffset(_clock.GetUtcNow());
        var (overtaken, growing) = TouchedNotes.Answer(db, answered);
        foreach (var day in days)
            if (!overtaken.Contains(day.Figures.Wearer))
                Days.Save(db, growing.Contains(day.Figures.Wearer) ? day with { Cleaned = null } : day, now);
        return true;
    }, cancel);

    /// <inheritdoc/>
    public Task<CleanTimeline?> CleanedAsync(string wearer, LocalDate date, Interval span, Duration minimum, CancellationToken cancel) =>
        ReadAsync(db => CleanedRuns.Read(db, wearer, date, span, minimum), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredDay>> DaysAsync(string wearer, LocalDate from, LocalDate to, string slice, CancellationToken cancel) =>
        ListAsync(db => Days.Read(db, wearer, from, to, slice), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Wearer>> WearersAsync(CancellationToken cancel) => ListAsync(People.Wearers, cancel);

    /// <inheritdoc/>
    public Task<WearerSettings> SettingsAsync(string wearer, CancellationToken cancel) => ReadAsync(db => People.Settings(db, wearer), cancel);

    /// <inheritdoc/>
    public Task SaveWearerAsync(WearerSettings settings, CancellationToken cancel) => WriteAsync(db =>
    {
        if (!People.Save(db, settings))
            return false;
        Touch(db, settings.Wearer, null);
        Days.Drop(db, settings.Wearer, "work");
        return true;
    }, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Assignment>> AssignmentsAsync(CancellationToken cancel) => ListAsync(People.Assignments, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Assignment>> AssignmentsAsync(string wearer, CancellationToken cancel) => ListAsync(db => People.Assignments(db, wearer), cancel);

    /// <inheritdoc/>
    public Task AssignAsync(Assignment assignment, CancellationToken cancel) => WriteAsync(db =>
    {
        _messages.Forget();
        Handover.Assign(db, assignment);
        return true;
    }, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeviceState>> DevicesAsync(CancellationToken cancel) => ListAsync(DeviceRow.ReadAll, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RefusedMessage>> RefusedAsync(int atMost, CancellationToken cancel) => ListAsync(db => db.List(
        row => new RefusedMessage(row.Time(0), row.GetString(1), row.GetString(2), row.GetFieldValue<byte[]>(3)),
        "SELECT arrived, topic, reason, payload FROM refused ORDER BY id DESC LIMIT ?1", atMost), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReminderMessage>> RemindersAsync(string device, Interval window, CancellationToken cancel) => ListAsync(db => db.List(
        row => new ReminderMessage(row.Time(0), device, row.GetInt64(1), row.GetInt64(2), row.Time(3), row.GetString(4), row.NumberOrNull(5)), """
        SELECT arrived, boot, seq, at, reminder, sitting_ms FROM record INDEXED BY record_reminder
        WHERE device=(SELECT id FROM device WHERE name=?1) AND at>=?2 AND at<?3 AND posture IS NULL ORDER BY at, boot, seq
        """, device, window.Start, window.End), cancel);

    /// <inheritdoc/>
    public Task<long> CorrectedAsync(CancellationToken cancel) => ReadAsync(db => db.Number("SELECT count(*) FROM record INDEXED BY record_corrected WHERE at > said") ?? 0, cancel);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Message> MessagesAsync(string? wearer, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var place = new MessagesQuery.Place(0, 0, -1); ;)
        {
            var page = await ReadAsync(db => MessagesQuery.Read(db, wearer, place), cancel);
            foreach (var message in page.Messages)
                yield return message;
            if (page.Next is null)
                break;
            place = page.Next.Value;
        }
        for ((long, long)? place = (0, long.MinValue); place is { } after;)
        {
            var page = await ReadAsync(db => MessagesQuery.ReadMeasures(db, wearer, after), cancel);
            foreach (var message in page.Messages)
                yield return message;
            place = page.Next;
        }
    }

    /// <inheritdoc/>
    public async Task<Erased?> EraseAsync(string wearer, CancellationToken cancel)
    {
        var erased = await WriteAsync(db =>
        {
            _messages.Forget();
            return Erasure.Erase(db, wearer);
        }, cancel);
        if (erased is not null)
            await AloneAsync(db => db.Run("VACUUM") + db.Run("PRAGMA wal_checkpoint(TRUNCATE)"), cancel);
        return erased;
    }

    /// <inheritdoc/>
    public Task BackupAsync(string file, CancellationToken cancel) => ReadAsync(db => Backup.Write(db, file), cancel, transaction: false);

    /// <inheritdoc/>
    public Task RestoreAsync(string file, CancellationToken cancel) => AloneAsync(db =>
    {
        _messages.Forget();
        return Backup.Restore(db, _file, file);
    }, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RetainedMessage>> RetainedAsync(CancellationToken cancel) => ListAsync(db => db.List(
        row => new RetainedMessage(row.GetString(0), row.GetFieldValue<byte[]>(1), (int)row.GetInt64(2)), "SELECT topic, payload, qos FROM retained ORDER BY topic"), cancel);

    /// <inheritdoc/>
    public async Task<IReadOnlySet<string>> RetainedTopicsAsync(CancellationToken cancel) =>
        (await ListAsync(db => db.List(row => row.GetString(0), "SELECT topic FROM retained"), cancel)).ToHashSet();

    /// <inheritdoc/>
    public Task SaveRetainedAsync(RetainedMessage message, CancellationToken cancel) => WriteAsync(db => message.Payload.Length == 0
        ? db.Run("DELETE FROM retained WHERE topic=?1", message.Topic)
        : db.Run("INSERT OR REPLACE INTO retained VALUES(?1, ?2, ?3)", message.Topic, message.Payload, (long)message.Qos), cancel);

    /// <inheritdoc/>
    public Task<long> PublishedAsync(string target, CancellationToken cancel) => ReadAsync(db => db.Number("SELECT revision FROM published WHERE target=?1", target) ?? 0, cancel);

    /// <inheritdoc/>
    public Task SavePublishedAsync(string target, long revision, CancellationToken cancel) =>
        WriteAsync(db => db.Run("INSERT OR REPLACE INTO published VALUES(?1, ?2)", target, revision), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<OutboxEntry>> AfterAsync(long revision, int atMost, CancellationToken cancel) => ListAsync(db => OutboxQuery.After(db, revision, atMost), cancel);

    /// <inheritdoc/>
    public async Task ReleaseAsync(Instant since, CancellationToken cancel)
    {
        if (await ReadAsync(db => OutboxQuery.IsWaiting(db, since), cancel))
            await WriteAsync(db => OutboxQuery.Release(db, since), cancel);
    }

    /// <summary>Lets running work end, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        await _writing.WaitAsync();
        _disposed = true;
        _writer.Dispose();
        while (_readers.TryTake(out var reader))
            reader.Dispose();
        _writing.Release();
    }

    static bool Touch(Writer db, string wearer, Interval? span)
    {
        if ((span ?? DeviceTime.SpanOf(db, wearer)) is not { } known)
            return false;
        var notes = new TouchedNotes();
        notes.Add(wearer, known.Start.ToUnixTimeMilliseconds(), known.End.ToUnixTimeMilliseconds());
        notes.Flush(db, anew: true);
        return true;
    }

    Task<T> WriteAsync<T>(Func<Writer, T> work, CancellationToken cancel) => AloneAsync(db => db.Transaction(work), cancel);

    async Task<T> AloneAsync<T>(Func<Writer, T> work, CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _file.Guard(() => work(_writer));
        }
        finally
        {
            _writing.Release();
        }
    }

    async Task<IReadOnlyList<T>> ListAsync<T>(Func<Database, List<T>> work, CancellationToken cancel) => await ReadAsync(work, cancel);

    /// <summary>Reads one state of the store, whatever is written meanwhile.</summary>
    Task<T> ReadAsync<T>(Func<Database, T> work, CancellationToken cancel, bool transaction = true)
    {
        cancel.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Task.FromResult(_file.Guard(() =>
        {
            if (!_readers.TryTake(out var reader))
                reader = new Database(_file.Open());
            try
            {
                if (transaction)
                    reader.Run("BEGIN");
                var result = work(reader);
                if (transaction)
                    reader.Run("COMMIT");
                if (_disposed)
                    reader.Dispose();
                else
                    _readers.Add(reader);
                return result;
            }
            catch
            {
                reader.Dispose();
                throw;
            }
        }));
    }
}
