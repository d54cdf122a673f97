using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using static SitSense.Sitting.Tests.Told;

namespace SitSense.Sitting.Tests;

/// <summary>What holds for any streams of any devices.</summary>
public class SittingProperties
{
    const int Horizon = Imagined.Seconds + 200;

    [Fact]
    public void Any_stream_gives_the_timeline_that_the_rules_give_second_by_second() => For_any(200, random =>
    {
        var device = Imagined.Stream(random);
        var timeline = device.Vouch().Stretches;
        for (var second = 0; second < Horizon; second++)
            Assert.Equal(SecondBySecond.Class(SecondBySecond.Vouched(device, second)), ClassAt(timeline, second));
    });

    [Fact]
    public void Any_two_devices_give_the_bouts_that_the_rules_give_second_by_second() => For_any(100, random =>
    {
        Imagined[] devices = [Imagined.Stream(random, "a"), Imagined.Stream(random, "b")];
        var kinds = new int[Horizon];
        for (var second = 0; second < Horizon; second++)
            kinds[second] = devices.Max(device => SecondBySecond.Class(SecondBySecond.Vouched(device, second)));
        var clean = SecondBySecond.Clean(kinds);
        var merged = Timeline.Merge([.. devices.Select(device => device.Vouch().Stretches)]);

        for (var i = 0; i < 5; i++)
        {
            var from = random.Next(Horizon - 1);
            var to = random.Next(from + 1, Horizon);
            var expected = SecondBySecond.Bouts(clean, second => devices.Any(device => SecondBySecond.ChangedToUpAt(device, second)), from, to);
            var (figures, bouts) = Day(Between(from, to), merged);
            Assert.Equal(Read(expected.Select(bout => new Bout(At(bout.From), At(bout.To), bout.Cut, ""))), Read(bouts));
            if (figures.KnownSeconds == 0)
                continue;
            Assert.Equal(expected.Count(bout => bout.Rise), figures.Rises);
            Assert.Equal(expected.SkipLast(1).Count(bout => bout.Rise), figures.Breaks);
            Assert.Equal(clean[from..to].Count(kind => kind == 2), figures.UprightSeconds);
        }
    });

    [Fact]
    public void Neither_the_order_of_arrival_nor_repetition_ever_matters() => For_any(200, random =>
    {
        var device = Imagined.Stream(random);
        var other = device.Shuffled(random).Vouch();
        Assert.Equal(device.Vouch().Stretches, other.Stretches);
        Assert.Equal(device.Vouch().Moved, other.Moved);
    });

    [Fact]
    public void Figures_hours_and_waking_day_are_the_same_in_any_order_of_arrival_and_of_devices() => For_any(100, random =>
    {
        Imagined[] devices = [Imagined.Stream(random, "a"), Imagined.Stream(random, "b")];
        var slice = Between(random.Next(300), 300 + random.Next(Horizon - 300));
        Reminder[] reminders = [.. devices.SelectMany(device => device.Records.Where(record => record.Posture is null).Select(record => new Reminder(device.Device, record.At, record.Seq % 2 == 0)))];
        var expected = Told(devices, reminders);
        Assert.Equal(expected, Told([devices[1].Shuffled(random), devices[0].Shuffled(random)], [.. reminders.GroupBy(reminder => reminder.Device).Reverse().SelectMany(theirs => theirs)]));

        string Told(Imagined[] devices, Reminder[] reminders)
        {
            var timeline = CleanTimeline.From(Timeline.Merge([.. devices.Select(device => device.Vouch().Stretches)]), TenSeconds);
            var waking = Slice.Waking(slice.Date, DateTimeZone.Utc, timeline);
            return $"{SittingDay.Of("w", slice, timeline, 0.5, reminders).Figures}; {string.Join(' ', HourProfile.Of(slice, timeline))}; {string.Join(' ', waking.Parts)}";
        }
    });

    [Fact]
    public void The_first_and_the_last_heartbeat_of_a_number_say_all_that_its_heartbeats_say() => For_any(200, random =>
    {
        // Of one number a device says one posture; so do imagined ones.
        var device = Imagined.Stream(random);
        var kept = device.Heartbeats.GroupBy(beat => (beat.Boot, beat.Seq)).SelectMany(beats => new[] { beats.MinBy(beat => beat.At), beats.MaxBy(beat => beat.At) });
        Assert.Equal(device.Vouch().Stretches, (device with { Heartbeats = [.. kept] }).Vouch().Stretches);
    });

    [Fact]
    public void One_device_s_stretches_dealt_out_to_several_streams_merge_to_the_same() => For_any(200, random =>
    {
        var whole = Imagined.Stream(random).Vouch().Stretches;
        var streams = Enumerable.Range(0, 3).Select(_ => new List<Stretch>()).ToArray();
        foreach (var stretch in whole)
        {
            var middle = stretch.From + (stretch.To - stretch.From) * random.NextDouble();
            streams[random.Next(3)].Add(stretch with { To = middle });
            streams[random.Next(3)].Add(stretch with { From = middle });
        }
        Assert.Equal(whole, Timeline.Merge([.. streams.Select(stream => stream.ToArray())]));
    });

    [Fact]
    public void Merging_in_steps_is_merging_at_once() => For_any(200, random =>
    {
        var (a, b, c) = (Imagined.Stream(random, "a").Vouch().Stretches, Imagined.Stream(random, "b").Vouch().Stretches, Imagined.Stream(random, "c").Vouch().Stretches);
        var atOnce = Timeline.Merge([a, b, c]);
        Assert.Equal(atOnce, Timeline.Merge([Timeline.Merge([c, a]), b]));
        Assert.Equal(atOnce, Timeline.Merge([a, Timeline.Merge([b, c])]));
    });

    [Fact]
    public void Fewer_heartbeats_never_add_sitting_at_any_time() => For_any(1000, random =>
    {
        // Before cleaning: what falls silent can take away the up between two sittings, but never vouch for more.
        var device = Imagined.Stream(random);
        var silenced = device with { Heartbeats = [.. device.Heartbeats.Where(_ => random.Next(3) != 0)] };
        var (whole, less) = (device.Vouch().Stretches, silenced.Vouch().Stretches);
        Assert.Equal(SittingSeconds(whole), SittingSeconds(Timeline.Merge([whole, less])));

        static double SittingSeconds(Stretch[] timeline) => timeline.Where(stretch => stretch.Posture == Posture.Sitting).Sum(stretch => (stretch.To - stretch.From).TotalSeconds);
    });

    [Fact]
    public void What_is_lost_adds_sitting_only_where_it_was_dated_back() => For_any(1000, random =>
    {
        var mostBack = random.Next(13);
        var device = Imagined.Stream(random, whole: true);
        device = device with { Records = [.. device.Records.GroupBy(record => record.Boot).SelectMany(boot => Backdated([.. boot]))] };
        var arrived = WithLosses(device, random);
        var (whole, less) = (device.Vouch().Stretches, arrived.Vouch().Stretches);
        var lost = device.Records.Except(arrived.Records).Where(record => record.Posture is not null).ToArray();
        for (var second = 0; second < Horizon; second++)
            if (ClassAt(less, second) == 3 && ClassAt(whole, second) != 3)
                Assert.Contains(lost, change => change.At <= At(second) && At(second) < change.At + Duration.FromSeconds(mostBack));

        IEnumerable<DeviceRecord> Backdated(DeviceRecord[] boot)
        {
            var since = At(-1);
            foreach (var record in boot)        // a reminder falls due when it says so
                yield return record with { At = since = record.Posture is null ? record.At : Instant.Max(since, record.At - Duration.FromSeconds(random.Next(mostBack + 1))) };
        }
    });

    [Fact]
    public void After_cleaning_losses_add_only_short_sittings_beside_the_unknown() => For_any(1000, random =>
    {
        Imagined[] devices = [Imagined.Stream(random, "a", whole: true), Imagined.Stream(random, "b", whole: true)];
        var (whole, less) = (Cleaned(devices), Cleaned([.. devices.Select(device => WithLosses(device, random))]));
        foreach (var bout in SittingDay.Of("w", Between(0, Horizon), CleanTimeline.Of(less), 0.5).Bouts)
        {
            var (from, to) = ((int)(bout.From - Eight).TotalSeconds, (int)(bout.To - Eight).TotalSeconds);
            if (Enumerable.Range(from, to - from).Any(second => ClassAt(whole, second) != 3))
                Assert.True(bout.Length < TenSeconds && (ClassAt(less, from - 1) == 0 || ClassAt(less, to) == 0), $"{from} to {to} s: {Read(whole)}; with losses {Read(less)}");
        }

        static Stretch[] Cleaned(Imagined[] devices) => CleanTimeline.From(Timeline.Merge([.. devices.Select(device => device.Vouch().Stretches)]), TenSeconds).Stretches;
    });

    [Fact]
    public void Slices_add_up_to_the_whole_and_sitting_upright_and_unknown_to_its_length() => For_any(200, random =>
    {
        var timeline = CleanTimeline.From(Timeline.Merge([Imagined.Stream(random, "a").Vouch().Stretches, Imagined.Stream(random, "b").Vouch().Stretches]), TenSeconds);
        var (cut, whole) = (random.Next(1, Horizon - 1), Of(0, Horizon));
        var (first, second) = (Of(0, cut), Of(cut, Horizon));
        Assert.Equal(whole.SittingSeconds ?? 0, (first.SittingSeconds ?? 0) + (second.SittingSeconds ?? 0), 1e-9);
        Assert.Equal(whole.UprightSeconds ?? 0, (first.UprightSeconds ?? 0) + (second.UprightSeconds ?? 0), 1e-9);
        Assert.Equal(whole.Rises ?? 0, (first.Rises ?? 0) + (second.Rises ?? 0));
        var unknown = SecondsOfHoles(timeline);
        Assert.Equal(Horizon, (whole.SittingSeconds ?? 0) + (whole.UprightSeconds ?? 0) + unknown, 1e-9);

        DayFigures Of(int from, int to) => SittingDay.Of("w", Between(from, to), timeline, 0.5).Figures;

        static double SecondsOfHoles(CleanTimeline timeline) => Timeline.Fill(timeline.Stretches, new(At(0), At(Horizon)))
            .Where(stretch => stretch.Posture == Posture.Unknown).Sum(stretch => (stretch.To - stretch.From).TotalSeconds);
    });

    [Fact]
    public void Local_days_add_up_to_the_period_in_any_zone_at_any_time_of_the_year() => For_any(200, random =>
    {
        var ids = DateTimeZoneProviders.Tzdb.Ids;
        var zone = DateTimeZoneProviders.Tzdb[ids[random.Next(ids.Count)]];
        var first = new LocalDate(2000, 1, 1).PlusDays(random.Next(27 * 365));
        var (now, end) = (Slice.Day(first, zone).Parts[0].Start, Slice.Day(first.PlusDays(9), zone).Parts[0].End);
        var stretches = new List<Stretch>();
        while (now < end)
        {
            var to = now + Duration.FromMilliseconds(random.Next(1, 40_000_000));
            stretches.Add(new(now, Instant.Min(end, to), (Posture)random.Next(5), "d"));
            now = to;
        }
        var timeline = CleanTimeline.From(Timeline.Merge([[.. stretches]]), TenSeconds);
        var days = Enumerable.Range(0, 10).Select(i => SittingDay.Of("w", Slice.Day(first.PlusDays(i), zone), timeline, 0.5)).ToArray();
        Assert.Equal((end - Slice.Day(first, zone).Parts[0].Start).TotalSeconds, days.Sum(day => day.Figures.DaySeconds));
        foreach (var posture in (Posture[])[Posture.Sitting, Posture.Upright])
            Assert.Equal(timeline.Stretches.Where(stretch => stretch.Posture == posture).Sum(stretch => (stretch.To - stretch.From).TotalSeconds),
                days.Sum(day => (posture == Posture.Sitting ? day.Figures.SittingSeconds : day.Figures.UprightSeconds) ?? 0), 1e-3);
        Assert.All(days, day => Assert.True(day.Figures.KnownSeconds <= day.Figures.DaySeconds));
    });

    [Fact]
    public void A_window_with_the_reach_of_cleaning_around_it_gives_the_same_day_as_the_whole() => For_any(200, random =>
    {
        var whole = Timeline.Merge([Imagined.Stream(random, "a").Vouch().Stretches, Imagined.Stream(random, "b").Vouch().Stretches]);
        var from = random.Next(Horizon - 1);
        var slice = Between(from, random.Next(from + 1, Horizon));
        var reach = CleanTimeline.Reach(TenSeconds);
        var window = Timeline.Clip(whole, slice.Parts[0].Start - reach, slice.Parts[0].End + reach);
        var (expected, actual) = (Day(slice, whole), Day(slice, window));
        Assert.Equal(expected.Figures, actual.Figures);
        Assert.Equal(expected.Bouts, actual.Bouts);
    });

    [Fact]
    public void A_cleaned_timeline_holds_until_the_reach_before_what_came_late_and_is_continued_from_there() => For_any(1000, random =>
    {
        Imagined[] devices = [Imagined.Stream(random, "a"), Imagined.Stream(random, "b")];
        var (some, heard) = (random.Next(1, 60), random.Next(Horizon));
        Imagined[] sooner = [.. devices.Select(device => device with
        {
            Records = [.. device.Records.Where(record => record.At <= At(heard) && random.Next(some) != 0)],
            Heartbeats = [.. device.Heartbeats.Where(beat => beat.At <= At(heard) && random.Next(some) != 0)],
        })];
        var (before, after) = (Merged(sooner), Merged(devices));
        var touched = FirstDifference(before, after) - Duration.FromSeconds(random.Next(3));
        var reach = CleanTimeline.Reach(TenSeconds);
        var (at, span) = (touched - reach, new NodaTime.Interval(At(random.Next(100)), At(Horizon)));
        var stored = CleanTimeline.From(before, TenSeconds).Around(span);
        var tail = CleanTimeline.From(Timeline.Clip(after, at - reach, null), TenSeconds);
        Assert.Equal(CleanTimeline.From(after, TenSeconds).Around(span).Stretches, at > span.Start ? stored.ContinuedBy(tail, at).Around(span).Stretches : CleanTimeline.From(after, TenSeconds).Around(span).Stretches);

        static Stretch[] Merged(Imagined[] devices) => Timeline.Merge([.. devices.Select(device => device.Vouch().Stretches)]);

        Instant FirstDifference(Stretch[] a, Stretch[] b)
        {
            var i = a.Zip(b).TakeWhile(pair => pair.First == pair.Second).Count();
            if (i == a.Length || i == b.Length)
                return i < a.Length ? a[i].From : i < b.Length ? b[i].From : At(random.Next(Horizon));
            return (a[i] with { To = b[i].To }) == b[i] ? Instant.Min(a[i].To, b[i].To) : Instant.Min(a[i].From, b[i].From);
        }
    });

    /// <summary>What came of all that a device sent: a few things are missing, or many.</summary>
    static Imagined WithLosses(Imagined device, Random random)
    {
        var (records, heartbeats) = (random.Next(2, 12), random.Next(2, 12));
        return device with { Records = [.. device.Records.Where(_ => random.Next(records) != 0)], Heartbeats = [.. device.Heartbeats.Where(_ => random.Next(heartbeats) != 0)] };
    }

    static int ClassAt(Stretch[] timeline, int second) =>
        timeline.Where(stretch => stretch.From <= At(second) && stretch.To > At(second)).Select(stretch => SecondBySecond.Class(stretch.Posture)).SingleOrDefault();

    /// <summary>Tries many; a failure names the seed to try again with.</summary>
    static void For_any(int times, Action<Random> holds) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(times),
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => holds(new Random(seed))));
}
