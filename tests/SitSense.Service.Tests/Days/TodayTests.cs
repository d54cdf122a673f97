using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using SitSense.Service.Days;
using SitSense.Service.Ingest;
using SitSense.Service.Options;
using SitSense.Service.Storage;
using SitSense.Service.Tests.Running;
using SitSense.Service.Tests.Storage;
using SitSense.Sitting;
using static SitSense.Service.Tests.Storage.TempStore;

namespace SitSense.Service.Tests.Days;

/// <summary>Bringing a day up to date costs what changed, and gives what working all of it out gives.</summary>
public class TodayTests
{
    const double Midnight = 16 * 3600;      // seconds after the morning of all stores

    static readonly string[] Devices = ["anna", "b", "c"];

    static readonly IReadOnlyDictionary<IsoDayOfWeek, (LocalTime, LocalTime)> Nights = Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)
        .ToDictionary(day => day, _ => (new LocalTime(23, 55), new LocalTime(0, 3)));

    static DayUpkeep Upkeep(IStore store, double minimum = 10) => new(store, SitSenseOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(
        [new("Wearer:Zone", "UTC"), new("Sitting:MinimumSeconds", $"{minimum}")]).Build()), new LiveFeed(), TimeProvider.System, NullLogger<DayUpkeep>.Instance);

    static List<string> Days(TempStore store) =>
    [
        .. store.Rows("SELECT wearer, slice, date, figures FROM day WHERE figures NOT LIKE '%\"knownSeconds\":0,%' ORDER BY 1, 2, 3"),
        .. store.Rows("SELECT wearer, start, stop, cut, device, date FROM bout ORDER BY 1, 2"),
    ];

    static List<string> Cleaned(TempStore store) => store.Rows("SELECT wearer, date, first, last, minimum, hex(runs) FROM cleaned");

    /// <summary>What devices might say in twenty minutes around midnight, in quick turns, and in the order in which it comes: some of it late, some never.</summary>
    static List<Message> Imagined(Random random)
    {
        var messages = new List<(double Comes, Message Message)>();
        foreach (var device in Devices)
        {
            var now = Midnight - 600 + random.Next(120);
            for (var (boot, seq) = (1L, 0L); now < Midnight + 600; seq++)
            {
                if (random.Next(25) == 0)
                    (boot, seq, now) = (boot + 1, 0, now + random.Next(-30, 90));
                now += random.Next(6) switch { 0 => random.Next(60, 200), 1 => 0, _ => random.Next(1, 25) };
                var posture = (Posture)random.Next(5);
                Comes(random.Next(6) == 0 ? Reminder(device, boot, seq, now, "due") : Change(device, boot, seq, now, posture));
                for (var beats = random.Next(4); beats > 0; beats--)
                    Comes(Beat(device, boot, seq, now += random.Next(1, 20), posture));
            }

            void Comes(Message message)
            {
                if (random.Next(12) != 0)
                    messages.Add((now + (random.Next(8) == 0 ? random.Next(300) : 0), message));
            }
        }
        return [.. messages.OrderBy(one => one.Comes).Select(one => one.Message)];
    }

    [Fact]
    public Task Each_step_gives_the_days_that_working_everything_out_gives() => Task.Run(() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(15),
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), async Task (seed) =>
        {
            var random = new Random(seed);
            await using var growing = new TempStore();
            await using var anew = new TempStore();
            WearerSettings anna = new("anna", null, random.Next(2) == 0 ? null : Nights, null);
            foreach (var store in (TempStore[])[growing, anew])
            {
                await store.Store.SaveWearerAsync(anna, default);
                await store.Store.AssignAsync(new("b", "anna", null, null), default);
            }
            foreach (var batch in Imagined(random).Chunk(1 + random.Next(3) * random.Next(10)))
            {
                Assignment? handed = random.Next(15) == 0 ? new("c", random.Next(2) == 0 ? "anna" : "ben", Span(Midnight + random.Next(-600, 600), 1e6).Start, null) : null;
                foreach (var store in (TempStore[])[growing, anew])
                {
                    await store.StoreAsync(batch);
                    if (handed is not null)
                        await store.Store.AssignAsync(handed, default);
                }
                await Upkeep(growing.Store).CatchUpAsync(default);
                foreach (var wearer in (string[])[.. Devices, "ben"])
                    await anew.Store.TouchAsync(wearer, null, default);
                await Upkeep(anew.Store).CatchUpAsync(default);
                Assert.Equal(Days(anew), Days(growing));
                Assert.Empty(Cleaned(growing).Except(Cleaned(anew)));
            }
        })));

    /// <summary>A day of a change a minute, worked out, and what is read of it when one more thing was said.</summary>
    static async Task<NodaTime.Interval> ReadForAsync(Func<TempStore, Task> said, double minimum = 10)
    {
        await using var store = new TempStore();
        await store.StoreAsync([.. Enumerable.Range(0, 600).Select(n => Change("d", 1, n, 60 * n, n % 2 == 0 ? Posture.Sitting : Posture.Upright))]);
        await Upkeep(store.Store).CatchUpAsync(default);
        await said(store);
        var watched = new GatedStore(store.Store);
        await Upkeep(watched, minimum).CatchUpAsync(default);
        return watched.Read;
    }

    static readonly Instant WholeDay = Instant.FromUtc(2026, 11, 19, 23, 59, 39);      // midnight, and how far cleaning looks

    [Fact]
    public async Task A_change_and_a_heartbeat_read_only_what_lies_around_them()
    {
        Assert.Equal(Span(599 * 60 - 42, 599 * 60).Start, (await ReadForAsync(store => store.StoreAsync(Change("d", 1, 600, 36_000, Posture.Sitting)))).Start);
        Assert.Equal(Span(599 * 60 - 42, 599 * 60).Start, (await ReadForAsync(store => store.StoreAsync(Beat("d", 1, 599, 36_000, Posture.Upright)))).Start);
    }

    [Fact]
    public async Task What_comes_out_of_turn_reads_from_its_boot_s_first_word_on() =>
        Assert.Equal(Span(-42, 0).Start, (await ReadForAsync(store => store.StoreAsync(Beat("d", 1, 3, 400, Posture.Upright)))).Start);

    [Fact]
    public async Task Whatever_else_may_have_changed_the_whole_day_is_read()
    {
        Assert.Equal(WholeDay, (await ReadForAsync(store => store.Store.TouchAsync("d", Span(30_000, 30_001), default))).Start);
        Assert.Equal(WholeDay, (await ReadForAsync(async store =>
        {
            await store.Store.AssignAsync(new("d", "anna", Span(30_000, 30_000).Start, null), default);
            await store.Store.AssignAsync(new("d", "d", Span(30_000, 30_000).Start, null), default);
        })).Start);
        Assert.Equal(WholeDay - Duration.FromSeconds(4), (await ReadForAsync(store => store.StoreAsync(Beat("d", 1, 599, 36_000, Posture.Upright)), minimum: 12)).Start);
        Assert.Equal(WholeDay - Duration.FromHours(1), (await ReadForAsync(store => store.Store.SaveWearerAsync(new("d", "Europe/Berlin", null, null), default))).Start);
    }
}
