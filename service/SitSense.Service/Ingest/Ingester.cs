using NodaTime;
using SitSense.Service.Days;
using SitSense.Service.Storage;

namespace SitSense.Service.Ingest;

/// <summary>
/// Moves what came into the store of record, a batch a transaction: while one is being made durable the next one gathers, so that
/// one sender waits for a commit and a thousand senders share it.
/// </summary>
sealed class Ingester(Inbox inbox, IStore store, IngestMetrics metrics, Readiness readiness, LiveReporter live, TimeProvider clock, ILogger<Ingester> log)
    : BackgroundService
{
    const int MaxBatch = 500;

    static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100), LastRetry = TimeSpan.FromSeconds(5);

    readonly OncePerMinute failureLog = new(clock), refusalLog = new(clock);

    /// <summary>Stops taking messages, and stores what was taken before.</summary>
    public override async Task StopAsync(CancellationToken cancel)
    {
        inbox.Close();
        if (ExecuteTask is { } work)
            await Task.WhenAny(work, Task.Delay(Timeout.Infinite, cancel));
        await base.StopAsync(cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await Task.Yield();
        readiness.Store = null;
        var batch = new List<Arrival>(MaxBatch);
        var messages = new List<Message>(MaxBatch);
        try
        {
            while (await inbox.WaitAsync(stop))
            {
                inbox.MoveTo(batch, MaxBatch);
                messages.AddRange(batch.Select(arrival => arrival.Message));
                var outcomes = await StoreAsync(messages, stop);
                for (var i = 0; i < outcomes.Length; i++)
                    batch[i].Complete(outcomes[i]);
                Tell(messages, outcomes);
                batch.Clear();
                messages.Clear();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            inbox.Close();
        }
        inbox.MoveTo(batch, int.MaxValue);
        batch.ForEach(arrival => arrival.Abandon());
    }

    /// <summary>Tries until it succeeds: what is not stored is not acknowledged, so its sender keeps it too.</summary>
    async Task<Outcome[]> StoreAsync(List<Message> messages, CancellationToken stop)
    {
        for (var pause = FirstRetry; ; pause = pause * 2 < LastRetry ? pause * 2 : LastRetry)
        {
            try
            {
                var start = clock.GetTimestamp();
                var outcomes = await store.StoreAsync(messages, stop);
                metrics.Count(outcomes, clock.GetElapsedTime(start));
                if (readiness.Store is not null)
                    log.LogInformation("The store takes messages again.");
                readiness.Store = null;
                return outcomes;
            }
            catch (Exception problem) when (problem is not OperationCanceledException || !stop.IsCancellationRequested)
            {
                readiness.Store = problem.Message;
                if (failureLog.Now(out _))
                    log.LogError("The store does not take messages ({Problem}); they are kept and not acknowledged until it does. Check disk space and Store:Folder.", problem.Message);
            }
            await Task.Delay(pause, clock, stop);
        }
    }

    void Tell(List<Message> messages, Outcome[] outcomes)
    {
        var refused = 0;
        RefusedMessage? example = null;
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i] == Outcome.Refused)
            {
                refused++;
                example = messages[i] as RefusedMessage ?? example;
            }
            else
                live.Heard(messages[i], isNew: outcomes[i] == Outcome.Stored);
        }
        if (refused > 0 && refusalLog.Now(out var since, refused))
            log.LogWarning("Refused {Count} messages since the last line of this kind, the newest on {Topic}: {Reason}. GET /api/v1/refused shows them.",
                since, example?.Topic ?? "a topic of a device", example?.Reason ?? "the same boot and seq came with another posture before");
    }
}
