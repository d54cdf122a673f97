using SitSense.Firmware.Sensing;
using SitSense.Testing;
using SitSense.Twin;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>A twin at a real broker, and somebody who listens there.</summary>
sealed class Desk : IAsyncDisposable
{
    public static readonly DateTime Start = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);

    readonly TempFolder folder = new();

    Desk(Mosquitto broker, Func<TwinOptions, TwinOptions>? with)
    {
        Broker = broker;
        Listener = Listener.To(broker);
        var options = new TwinOptions
        {
            Device = "desk-1",
            FlashFolder = folder.Path,
            BrokerHost = "127.0.0.1",
            BrokerPort = broker.Port,
            Speed = 0,
            StartUtc = Start,
            NeverPassesRealNow = false,
            Zone = TimeZoneInfo.Utc,
        };
        Twin = new TwinDevice(with?.Invoke(options) ?? options);
    }

    public Mosquitto Broker { get; }

    public Listener Listener { get; }

    public TwinDevice Twin { get; }

    public string Flash => folder.Path;

    /// <summary>Its power is off; its broker lets anybody in, or as the configuration's lines say.</summary>
    public static async Task<Desk> StartAsync(Func<TwinOptions, TwinOptions>? with = null, params string[] configuration) =>
        new(await Mosquitto.StartAsync(configuration), with);

    public void PowerOn(Func<PostureSource> source) => Twin.PowerOn(source);

    public void Run(TimeSpan span) => Twin.Run(span);

    /// <summary>What came as changes of posture.</summary>
    public List<Change> Changes() => Listener.All("sitsense/desk-1/posture")
        .Select(json => new Change((long)json["boot"]!, (long)json["seq"]!, (string)json["posture"]!, ((DateTime?)json["at"])?.ToUniversalTime())).ToList();

    /// <summary>A member of each heartbeat that came.</summary>
    public List<string?> Beats(string member) => Listener.All("sitsense/desk-1/heartbeat").Select(json => json[member]?.ToString()).ToList();

    public async ValueTask DisposeAsync()
    {
        Twin.Dispose();
        Listener.Dispose();
        await Broker.DisposeAsync();
        folder.Dispose();
    }

    public sealed record Change(long Boot, long Seq, string Posture, DateTime? At);
}
