using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using SitSense.Service.Days;
using SitSense.Service.Options;
using SitSense.Service.Storage;

namespace SitSense.Service.Broker;

/// <summary>
/// Keeps <c>utcOffsetMinutes</c> right in the devices' retained settings, through daylight saving and new owners. What is published is
/// always all that was wanted before, and the offset.
/// </summary>
sealed class DeviceSettings(SitSenseOptions options, IStore store, DayBook book, IServiceProvider services, Readiness readiness, TimeProvider clock, ILogger<DeviceSettings> log)
    : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Retained settings come right after subscribing. So long after it, what has not come is not there.</summary>
    static readonly Duration Settled = Duration.FromSeconds(10);

    readonly string prefix = options.Mqtt.Root + "/";
    readonly ConcurrentDictionary<string, Wanted> devices = new(StringComparer.Ordinal);
    readonly OncePerMinute problems = new(clock);
    Instant readySince = Instant.MaxValue;

    /// <summary>Notes a message that is retained now; one that is no device's settings is passed over.</summary>
    public void Hear(string topic, ReadOnlySequence<byte> payload)
    {
        const string suffix = "/settings";
        if (topic.StartsWith(prefix, StringComparison.Ordinal) && topic.EndsWith(suffix, StringComparison.Ordinal)
            && topic.Length > prefix.Length + suffix.Length && topic[prefix.Length..^suffix.Length] is var device && !device.Contains('/'))
            devices.AddOrUpdate(device, _ => new Wanted(null, null).Heard(payload), (_, wanted) => wanted.Heard(payload));
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Pause, clock, stop);
            var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
            readySince = readiness.Broker is null ? Instant.Min(readySince, now) : Instant.MaxValue;
            if (readySince == Instant.MaxValue || now - readySince < Settled)
                continue;
            try
            {
                await PublishAsync(now, stop);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                if (problems.Now(out _))
                    log.LogWarning("The devices' UTC offsets cannot be kept right: {Problem}", problem.Message);
            }
        }
    }

    async Task PublishAsync(Instant now, CancellationToken stop)
    {
        var wearing = new Wearing(await store.AssignmentsAsync(stop));
        var wearers = (await store.WearersAsync(stop)).ToDictionary(wearer => wearer.Settings.Wearer, wearer => wearer.Settings);
        foreach (var device in await store.DevicesAsync(stop))
        {
            if (device.Status is null)
                continue;       // it was never at the broker: imported
            var zone = wearers.TryGetValue(wearing.WearerOf(device.Device, now), out var wearer) ? book.ZonesOf(wearer).At(now) : options.Wearer.Zone;
            var wanted = devices.GetOrAdd(device.Device, new Wanted(new JsonObject(), null));
            if (wanted.With(zone.GetUtcOffset(now).Seconds / 60) is not { } text)
                continue;
            devices[device.Device] = wanted with { Sent = text };
            await services.GetRequiredService<IBroker>().PublishRetainedAsync($"{prefix}{device.Device}/settings", Encoding.UTF8.GetBytes(text), stop);
            log.LogInformation("Told {Device} its UTC offset: {Settings}", device.Device, text);
        }
    }

    /// <summary>What others want of a device.</summary>
    /// <param name="ByOthers">The newest settings that were not this worker's own; null = no JSON object, so better left alone.</param>
    /// <param name="Last">What was heard last, own or not.</param>
    sealed record Wanted(JsonObject? ByOthers, string? Last)
    {
        const string Offset = "utcOffsetMinutes";

        /// <summary>What this worker published last.</summary>
        public string? Sent { get; init; }

        public Wanted Heard(ReadOnlySequence<byte> payload)
        {
            var text = Encoding.UTF8.GetString(payload);
            return text == Sent ? this with { Last = text } : this with { ByOthers = Parse(text), Last = text };
        }

        /// <summary>The settings with the offset; null when the device has been told exactly that, or is better left alone.</summary>
        public string? With(int minutes)
        {
            if (ByOthers is null)
                return null;
            var full = (JsonObject)ByOthers.DeepClone();
            full[Offset] = minutes;
            return Last is not null && Parse(Last) is { } last && JsonNode.DeepEquals(last, full) ? null : full.ToJsonString();
        }

        static JsonObject? Parse(string text)
        {
            try
            {
                return text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}
