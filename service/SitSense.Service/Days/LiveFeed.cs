using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace SitSense.Service.Days;

/// <summary>Hands live events to whoever follows them. A follower who is too slow loses the oldest events, and slows nobody.</summary>
public sealed class LiveFeed
{
    const int Backlog = 1024;

    readonly ConcurrentDictionary<Channel<LiveEvent>, bool> followers = new();

    /// <summary>Whether anybody follows.</summary>
    public bool IsFollowed => !followers.IsEmpty;

    /// <summary>The events from now on.</summary>
    public async IAsyncEnumerable<LiveEvent> FollowAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var channel = Channel.CreateBounded<LiveEvent>(new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        followers[channel] = true;
        try
        {
            await foreach (var one in channel.Reader.ReadAllAsync(cancel))
                yield return one;
        }
        finally
        {
            followers.TryRemove(channel, out _);
        }
    }

    /// <summary>Tells everybody who follows.</summary>
    public void Publish(LiveEvent one)
    {
        foreach (var (channel, _) in followers)
            channel.Writer.TryWrite(one);
    }
}
