using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Sitting;

namespace SitSense.Service.Storage;

/// <summary>
/// The store of record. Everything else (days, pages, InfluxDB) can be worked out again from what is here.
/// Members may be called from any thread; one process writes at a time, others may read and run the commands beside it.
/// </summary>
public interface IStore : IAsyncDisposable
{
    /// <summary>Stores a batch, in order, in one transaction that is durable on return. One outcome a message.</summary>
    /// <remarks>In the same transaction the spans of time that the batch changed are noted as <see cref="Touched"/>.</remarks>
    Task<Outcome[]> StoreAsync(IReadOnlyList<Message> batch, CancellationToken cancel);

    /// <summary>What was touched and not yet recomputed, oldest first.</summary>
    Task<IReadOnlyList<Touched>> TouchedAsync(int atMost, CancellationToken cancel);

    /// <summary>Notes that a span of a device's or a wearer's time needs recomputing.</summary>
    Task TouchAsync(string device, Interval span, CancellationToken cancel);

    /// <summary>All that decides a device's timeline within the window: its records and heartbeats there, and each boot's neighbours just outside.</summary>
    Task<DeviceHistory> HistoryAsync(string device, Interval window, CancellationToken cancel);

    /// <summary>Replaces the stored figures of days, and forgets the touched spans that they answer, in one transaction.</summary>
    Task SaveDaysAsync(IReadOnlyList<StoredDay> days, IReadOnlyList<Touched> answered, CancellationToken cancel);

    /// <summary>The stored figures, ascending by date; dates without any are left out.</summary>
    Task<IReadOnlyList<StoredDay>> DaysAsync(string wearer, LocalDate from, LocalDate to, string slice, CancellationToken cancel);

    /// <summary>Everybody known: by assignment, by settings, or as a device that nobody was assigned.</summary>
    Task<IReadOnlyList<Wearer>> WearersAsync(CancellationToken cancel);

    /// <summary>Sets a wearer's zone and hours, and touches all days of theirs.</summary>
    Task SaveWearerAsync(WearerSettings settings, CancellationToken cancel);

    /// <summary>Who had which device from when to when, oldest first.</summary>
    Task<IReadOnlyList<Assignment>> AssignmentsAsync(CancellationToken cancel);

    /// <summary>Adds an assignment, ending or cutting those of the device that overlap it, and touches what it moves.</summary>
    Task AssignAsync(Assignment assignment, CancellationToken cancel);

    /// <summary>Every device that was ever heard, with what it last said.</summary>
    Task<IReadOnlyList<DeviceState>> DevicesAsync(CancellationToken cancel);

    /// <summary>The newest refused messages, newest first.</summary>
    Task<IReadOnlyList<RefusedMessage>> RefusedAsync(int atMost, CancellationToken cancel);

    /// <summary>Reminders of a device with their times, for a day's figures, ascending.</summary>
    Task<IReadOnlyList<ReminderMessage>> RemindersAsync(string device, Interval window, CancellationToken cancel);

    /// <summary>Retained messages of the embedded broker, by topic.</summary>
    Task<IReadOnlyList<RetainedMessage>> RetainedAsync(CancellationToken cancel);

    /// <summary>Keeps a retained message; an empty payload forgets it.</summary>
    Task SaveRetainedAsync(RetainedMessage message, CancellationToken cancel);
}
