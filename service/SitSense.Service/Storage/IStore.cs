using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Sitting;

namespace SitSense.Service.Storage;

/// <summary>
/// The store of record. Everything else (days, pages, InfluxDB) can be worked out again from what is here.
/// Members may be called from any thread; one process writes at a time, others may read and run the commands beside it.
/// Whatever goes wrong with the store itself is a <see cref="StoreException"/>.
/// </summary>
public interface IStore : IAsyncDisposable
{
    /// <summary>Stores a batch, in order, in one transaction that is durable on return. One outcome a message.</summary>
    /// <remarks>In the same transaction the spans of time that the batch changed are noted as <see cref="Touched"/>.</remarks>
    Task<Outcome[]> StoreAsync(IReadOnlyList<Message> batch, CancellationToken cancel);

    /// <summary>What was touched and not yet recomputed, oldest first. Also what other processes touched.</summary>
    Task<IReadOnlyList<Touched>> TouchedAsync(int atMost, CancellationToken cancel);

    /// <summary>Notes that a span of a wearer's time needs recomputing from what the devices said; null = all of it.</summary>
    Task TouchAsync(string wearer, Interval? span, CancellationToken cancel);

    /// <summary>
    /// All that decides a device's timeline within the window: its records and heartbeats there, and those of each boot
    /// just outside that say who vouches at the window's edges.
    /// </summary>
    Task<DeviceHistory> HistoryAsync(string device, Interval window, CancellationToken cancel);

    /// <summary>Replaces the stored figures of days, and forgets the touched spans that they answer, in one transaction.</summary>
    /// <remarks>
    /// A day without known time that had some before is kept, and withdrawn from InfluxDB. Days of a wearer of whose answered spans one no longer
    /// stands are left as they are: what was stored since, or another process, knows better.
    /// </remarks>
    Task SaveDaysAsync(IReadOnlyList<StoredDay> days, IReadOnlyList<Touched> answered, CancellationToken cancel);

    /// <summary>
    /// The cleaned timeline that was stored with a date's figures, null where there is none of that span and minimum. It holds until
    /// <see cref="CleanTimeline.Reach"/> before the first instant that is <see cref="Touched"/>.
    /// </summary>
    Task<CleanTimeline?> CleanedAsync(string wearer, LocalDate date, Interval span, Duration minimum, CancellationToken cancel);

    /// <summary>The stored figures, ascending by date; dates without any are left out.</summary>
    Task<IReadOnlyList<StoredDay>> DaysAsync(string wearer, LocalDate from, LocalDate to, string slice, CancellationToken cancel);

    /// <summary>Everybody known: by assignment, by settings, or as a device that nobody was assigned; by name.</summary>
    Task<IReadOnlyList<Wearer>> WearersAsync(CancellationToken cancel);

    /// <summary>What one wearer set; nothing where they set nothing.</summary>
    Task<WearerSettings> SettingsAsync(string wearer, CancellationToken cancel);

    /// <summary>Sets a wearer's zone and hours, and touches all their days.</summary>
    /// <remarks>Figures of slice <c>work</c> are dropped: a recompute brings back those that still exist.</remarks>
    Task SaveWearerAsync(WearerSettings settings, CancellationToken cancel);

    /// <summary>Who had which device from when to when, oldest first.</summary>
    Task<IReadOnlyList<Assignment>> AssignmentsAsync(CancellationToken cancel);

    /// <summary>The same of all devices that one wearer may have had, also what others had of them.</summary>
    Task<IReadOnlyList<Assignment>> AssignmentsAsync(string wearer, CancellationToken cancel);

    /// <summary>Adds an assignment, ending or cutting those of the device that overlap it, and touches what it moves of every wearer concerned.</summary>
    Task AssignAsync(Assignment assignment, CancellationToken cancel);

    /// <summary>Every device that was ever heard, with what it last said; by name.</summary>
    Task<IReadOnlyList<DeviceState>> DevicesAsync(CancellationToken cancel);

    /// <summary>The newest refused messages, newest first; the store keeps 1,000.</summary>
    Task<IReadOnlyList<RefusedMessage>> RefusedAsync(int atMost, CancellationToken cancel);

    /// <summary>Reminders of a device with their times in the window (end excluded), for a day's figures, ascending.</summary>
    Task<IReadOnlyList<ReminderMessage>> RemindersAsync(string device, Interval window, CancellationToken cancel);

    /// <summary>How many records hold another time than their device said, because their predecessor in the boot was later.</summary>
    Task<long> CorrectedAsync(CancellationToken cancel);

    /// <summary>
    /// Everything that devices said, by device, boot and seq, as messages that another store would take: changes, reminders, the
    /// first and last heartbeat of each, and at the end what was measured. With a wearer only what was said while they had the device.
    /// </summary>
    IAsyncEnumerable<Message> MessagesAsync(string? wearer, CancellationToken cancel);

    /// <summary>
    /// Removes a wearer from every table and from the file's free pages: settings, assignments, days, and all that was said while
    /// they had a device. What needs erasing elsewhere is in the answer; null when nobody of that name was known.
    /// </summary>
    Task<Erased?> EraseAsync(string wearer, CancellationToken cancel);

    /// <summary>Writes a consistent copy of the whole store into a new file while others go on.</summary>
    Task BackupAsync(string file, CancellationToken cancel);

    /// <summary>Replaces everything by what a backup holds, in one step, also for others who have the store open.</summary>
    Task RestoreAsync(string file, CancellationToken cancel);

    /// <summary>Retained messages of the embedded broker, by topic.</summary>
    Task<IReadOnlyList<RetainedMessage>> RetainedAsync(CancellationToken cancel);

    /// <summary>Their topics alone.</summary>
    Task<IReadOnlySet<string>> RetainedTopicsAsync(CancellationToken cancel);

    /// <summary>Keeps a retained message; an empty payload forgets it.</summary>
    Task SaveRetainedAsync(RetainedMessage message, CancellationToken cancel);
}
