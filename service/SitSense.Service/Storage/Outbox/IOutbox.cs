using NodaTime;

namespace SitSense.Service.Storage.Outbox;

/// <summary>
/// The side of the store of record from which another store is kept up to date. Every row that matters there carries the revision of its last
/// change; revisions only grow, so whoever remembers the last one it passed on has missed nothing, and whoever has none gets everything.
/// </summary>
public interface IOutbox
{
    /// <summary>The newest revision that a target has been given; 0 before the first.</summary>
    Task<long> PublishedAsync(string target, CancellationToken cancel);

    /// <summary>Remembers the newest revision that a target has been given.</summary>
    Task SavePublishedAsync(string target, long revision, CancellationToken cancel);

    /// <summary>What changed after a revision, in the order of revisions.</summary>
    Task<IReadOnlyList<OutboxEntry>> AfterAsync(long revision, int atMost, CancellationToken cancel);

    /// <summary>Gives a revision to what has grown by heartbeats alone and has been waiting since <paramref name="since"/> or longer.</summary>
    Task ReleaseAsync(Instant since, CancellationToken cancel);
}
