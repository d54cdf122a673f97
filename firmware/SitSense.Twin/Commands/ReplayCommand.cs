#nullable enable
using System;
using System.Globalization;
using System.IO;
using System.Threading;
using SitSense.Firmware.Posture;
using SitSense.Twin.Hardware;
using SitSense.Twin.Recordings;

namespace SitSense.Twin.Commands;

/// <summary>
/// <c>replay</c>: a recording through the virtual sensor's registers into the firmware, as fast as it goes, without a network, on a blank flash. Each change
/// of posture is a line of JSON. After its end the last sample holds as long as the 10 s rule may need to decide what the recording still showed.
/// </summary>
static class ReplayCommand
{
    /// <summary>How long the last sample holds after the end, in ms.</summary>
    public const int HoldMs = 15_000;

    /// <summary>By when the firmware must have asked its sensor, in virtual ms.</summary>
    const int StartMs = 60_000;

    static readonly TimeSpan NoLimit = TimeSpan.FromDays(365);

    public static int Run(CommandLine line, TextWriter output, CancellationToken cancel)
    {
        line.Only("sensor", "transitions");
        if (line.Arguments.Count != 1)
            throw new WrongUse("replay needs one recording: replay FILE --sensor thigh|belt|seat [--transitions]");
        var sensor = Sensors.Parse(line.Text("sensor") ?? throw new WrongUse("replay needs --sensor thigh|belt|seat"));
        var recording = Sensors.Read(line.Arguments[0], sensor);
        var folder = Directory.CreateTempSubdirectory("sitsense-replay-").FullName;
        try
        {
            Replay(recording, sensor, folder, line.Has("transitions"), output, cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    static void Replay(Recording recording, Sensor sensor, string folder, bool transitions, TextWriter output, CancellationToken cancel)
    {
        using var twin = new TwinDevice(new TwinOptions
        {
            Sensor = sensor,
            FlashFolder = folder,
            Speed = 0,
            NeverPassesRealNow = false,
            StartUtc = DateTime.UnixEpoch,
            Recording = recording,
            Pads = sensor == Sensor.Seat ? recording.Columns : 1,
        });
        var playback = twin.Playback!;
        twin.PostureChanged += (posture, since, decided) =>
        {
            if (playback.StartedAt is not null && Time(since) <= recording.End)
                output.WriteLine($$"""{"t":{{Text(Time(since))}},"posture":"{{Sensors.Word(posture)}}","decided":{{Text(Time(decided))}}}""");
        };
        if (transitions)
            twin.TransitionSeen += (transition, ms) =>
                output.WriteLine($$"""{"t":{{Text(Time(ms))}},"transition":"{{(transition == Transition.Sit ? "sit" : "rise")}}"}""");
        twin.PowerOn();
        for (var step = TimeSpan.FromSeconds(1); playback.EndsAt is null && twin.Board.Clock.Now < StartMs;)
            twin.Run(step, NoLimit, cancel);
        var end = playback.EndsAt ?? throw new InvalidOperationException("The firmware did not ask its sensor within a minute.");
        twin.Run(TimeSpan.FromMilliseconds(Math.Max(0, end + HoldMs - twin.Board.Clock.Now)), NoLimit, cancel);
        twin.PowerOff();

        // The board's ms since power on, on the recording's clock; nothing is older than its first sample.
        double Time(long ms) => Math.Max(recording.Start, playback.TimeAt(ms));
    }

    static string Text(double seconds) => seconds.ToString("0.00#", CultureInfo.InvariantCulture);
}
