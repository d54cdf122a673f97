using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Service.Storage;
using SitSense.Sitting;
using static SitSense.Service.Tests.Storage.TempStore;

namespace SitSense.Service.Tests.Storage;

/// <summary>What holds for any messages of a device in any order.</summary>
public sealed class StoreProperties
{
    static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(60);

    /// <summary>Numbered messages with few boots, numbers and times, so that they collide; one content for each number.</summary>
    public static readonly Gen<Message[]> Streams =
        from boots in Gen.Choose(1, 3)
        from length in Gen.Choose(1, 12)
        from times in Gen.Choose(0, 40).ArrayOf(boots * length)
        from kinds in Gen.Choose(0, 5).ArrayOf(boots * length)
        from beats in Gen.Choose(0, 60).ArrayOf(boots * length * 2)
        select Enumerable.Range(0, boots * length).SelectMany(n =>
        {
            var (boot, seq) = (n / length, n % length);
            Message record = kinds[n] == 5 ? Reminder("d", boot, seq, times[n] / 10.0, "due") : Change("d", boot, seq, times[n] / 10.0, (Posture)kinds[n]);
            return new[] { record, Beat("d", boot, seq, beats[2 * n] / 10.0, Posture.Sitting), Beat("d", boot, seq, beats[2 * n + 1] / 10.0, Posture.Upright) }.Where((_, i) => i == 0 || kinds[n] > i);
        }).ToArray();

    /// <summary>A stream, and another order of it in which some come twice, with where the batches end.</summary>
    static readonly Gen<(Message[] Stream, Message[] Other, int BatchSize)> Orders =
        from stream in Streams
        from again in Gen.SubListOf(stream)
        from order in Gen.Shuffle(stream.Concat(again))
        from size in Gen.Choose(1, 20)
        select (stream, order.ToArray(), size);

    [Fact]
    public void Any_order_and_repetition_gives_the_same_history() => Check.One(Runs, Prop.ForAll(Orders.ToArbitrary(), Task<bool> (o) => SameAsync(o.Stream, o.Other, o.BatchSize)));

    [Fact]
    public void A_window_decides_its_time_as_the_whole_history_does() => Check.One(Runs, Prop.ForAll((from stream in Streams from edges in Gen.Choose(0, 60).Two() select (stream, edges)).ToArbitrary(),
        async Task<bool> (o) =>
        {
            var (low, high) = (Math.Min(o.edges.Item1, o.edges.Item2) / 10.0, Math.Max(o.edges.Item1, o.edges.Item2) / 10.0 + 0.1);
            await using var temp = new TempStore();
            await temp.StoreAsync(o.stream);
            return Seen(await temp.Store.HistoryAsync("d", Span(-1, 100), default), Span(low, high)).SequenceEqual(Seen(await temp.Store.HistoryAsync("d", Span(low, high), default), Span(low, high)));
        }));

    [Fact]
    public void What_changes_a_timeline_lies_within_what_is_noted() => Check.One(Runs, Prop.ForAll(Orders.ToArbitrary(), async Task<bool> (o) =>
    {
        await using var temp = new TempStore();
        foreach (var batch in o.Other.Chunk(o.BatchSize))
        {
            var before = Vouched(await temp.Store.HistoryAsync("d", Span(-1, 100), default));
            await temp.StoreAsync(batch);
            var notes = await temp.Store.TouchedAsync(1000, default);
            var after = Vouched(await temp.Store.HistoryAsync("d", Span(-1, 100), default));
            for (var tenth = 0; tenth <= 70; tenth++)
            {
                // Just after each tenth of a second, where all times lie: the posture that holds, or none.
                var at = Span(tenth / 10.0 + 0.05, 100).Start;
                if (Holds(before, at) != Holds(after, at) && !notes.Any(note => note.Span.Start <= at && at <= note.Span.End))
                    return false;
            }
            await temp.Store.SaveDaysAsync([], notes, default);
        }
        return true;
    }));

    static async Task<bool> SameAsync(Message[] stream, Message[] other, int batchSize)
    {
        await using var one = new TempStore();
        await using var two = new TempStore();
        await one.StoreAsync(stream);
        foreach (var batch in other.Chunk(batchSize))
            await two.StoreAsync(batch);
        return Tables(one).SequenceEqual(Tables(two));
    }

    static List<string> Tables(TempStore temp) =>
    [
        .. temp.Rows("SELECT boot, seq, said, at, stamp, posture, reminder FROM record ORDER BY boot, seq"),
        .. temp.Rows("SELECT boot, seq, first, first_posture, last, last_posture FROM heartbeat ORDER BY boot, seq"),
        .. temp.Rows("SELECT boot, first, last FROM boot ORDER BY boot"),
    ];

    static Stretch[] Vouched(DeviceHistory history) => Vouching.Vouch("d", history.Records, history.Heartbeats).Stretches;

    static IEnumerable<Posture?> Seen(DeviceHistory history, NodaTime.Interval window)
    {
        var stretches = Vouched(history);
        for (var at = window.Start.Plus(Duration.FromMilliseconds(50)); at < window.End; at = at.Plus(Duration.FromMilliseconds(100)))
            yield return Holds(stretches, at);
    }

    static Posture? Holds(Stretch[] stretches, Instant at) =>
        stretches.Where(stretch => stretch.From <= at && at < stretch.To).Select(stretch => (Posture?)stretch.Posture).FirstOrDefault();
}
