using InfluxDB.Client;
using InfluxDB.Client.Core.Exceptions;
using InfluxDB.Client.Writes;
using NodaTime;
using SitSense.Service.Options;
using SitSense.Service.Storage.Outbox;

namespace SitSense.Service.Storage.Influx;

/// <summary>
/// Passes everything on to InfluxDB, in order, and remembers in the store how far it got. Whatever happens it tries again until it is there;
/// sending a point twice changes nothing. Only a point that InfluxDB will never take is left out, logged and counted.
/// </summary>
sealed class InfluxPublisher(IOutbox outbox, InfluxOptions options, InfluxMetrics metrics, TimeProvider clock, ILogger<InfluxPublisher> log) : BackgroundService
{
    /// <summary>InfluxData's recommended batch size, in lines.</summary>
    const int BatchSize = 5_000;

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>The longest that a server may ask to be left alone.</summary>
    static readonly TimeSpan LongestObeyed = TimeSpan.FromMinutes(10);

    /// <summary>How long today's growth by heartbeats waits for company; with the time to compute and send it that stays under 5 min.</summary>
    static readonly Duration Gathering = Duration.FromMinutes(4);

    readonly OncePerMinute _problems = new(clock), _refusals = new(clock);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        if (options.Url is null)
            return;
        await Task.Yield();
        using var client = InfluxClient.Open(options);
        var target = $"{options.Url} {InfluxClient.Org(options)} {options.Bucket}";
        for (var pause = Pause; !stop.IsCancellationRequested;)
        {
            try
            {
                await outbox.ReleaseAsync(Instant.FromDateTimeOffset(clock.GetUtcNow()) - Gathering, stop);
                var entries = await outbox.AfterAsync(await outbox.PublishedAsync(target, stop), BatchSize, stop);
                if (entries.Count > 0)
                {
                    await SendAsync(client.GetWriteApiAsync(), InfluxPoints.Of(entries), stop);
                    await outbox.SavePublishedAsync(target, entries[^1].Revision, stop);
                }
                metrics.IsReachable = true;
                pause = Pause;
                if (entries.Count == BatchSize)
                    continue;
            }
            catch (Exception problem) when (!stop.IsCancellationRequested)
            {
                metrics.IsReachable = false;
                if (_problems.Now(out _))
                    log.LogWarning("{Problem}", InfluxProblem.Describe(problem, options));
                pause = InfluxProblem.Wish(problem) is { } wish ? Shorter(wish, LongestObeyed) : Shorter(pause * 2, LongestPause);
            }
            await Task.Delay(pause, clock, stop);
        }
    }

    /// <summary>Sends points; when InfluxDB refuses one for good, finds it by halving and goes on without it.</summary>
    async Task SendAsync(WriteApiAsync api, List<PointData> points, CancellationToken stop)
    {
        try
        {
            await api.WritePointsAsync(points, cancellationToken: stop);
            metrics.Count(points.Count);
        }
        catch (HttpException refusal) when (InfluxProblem.IsOfAPoint(refusal))
        {
            if (points.Count == 1)
            {
                Drop(points[0], refusal);
                return;
            }
            await SendAsync(api, points[..(points.Count / 2)], stop);
            await SendAsync(api, points[(points.Count / 2)..], stop);
        }
    }

    void Drop(PointData point, HttpException refusal)
    {
        metrics.CountRefused();
        if (_refusals.Now(out var since))
            log.LogError("InfluxDB at {Url} refuses {Count} points for good since the last line of this kind, the newest '{Line}': {Reason} The others go on; the store of record has them all.",
                options.Url, since, point.ToLineProtocol(), refusal.Message);
    }

    static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
