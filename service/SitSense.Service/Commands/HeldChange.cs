using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Sitting;

namespace SitSense.Service.Commands;

/// <summary>A change of posture, and what else its device said until the next one: all that tells how long it was vouched to hold.</summary>
/// <param name="change">The change.</param>
/// <param name="at">Since when it holds, where its boot's order has moved its time.</param>
sealed class HeldChange(PostureMessage change, Instant at)
{
    readonly List<DeviceRecord> records = [new(change.Boot, change.Seq, at, change.Posture)];
    readonly List<Heartbeat> beats = [];

    public PostureMessage Change => change;

    /// <summary>Since when it holds.</summary>
    public Instant At => at;

    /// <summary>How long its device vouched for it, whatever another device or boot said meanwhile; null where it did not at all.</summary>
    public double? Seconds => beats.Exists(beat => beat.Seq == change.Seq) || (records.Count > 1 && records[1].Seq == change.Seq + 1)
        ? Vouching.Vouch(change.Device, records, beats).Stretches.Sum(stretch => (stretch.To - stretch.From).TotalMilliseconds) / 1000 : null;

    /// <summary>Each change of some messages that are in the order of <see cref="Storage.IStore.MessagesAsync"/>; no more than one is held at a time.</summary>
    public static async IAsyncEnumerable<HeldChange> OfAsync(IAsyncEnumerable<Message> messages)
    {
        HeldChange? open = null;
        var (device, boot, newest) = ("", 0L, Instant.MinValue);
        await foreach (var message in messages)
        {
            if (message is HeartbeatMessage beat)
                open?.Hear(beat);
            if (RecordOf(message) is not { } record)
                continue;
            var said = Import.DeviceAndTime(message).Device;
            var isNext = (said, record.Boot) == (device, boot);
            record = isNext ? record with { At = Instant.Max(newest, record.At) } : record;
            (device, boot, newest) = (said, record.Boot, record.At);
            if (isNext)
                open?.records.Add(record);
            if (open is not null && (!isNext || message is PostureMessage))
            {
                yield return open;
                open = null;
            }
            if (message is PostureMessage next)
                open = new(next, record.At);
        }
        if (open is not null)
            yield return open;
    }

    static DeviceRecord? RecordOf(Message message) => message switch
    {
        PostureMessage one => new(one.Boot, one.Seq, one.At, one.Posture),
        ReminderMessage one => new(one.Boot, one.Seq, one.At, null),
        _ => null,
    };

    /// <summary>A heartbeat of a number that never came says nothing of this change.</summary>
    void Hear(HeartbeatMessage beat)
    {
        if ((beat.Device, beat.Boot, beat.Seq) == (change.Device, change.Boot, records[^1].Seq))
            beats.Add(new(beat.Boot, beat.Seq, beat.At, beat.Posture));
    }
}
