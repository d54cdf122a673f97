using System.Buffers;
using System.Threading.Channels;
using NodaTime;
using SitSense.Service.Options;

namespace SitSense.Service.Ingest;

/// <summary>Where every broker leaves the devices' messages, bounded: when the store cannot keep up, senders wait.</summary>
sealed class Inbox(SitSenseOptions options, TimeProvider clock)
{
    const int Capacity = 8192;

    readonly MessageReader reader = new(options.Mqtt.Root);
    readonly Channel<Arrival> arrivals = Channel.CreateBounded<Arrival>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <summary>How many messages wait to be stored.</summary>
    public int Count => arrivals.Reader.Count;

    /// <summary>Takes a message in; null where the topic is none on which devices report.</summary>
    public async ValueTask<Arrival?> TakeAsync(string topic, ReadOnlySequence<byte> payload, CancellationToken cancel)
    {
        if (reader.Read(topic, payload, Instant.FromDateTimeOffset(clock.GetUtcNow())) is not { } message)
            return null;
        var arrival = new Arrival(message);
        await arrivals.Writer.WriteAsync(arrival, cancel);
        return arrival;
    }

    /// <summary>Waits for messages; false when none will come any more.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancel) => arrivals.Reader.WaitToReadAsync(cancel);

    /// <summary>Moves what has come, oldest first, into <paramref name="batch"/> until that holds <paramref name="atMost"/>.</summary>
    public void MoveTo(List<Arrival> batch, int atMost)
    {
        while (batch.Count < atMost && arrivals.Reader.TryRead(out var arrival))
            batch.Add(arrival);
    }

    /// <summary>No message will be taken any more.</summary>
    public void Close() => arrivals.Writer.TryComplete();
}
