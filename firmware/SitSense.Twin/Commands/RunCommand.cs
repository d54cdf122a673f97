#nullable enable
using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using SitSense.Firmware.Posture;
using SitSense.Twin.Recordings;

namespace SitSense.Twin.Commands;

/// <summary>
/// <c>run</c>: one device, from an imagined body or a recording, on a flash that stays. A recording's first sample comes at <c>--start</c>, and by default so long
/// ago that its end, and what is decided and vouched for after it, lies before now.
/// </summary>
static class RunCommand
{
    /// <summary>How long the last sample of a recording holds, so that its last posture is decided and vouched for by a heartbeat, in ms.</summary>
    const int HoldMs = 20_000;

    /// <summary>While a recording is played: the shortest there is, so that little of its end is without a voucher.</summary>
    const int HeartbeatSeconds = 15;

    const int LookMs = 20;

    /// <summary>Virtual time that passes in a look while the broker's answers are awaited, in ms.</summary>
    const int PatienceMs = 100;

    const int DefaultPort = 1883;
    const int HighestPort = 65_535;

    public static async Task<int> RunAsync(CommandLine line, TextWriter log, CancellationToken cancel)
    {
        line.Only("broker", "user", "password", "device", "sensor", "speed", "start", "flash", "replay", "seed", "setup");
        if (line.Arguments.Count > 0)
            throw new WrongUse($"run takes no argument '{line.Arguments[0]}'");
        if (line.Has("setup") && (line.Has("broker") || line.Has("user") || line.Has("password") || line.Has("replay")))
            throw new WrongUse("--setup goes without --broker, --user, --password and --replay: the page says them");
        var options = Read(line);
        using var twin = new TwinDevice(options);
        twin.PostureChanged += (posture, since, _) =>
            log.WriteLine($"{twin.Board.Clock.UtcNow:yyyy-MM-ddTHH:mm:ssZ} {options.Device} {Sensors.Word(posture)} for {(twin.Board.Uptime - since) / 1000.0:0} s");
        twin.Board.Network.AccessPoint.PageOpened += page => log.WriteLine($"{options.Device}: set it up at {page}");
        twin.Board.Crashed += e => log.WriteLine($"{options.Device}: a firmware thread ended: {e.GetType().Name}: {e.Message}");
        if (twin.Playback is { } playback)
            await PlayAsync(twin, playback, options.StartUtc!.Value, cancel).ConfigureAwait(false);
        else
            await twin.LiveAsync(cancel).ConfigureAwait(false);
        return 0;
    }

    static async Task PlayAsync(TwinDevice twin, Playback playback, DateTime start, CancellationToken cancel)
    {
        playback.Started += () =>
        {
            twin.Board.Clock.SetUtc(start);
            twin.Board.Clock.Horizon = playback.EndsAt!.Value + HoldMs;
        };
        twin.PowerOn();
        twin.Board.RunFreely();
        try
        {
            while (playback.EndsAt is not { } end || twin.Board.Clock.Now < end + HoldMs || twin.Pending > 0)
            {
                // What is still on its way when all is told may need time to pass: a broker that is away is tried again later.
                if (twin.Board.Clock.Now >= twin.Board.Clock.Horizon)
                    twin.Board.Clock.Horizon += PatienceMs;
                await Task.Delay(LookMs, cancel).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // what was not acknowledged stays in the journal
        }
        twin.PowerOff();
    }

    static TwinOptions Read(CommandLine line)
    {
        var sensor = Sensors.Parse(line.Text("sensor") ?? "thigh");
        var device = line.Text("device") ?? "twin-" + sensor.ToString().ToLowerInvariant();
        if (!SitSense.Firmware.Settings.Place.IsId(device))
            throw new WrongUse($"--device is '{device}', which is not 1 to 32 of a-z, 0-9 and -");
        var recording = line.Text("replay") is { } file ? Sensors.Read(file, sensor) : null;
        var speed = line.Number("speed", 0, 1e6);
        var start = line.Time("start");
        if (start > DateTime.UtcNow)
            throw new WrongUse("--start lies ahead of now");
        var (host, port) = Broker(line.Text("broker") ?? line.Text("Mqtt:Server"));
        return new TwinOptions
        {
            Device = device,
            BySetup = line.Has("setup"),
            Sensor = sensor,
            FlashFolder = line.Text("flash") ?? Path.Combine("twin", device),
            BrokerHost = host,
            BrokerPort = port,
            User = line.Text("user") ?? line.Text("Mqtt:User"),
            Password = line.Text("password") ?? line.Text("Mqtt:Password"),
            Ca = line.Text("Mqtt:CaFile") is { Length: > 0 } ca ? File.Exists(ca) ? File.ReadAllText(ca) : throw new IOException($"Mqtt:CaFile: there is no file '{ca}'") : null,
            Root = line.Text("Mqtt:Root"),
            Speed = speed ?? (recording is null ? 1 : 0),
            StartUtc = start ?? (recording is null ? null : DateTime.UtcNow.AddSeconds(recording.Start - recording.End).AddMilliseconds(-HoldMs)),
            Seed = (int)(line.Number("seed", 0, int.MaxValue) ?? SeedOf(device)),
            Chance = System.Random.Shared.Next(),
            Pads = recording is not null && sensor == Sensor.Seat ? recording.Columns : RecordingReader.MostPads,
            HeartbeatSeconds = recording is null ? null : HeartbeatSeconds,
            Recording = recording,
        };
    }

    static (string Host, int Port) Broker(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return ("127.0.0.1", DefaultPort);
        var colon = text.LastIndexOf(':');
        if (colon < 0)
            return (text, DefaultPort);
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), out var port) && port is > 0 and <= HighestPort
            ? (text[..colon], port) : throw new WrongUse($"--broker is '{text}', which is not host:port");
    }

    /// <summary>Another device, another wearer: FNV-1a over the id.</summary>
    static int SeedOf(string device)
    {
        var hash = 2166136261;
        foreach (var c in device)
            hash = (hash ^ c) * 16777619;
        return (int)(hash & 0x7FFFFFFF);
    }
}
