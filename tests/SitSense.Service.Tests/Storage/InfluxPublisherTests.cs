using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using SitSense.Service.Options;
using SitSense.Service.Storage;
using SitSense.Service.Storage.Influx;
using SitSense.Service.Tests.Running;
using SitSense.Sitting;
using SitSense.Testing;
using static SitSense.Service.Tests.Storage.TempStore;

namespace SitSense.Service.Tests.Storage;

/// <summary>Against a real InfluxDB.</summary>
public sealed class InfluxPublisherTests : IAsyncLifetime
{
    readonly TempStore _temp = new();
    readonly ConcurrentQueue<string> _log = [];
    readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    InfluxServer _influx = null!;
    InfluxPublisher? _publisher;

    public async ValueTask InitializeAsync() => _influx = await InfluxServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_publisher is not null)
            await _publisher.StopAsync(default);
        if (_influx is not null)
            await _influx.DisposeAsync();
        await _temp.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Every_kind_of_point_arrives_as_the_contract_says()
    {
        await _temp.Store.AssignAsync(new Assignment("desk-1", "anna", null, null), default);
        await _temp.StoreAsync(Change("desk-1", 3, 17, 0, Posture.Sitting), Change("desk-1", 3, 18, 0, Posture.Upright), Reminder("desk-1", 3, 19, 5, "due"), Beat("desk-1", 3, 19, 60, Posture.Upright),
            Measured("desk-1", 60, ("riseSeconds", 1.9), ("riseSecondsError", 0.3), ("rises", 12)));
        await _temp.Store.SaveDaysAsync([Day("anna", known: 100, bouts: [Bout(0, 90)])], [], default);
        Start();
        await UntilAsync("SELECT * FROM sitting_day", rows => rows.Count == 1);

        var changes = await _influx.QueryAsync("SELECT * FROM posture");
        Assert.Equal([(0L, "sitting", 1, 17), (1L, "upright", 0, 18)],
            changes.Select(r => (r["time"].GetInt64() - Morning.ToUnixTimeMilliseconds(), r["posture"].GetString(), r["sitting"].GetInt32(), r["seq"].GetInt32())));
        Assert.All(changes, r => Assert.Equal(("desk-1", "anna", 3, 1), (r["device"].GetString(), r["wearer"].GetString(), r["boot"].GetInt32(), r["valid"].GetInt32())));
        Assert.Equal(("due", 1_800_000, "anna"), Assert.Single(await _influx.QueryAsync("SELECT * FROM reminder")) is var reminder
            ? (reminder["kind"].GetString(), reminder["sittingMs"].GetInt32(), reminder["wearer"].GetString()) : default);
        var bout = Assert.Single(await _influx.QueryAsync("SELECT * FROM sitting_bout"));
        Assert.Equal((90.0, 0, 1, "desk-1", "anna"), (bout["seconds"].GetDouble(), bout["cut"].GetInt32(), bout["valid"].GetInt32(), bout["device"].GetString(), bout["wearer"].GetString()));
        var day = Assert.Single(await _influx.QueryAsync("SELECT * FROM sitting_day"));
        Assert.Equal((Instant.FromUtc(2026, 11, 19, 23, 0).ToUnixTimeMilliseconds(), "day", 100.0, 1, 1), (day["time"].GetInt64(), day["slice"].GetString(), day["knownSeconds"].GetDouble(), day["complete"].GetInt32(), day["valid"].GetInt32()));
        Assert.False(day.ContainsKey("alpha"));
        var health = Assert.Single(await _influx.QueryAsync("SELECT * FROM device"));
        Assert.Equal((0.8, -60, 100_000, 0), (health["battery"].GetDouble(), health["rssi"].GetInt32(), health["heap"].GetInt32(), health["journal"].GetInt32()));
        var measures = Assert.Single(await _influx.QueryAsync("SELECT * FROM measures"));
        Assert.Equal((1.9, 0.3, 12.0, 3, 1, "desk-1", "anna"), (measures["riseSeconds"].GetDouble(), measures["riseSecondsError"].GetDouble(), measures["rises"].GetDouble(),
            measures["boot"].GetInt32(), measures["valid"].GetInt32(), measures["device"].GetString(), measures["wearer"].GetString()));
        var types = (await _influx.QueryAsync("SHOW FIELD KEYS")).Select(r => (r["fieldKey"].GetString(), r["fieldType"].GetString())).Distinct().ToList();
        Assert.Contains(("bouts", "float"), types);
        Assert.Contains(("sitting", "integer"), types);
        Assert.All(_influx.Proxy.Writes, write => Assert.Equal(("sitsense", "-", "ms", true, null), (write.Bucket, write.Org, write.Precision, write.Gzip, write.Token)));
    }

    [Fact]
    public async Task A_server_that_was_away_or_configured_later_gets_everything()
    {
        await _influx.LeaveAsync();
        for (var batch = 0; batch < 12; batch++)
            await _temp.StoreAsync([.. Enumerable.Range(batch * 1000, 1000).Select(n => Change("desk-1", 1, n, n * 60, n % 2 == 0 ? Posture.Sitting : Posture.Upright))]);
        Start();
        await TestWorker.UntilAsync(() => _log.Any(line => line.Contains("cannot be reached")), "it says that the server is away");
        await _influx.ReturnAsync();
        await UntilAsync("SELECT count(seq) FROM posture", rows => rows.Count == 1 && rows[0]["count"].GetInt32() == 12_000);
        Assert.Single(_log);
        Assert.Equal([5_000, 5_000, 2_000], _influx.Proxy.Writes.Select(write => write.Lines.Length));
    }

    [Fact]
    public async Task One_line_that_the_server_never_takes_does_not_hold_the_others_up()
    {
        _influx.Proxy.Answer = write => write.Lines.Any(line => line.Contains("seq=333i")) ? (400, """{"code":"invalid","message":"unable to parse 'x': bad"}""") : null;
        await _temp.StoreAsync([.. Enumerable.Range(0, 500).Select(n => Change("desk-1", 1, n, n * 60, Posture.Sitting))]);
        Start();
        await UntilAsync("SELECT count(seq) FROM posture", rows => rows.Count == 1 && rows[0]["count"].GetInt32() == 499);
        await UntilAsync("SELECT * FROM posture WHERE seq = 333", rows => rows.Count == 0);
        await _temp.StoreAsync(Change("desk-1", 1, 1000, 1000 * 60, Posture.Upright));
        await UntilAsync("SELECT * FROM posture WHERE seq = 1000", rows => rows.Count == 1);
        Assert.Contains("seq=333i", Assert.Single(_log));
    }

    [Theory]
    [InlineData(401, "Influx:Token")]
    [InlineData(404, "create it")]
    [InlineData(400, "does not understand")]
    [InlineData(503, "status 503")]
    public async Task What_a_person_can_mend_is_said_and_waited_for(int status, string advice)
    {
        var refuse = true;
        _influx.Proxy.Answer = _ => refuse ? (status, """{"message":"no"}""") : null;
        await _temp.StoreAsync(Change("desk-1", 1, 1, 0, Posture.Sitting), Change("desk-1", 1, 2, 60, Posture.Upright));
        Start();
        await TestWorker.UntilAsync(() => _influx.Proxy.Writes.Count >= 2, "it tries again");
        refuse = false;
        await UntilAsync("SELECT * FROM posture", rows => rows.Count == 2);
        Assert.Contains(advice, Assert.Single(_log));
    }

    [Fact]
    public async Task A_bucket_that_is_made_later_gets_everything()
    {
        await _temp.StoreAsync(Change("desk-1", 1, 1, 0, Posture.Sitting));
        Start("later");
        await TestWorker.UntilAsync(() => _log.Any(line => line.Contains("no bucket 'later'")), "it says that there is no bucket");
        await _influx.CreateBucketAsync("later");
        await UntilAsync("SELECT * FROM posture", rows => rows.Count == 1, "later");
    }

    [Fact]
    public async Task What_a_correction_or_reassignment_took_away_is_no_longer_valid()
    {
        await _temp.StoreAsync(Change("desk-1", 1, 1, 0, Posture.Sitting), Change("desk-1", 1, 3, 50, Posture.Sitting), Change("desk-1", 1, 4, 900, Posture.Upright));
        await _temp.Store.SaveDaysAsync([Day("desk-1", known: 900, bouts: [Bout(0, 40), Bout(50, 900)])], [], default);
        Start();
        await UntilAsync("SELECT * FROM sitting_day", rows => rows.Count == 1);

        await _temp.StoreAsync(Change("desk-1", 1, 2, 100, Posture.Upright));
        await _temp.Store.SaveDaysAsync([Day("desk-1", known: 900, bouts: [Bout(0, 100), Bout(101, 900)])], [], default);
        await UntilAsync("SELECT * FROM sitting_bout WHERE valid = 0", rows => rows.Count == 1);
        Assert.Equal([(0L, 1), (50_000, 0), (100_000, 1), (100_001, 1), (900_000, 1)], await ValidAsync("posture", "desk-1"));
        Assert.Equal([(0L, 1), (50_000, 0), (101_000, 1)], await ValidAsync("sitting_bout", "desk-1"));
        Assert.Equal(0, Assert.Single(await _influx.QueryAsync("SELECT * FROM sitting_bout WHERE valid = 0"))["seconds"].GetDouble());

        await _temp.Store.AssignAsync(new Assignment("desk-1", "anna", null, null), default);
        await _temp.Store.SaveDaysAsync([Day("desk-1", known: 0, bouts: []), Day("anna", known: 900, bouts: [Bout(0, 100), Bout(101, 900)])], [], default);
        await UntilAsync("SELECT * FROM sitting_day WHERE wearer = 'anna'", rows => rows.Count == 1);
        Assert.Equal([(0L, 0), (50_000, 0), (100_000, 0), (100_001, 0), (900_000, 0)], await ValidAsync("posture", "desk-1"));
        Assert.Equal([(0L, 1), (100_000, 1), (100_001, 1), (900_000, 1)], await ValidAsync("posture", "anna"));
        Assert.Equal(0, Assert.Single(await _influx.QueryAsync("SELECT * FROM sitting_day WHERE wearer = 'desk-1'"))["valid"].GetInt32());
    }

    [Fact]
    public async Task Erasing_says_what_a_server_without_a_delete_keeps_and_removes_it_where_there_is_one()
    {
        await _temp.Store.AssignAsync(new Assignment("desk-1", "anna", null, null), default);
        await _temp.StoreAsync(Change("desk-1", 1, 1, 0, Posture.Sitting), Beat("desk-1", 1, 1, 60, Posture.Sitting), Change("desk-2", 1, 1, 0, Posture.Sitting));
        Start();
        await UntilAsync("SELECT * FROM device", rows => rows.Count == 1);
        var erased = await _temp.Store.EraseAsync("anna", default);
        Assert.Contains("DROP SERIES", await InfluxEraser.EraseAsync(Options(), erased!, default));
        _influx.Proxy.Deletes = true;
        Assert.Null(await InfluxEraser.EraseAsync(Options(), erased!, default));
        Assert.Empty(await _influx.QueryAsync("SELECT * FROM device"));
        Assert.Equal("desk-2", Assert.Single(await _influx.QueryAsync("SELECT * FROM posture"))["device"].GetString());
    }

    static Bout Bout(double from, double to) => new(Span(from, to).Start, Span(from, to).End, false, "desk-1");

    static StoredDay Day(string wearer, double known, IReadOnlyList<Bout> bouts) => new(new DayFigures
    {
        Wearer = wearer, Date = new LocalDate(2026, 11, 20), Zone = "Europe/Berlin", Slice = "day", DaySeconds = 86400, KnownSeconds = known,
        SittingSeconds = known > 0 ? known : null, Bouts = known > 0 ? bouts.Count : null, Complete = true,
    }, bouts, false);

    async Task<List<(long, int)>> ValidAsync(string measurement, string wearer) =>
        [.. (await _influx.QueryAsync($"SELECT * FROM {measurement} WHERE wearer = '{wearer}'")).Select(r => (r["time"].GetInt64() - Morning.ToUnixTimeMilliseconds(), r["valid"].GetInt32()))];

    InfluxOptions Options(string bucket = "sitsense") => new(new Uri(_influx.Url), null, null, bucket);

    void Start(string bucket = "sitsense")
    {
        var log = LoggerFactory.Create(builder => builder.AddProvider(new ListLogger(_log))).CreateLogger<InfluxPublisher>();
        _publisher = new InfluxPublisher(_temp.Store, Options(bucket), new InfluxMetrics(_services.GetRequiredService<IMeterFactory>()), TimeProvider.System, log);
        _publisher.StartAsync(default);
    }

    Task UntilAsync(string query, Func<IReadOnlyList<IReadOnlyDictionary<string, System.Text.Json.JsonElement>>, bool> isSo, string bucket = "sitsense") =>
        TestWorker.UntilAsync(async () => isSo(await _influx.QueryAsync(query, bucket)), $"'{query}' answers as it should");

    sealed class ListLogger(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<T>(T state) where T : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<T>(LogLevel logLevel, EventId eventId, T state, Exception? exception, Func<T, Exception?, string> formatter) => lines.Enqueue(formatter(state, exception));
        public void Dispose() { }
    }
}
