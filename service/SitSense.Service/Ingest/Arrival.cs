using SitSense.Service.Storage;

namespace SitSense.Service.Ingest;

/// <summary>A message on its way into the store.</summary>
sealed class Arrival(Message message)
{
    readonly TaskCompletionSource<Outcome> stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Message Message { get; } = message;

    /// <summary>Completes once the store has the message durably, and only then may it be acknowledged. Cancelled when the worker stops before.</summary>
    public Task<Outcome> Stored => stored.Task;

    public void Complete(Outcome outcome) => stored.TrySetResult(outcome);

    public void Abandon() => stored.TrySetCanceled();
}
