using NodaTime;
using SitSense.Service.Broker;
using SitSense.Service.Options;
using SitSense.Service.Storage;
using SitSense.Twin;
using Body = SitSense.Twin.Bodies.Wearer;

namespace SitSense.Service.Commands.Demo;

/// <summary>
/// Lives the imagined wearers' lives. Their past enters the firmware at the input of the reminder, weeks in seconds, and from there goes
/// the real way over journal and MQTT; their last hour and their present enter at the sensors' registers.
/// </summary>
sealed class DemoTwins(SitSenseOptions options, IStore store, IServiceProvider services, TimeProvider clock, ILogger<DemoTwins> log) : BackgroundService
{
    /// <summary>How much of the past goes through the sensors already: long enough that a clip-on saw its wearer walk, and knows them.</summary>
    static readonly Duration Sensed = Duration.FromMinutes(90);

    protected override Task ExecuteAsync(CancellationToken stop) => Task.WhenAll(DemoWearer.All.Select(one => Task.Run(() => LiveAsync(one, stop), stop)));

    async Task LiveAsync(DemoWearer one, CancellationToken stop)
    {
        try
        {
            using var twin = new TwinDevice(Twin(one));
            var from = await ReachedAsync(one, stop);
            log.LogInformation("{Device}: living through what {Wearer} did since {From}.", one.Device, one.Wearer, from);
            var sensed = Instant.Max(from, Instant.FromDateTimeOffset(clock.GetUtcNow()) - Sensed);
            await twin.LiveThroughAsync(from.ToDateTimeUtc(), sensed.ToDateTimeUtc(), stop);
            log.LogInformation("{Device}: {Wearer} is live now.", one.Device, one.Wearer);
            await twin.LiveAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What the twin had not delivered is in its journal, and comes at the next start.
        }
        catch (IOException problem)
        {
            log.LogError("{Device} cannot run: {Problem}", one.Device, problem.Message);
        }
    }

    TwinOptions Twin(DemoWearer one)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(one.Zone);
        var embedded = services.GetService<EmbeddedBroker>();
        return new TwinOptions
        {
            Device = one.Device,
            Sensor = one.Sensor,
            Seed = one.Seed,
            Chance = Random.Shared.Next(),
            Zone = zone,
            Wearer = new Body(one.Seed, zone, restsAtWeekends: false),    // whenever somebody looks, somebody sits
            Speed = 0,      // as fast as it can up to now, and from then on a second a second
            FlashFolder = Path.Combine(options.Store.Folder, "twins", one.Device),
            BrokerHost = embedded is null ? options.Mqtt.Server!.Value.Host : options.Broker.Address.ToString(),
            BrokerPort = embedded?.Port ?? options.Mqtt.Server!.Value.Port,
            Root = options.Mqtt.Root,
        };
    }

    /// <summary>Where an earlier demo stopped: the newest change of the device. Overlapping it changes nothing.</summary>
    async Task<Instant> ReachedAsync(DemoWearer one, CancellationToken cancel)
    {
        var known = (await store.DevicesAsync(cancel)).FirstOrDefault(device => device.Device == one.Device);
        return known?.Since ?? one.FortnightBefore(Instant.FromDateTimeOffset(clock.GetUtcNow()));
    }
}
