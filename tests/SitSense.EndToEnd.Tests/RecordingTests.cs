using System.Text.Json;
using SitSense.Testing;

namespace SitSense.EndToEnd.Tests;

/// <summary>Real people's movements, from the sensor's registers to a day's sedentary hours.</summary>
public sealed class RecordingTests
{
    static readonly DateTimeOffset Start = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_real_people_did_comes_out_as_the_sedentary_hours_that_their_labels_say()
    {
        var recordings = new[]
        {
            (Device: "belt-1", Sensor: "belt", File: Path.Combine(Needs.Recordings("hapt"), "hapt_u01_e01.csv.gz")),
            (Device: "belt-2", Sensor: "belt", File: Path.Combine(Needs.Recordings("hapt"), "hapt_u09_e17.csv.gz")),
            (Device: "thigh-1", Sensor: "thigh", File: Path.Combine(Needs.Recordings("motionsense"), "ms_s05_B.csv.gz")),
            (Device: "thigh-2", Sensor: "thigh", File: Path.Combine(Needs.Recordings("motionsense"), "ms_s11_B.csv.gz")),
        };
        using var folder = new TempFolder();
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var influx = await InfluxServer.StartAsync();
        await using var worker = await Worker.StartAsync(folder.Path, "run", $"--Mqtt:Server=127.0.0.1:{mosquitto.Port}", $"--Influx:Url={influx.Url}",
            "--Influx:Token=token", "--Influx:Org=org", "--Wearer:Zone=Europe/Berlin");

        foreach (var (device, sensor, file) in recordings)
        {
            await using var twin = Started.Twin(folder.Path, "run", "--broker", $"127.0.0.1:{mosquitto.Port}", "--device", device, "--sensor", sensor,
                "--replay", file, "--start", Start.ToString("yyyy-MM-ddTHH:mm:ssZ"), "--flash", Path.Combine(folder.Path, device));
            await twin.EndAsync();
        }

        foreach (var (device, _, file) in recordings)
        {
            var truth = LabelledRecording.Read(file);
            await worker.UntilAsync(async () => (await worker.DayAsync(device, "2026-11-02")).GetProperty("knownSeconds").GetDouble() > truth.Sat.Count * 0.9, $"{device} is known");
            var said = Said(await worker.GetAsync($"wearers/{device}/timeline?date=2026-11-02"));

            var right = truth.Sat.Count(second => said.TryGetValue(second.Key, out var sat) && sat == second.Value);
            Assert.True(right >= 0.9 * truth.Sat.Count, $"{device}: {right} of {truth.Sat.Count} labelled seconds are right");

            // The day's sum: what the labels say, and where they say nothing, what the device said.
            var expected = truth.Sat.Count(second => second.Value) + said.Count(second => second.Value && !truth.Sat.ContainsKey(second.Key));
            var day = await worker.DayAsync(device, "2026-11-02");
            var sitting = day.GetProperty("sittingSeconds").GetDouble();
            Assert.True(Math.Abs(sitting - expected) <= 0.1 * expected + 10, $"{device}: {sitting} s sitting, but {expected} s by the labels");
            await InfluxAgreesAsync(worker, influx, device, day);
        }
    }

    /// <summary>Whether each second, counted from the start, is sitting; unknown seconds are left out.</summary>
    static Dictionary<int, bool> Said(JsonElement timeline)
    {
        var said = new Dictionary<int, bool>();
        foreach (var stretch in timeline.EnumerateArray())
            if (stretch.GetProperty("posture").GetString() is "sitting" or "upright" or "object")
                for (var second = (int)Math.Ceiling((stretch.GetProperty("from").GetDateTimeOffset() - Start).TotalSeconds - 0.5);
                    Start.AddSeconds(second + 0.5) < stretch.GetProperty("to").GetDateTimeOffset(); second++)
                    said[second] = stretch.GetProperty("posture").GetString() == "sitting";
        return said;
    }

    static async Task InfluxAgreesAsync(Worker worker, InfluxServer influx, string device, JsonElement day)
    {
        var seconds = day.GetProperty("sittingSeconds").GetDouble();
        await worker.UntilAsync(async () =>
        {
            var rows = await influx.QueryAsync($"SELECT sittingSeconds FROM sitting_day WHERE wearer = '{device}' AND slice = 'day' AND valid = 1");
            return rows.Count == 1 && Math.Abs(rows[0]["sittingSeconds"].GetDouble() - seconds) < 0.001;
        }, $"InfluxDB has the {seconds} s of {device}");
        var changes = await influx.QueryAsync($"SELECT count(sitting) AS n FROM posture WHERE device = '{device}'");
        Assert.True(changes[0]["n"].GetInt64() > 2);
    }
}
