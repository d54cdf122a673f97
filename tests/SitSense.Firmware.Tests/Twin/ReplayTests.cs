using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using SitSense.Testing;
using SitSense.Twin.Commands;
using SitSense.Twin.Recordings;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>The command that the detectors are scored with.</summary>
public sealed class ReplayTests : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_seat_recording_yields_its_changes_from_the_first_sample_on()
    {
        var lines = Replay(Seat(start: 100, (60, false), (60, true), (60, false)), "seat");

        Assert.Equal(["upright", "sitting", "upright"], lines.Select(line => (string)line["posture"]!));
        Assert.Equal(100, (double)lines[0]["t"]!);
        Assert.InRange((double)lines[1]["t"]!, 159, 162);
        Assert.InRange((double)lines[2]["t"]!, 219, 222);
        Assert.All(lines, line => Assert.True((double)line["decided"]! >= (double)line["t"]!));
    }

    [Fact]
    public void A_change_shortly_before_the_end_is_still_decided()
    {
        var lines = Replay(Seat(0, (60, false), (5, true)), "seat");

        Assert.Equal(["upright", "sitting"], lines.Select(line => (string)line["posture"]!));
    }

    [Fact]
    public void A_gap_is_time_without_samples_and_resets_nothing()
    {
        var file = folder.File("gap.csv", Text(0, (60, false), (60, true)) + "3600,2000,2000,2000,2000,2000,2000,2000,2000,1\n3600.5,2000,2000,2000,2000,2000,2000,2000,2000,1\n");

        Assert.Equal(["upright", "sitting"], Replay(file, "seat").Select(line => (string)line["posture"]!));
    }

    [Fact]
    public void The_same_recording_gives_the_same_lines_again()
    {
        var file = Path.Combine(Needs.Recordings("hapt"), "hapt_u01_e01.csv.gz");

        Assert.Equal(Output(file, "belt", "--transitions"), Output(file, "belt", "--transitions"));
    }

    [Theory]
    [InlineData("hapt", "hapt_u03_e05.csv.gz", "belt")]
    [InlineData("motionsense", "ms_s01_A.csv.gz", "thigh")]
    public void Recordings_of_both_sets_play_to_their_end(string set, string name, string sensor)
    {
        var lines = Replay(Path.Combine(Needs.Recordings(set), name), sensor);

        Assert.NotEmpty(lines);
        Assert.Equal(0, (double)lines[0]["t"]!);
        Assert.Equal(lines.Select(line => (double)line["decided"]!).Order(), lines.Select(line => (double)line["decided"]!));
    }

    [Theory]
    [InlineData("--sensor", "foot")]
    [InlineData("--sensor", "thigh", "--loud", "yes")]
    [InlineData]
    public void Wrong_use_is_told(params string[] options)
    {
        string[] words = [folder.File("a.csv", "t_s,p0\n0,1\n"), .. options];

        Assert.Throws<WrongUse>(() => ReplayCommand.Run(new CommandLine(words, "transitions"), TextWriter.Null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_recording_of_another_sensor_is_refused_by_its_missing_column()
    {
        var e = Assert.Throws<RecordingException>(() => Replay(Seat(0, (5, false)), "belt"));

        Assert.Contains("ax_g", e.Message);
    }

    string Seat(double start, params (int Seconds, bool Sat)[] spans) => folder.File("seat.csv", Text(start, spans));

    /// <summary>Eight pads at 2 Hz with noise; a sitter is never still.</summary>
    static string Text(double start, params (int Seconds, bool Sat)[] spans)
    {
        var text = new StringBuilder("t_s,p00,p01,p02,p03,p04,p05,p06,p07,occupied\n");
        var chance = new Random(1);
        var t = start;
        foreach (var (seconds, sat) in spans)
            for (var i = 0; i < seconds * 2; i++, t += 0.5)
            {
                text.Append(CultureInfo.InvariantCulture, $"{t:0.0}");
                for (var pad = 0; pad < 8; pad++)
                    text.Append(CultureInfo.InvariantCulture, $",{(sat ? 1500 + chance.Next(120) : 60 + chance.Next(12))}");
                text.Append(sat ? ",1\n" : ",0\n");
            }
        return text.ToString();
    }

    static List<JsonObject> Replay(string file, string sensor) =>
        Output(file, sensor).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (JsonObject)JsonNode.Parse(line)!).ToList();

    static string Output(string file, string sensor, params string[] more)
    {
        var output = new StringWriter { NewLine = "\n" };
        string[] words = [file, "--sensor", sensor, .. more];
        Assert.Equal(0, ReplayCommand.Run(new CommandLine(words, "transitions"), output, TestContext.Current.CancellationToken));
        return output.ToString();
    }
}
