using System.Diagnostics;
using System.Text.Json.Nodes;
using SitSense.Firmware.Tests.Update;
using SitSense.Testing;
using SitSense.Twin;
using SitSense.Twin.Bodies;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>The whole way of a program from afar: a device with its sensor, a broker, and somebody who offers a package.</summary>
public sealed class UpdateTests
{
    const string Own = "sitsense/desk-1/";

    [Fact]
    public async Task A_signed_program_takes_over_and_stays()
    {
        await using var desk = await StartAsync();
        await SendAsync(desk, 7, Package.Device);
        Assert.Contains(States(desk), state => (string?)state["state"] == "ready" && (string?)state["version"] == "9.9.9");
        desk.Run(TimeSpan.FromMinutes(5));
        desk.Twin.PowerOff();
        desk.Twin.PowerOn();
        desk.Run(TimeSpan.FromMinutes(2));

        Assert.Equal(["true:"], Answers(desk));
        Assert.Equal(["power-on", "update", "power-on"], desk.Beats("restart").Where(kind => kind is not null).Aggregate(new List<string?>(), Changed));
        Assert.Equal([null, "7"], desk.Beats("package").Aggregate(new List<string?>(), Changed));

        desk.Listener.Publish(Own + "command", """{"do":"revert"}""", retain: false);
        desk.Run(TimeSpan.FromMinutes(2));
        Assert.Null(desk.Beats("package")[^1]);
        Assert.False(File.Exists(Path.Combine(desk.Flash, "package0")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_program_that_crashes_or_hangs_is_rolled_back_and_told(bool crashes)
    {
        await using var desk = await StartAsync();
        await SendAsync(desk, 7, crashes ? Package.Crashing : Package.Hanging);
        desk.Run(TimeSpan.FromMinutes(50));

        Assert.Equal($"false:program 7 did not show itself healthy in 3 starts: {Release.Version} runs again", Assert.Single(Answers(desk)));
        await SendAsync(desk, 7, Package.Device);
        Assert.Contains("not newer", Answers(desk)[^1]);
    }

    [Fact]
    public async Task A_program_that_cannot_reach_the_broker_is_rolled_back_and_told_once_somebody_hears()
    {
        await using var desk = await StartAsync();
        await SendAsync(desk, 7, Package.Device);
        desk.Twin.Board.Network.Broker = false;
        desk.Run(TimeSpan.FromMinutes(50));
        desk.Twin.PowerOff();
        desk.Twin.PowerOn();
        desk.Run(TimeSpan.FromMinutes(5));
        desk.Twin.Board.Network.Broker = true;
        desk.Run(TimeSpan.FromMinutes(5));

        Assert.StartsWith("false:program 7", Answers(desk)[^1]);
        Assert.Null(desk.Beats("package")[^1]);
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(180, 62)]
    public async Task A_program_that_is_ready_cuts_no_sitting_in_two_but_waits_no_longer_than_an_hour(int sitsMinutes, int startsAfterMinutes)
    {
        await using var desk = await StartAsync();
        desk.Twin.PowerOff();
        desk.PowerOn(() => Script.Alternating(2, TimeSpan.FromMinutes(sitsMinutes)));
        desk.Run(TimeSpan.FromMinutes(2));
        await SendAsync(desk, 7, Package.Device);
        Assert.Equal("ready", (string?)States(desk)[^1]["state"]);
        desk.Run(TimeSpan.FromMinutes(startsAfterMinutes - 4));
        Assert.DoesNotContain("update", desk.Beats("restart"));
        desk.Run(TimeSpan.FromMinutes(6));
        Assert.Equal("update", desk.Beats("restart")[^1]);
    }

    [Fact]
    public async Task A_transfer_goes_on_after_the_connection_and_after_the_power_was_gone()
    {
        await using var desk = await StartAsync();
        // .NET passes over what follows an assembly.
        byte[] assembly = [.. Package.Device[4..], .. new byte[10_000]];
        byte[] program = [.. BitConverter.GetBytes(assembly.Length), .. assembly];
        var header = Signer.Header(7, program);
        Offer(desk, header);
        Answer(desk, header, program);
        desk.Twin.Board.Network.Broker = false;
        desk.Run(TimeSpan.FromMinutes(1));
        desk.Twin.Board.Network.Broker = true;
        desk.Run(TimeSpan.FromMinutes(2));
        Assert.Equal(4096, (int)States(desk)[^1]["offset"]!);
        Answer(desk, header, program);
        desk.Twin.PowerOff();
        desk.Twin.PowerOn();
        desk.Run(TimeSpan.FromMinutes(1));
        Offer(desk, header);
        Assert.Equal(8192, (int)States(desk)[^1]["offset"]!);
        await SendAsync(desk, 7, program, header);
        desk.Run(TimeSpan.FromMinutes(5));

        Assert.Equal("true:", Assert.Single(Answers(desk)));
    }

    [Fact]
    public async Task A_device_on_a_battery_takes_it_with_its_next_batch_and_keeps_it_when_a_batch_has_arrived()
    {
        await using var desk = await StartAsync(options => options with
        {
            OnBattery = true,
            Wearer = new Wearer(1, [new Spell(options.StartUtc!.Value, options.StartUtc.Value.AddHours(2), SitSense.Twin.Bodies.Activity.Stand, false, false)]),
        });
        desk.Run(TimeSpan.FromMinutes(5));
        Assert.False(desk.Twin.Board.Network.IsRadioOn);
        var header = Signer.Header(7, Package.Device);
        Publish(desk, Own + "update", header);
        for (var i = 0; States(desk).Count == 0; i++)
        {
            Assert.True(i < 15 * 60, "The device has no batch.");
            desk.Run(TimeSpan.FromSeconds(1));
        }
        await SendAsync(desk, 7, Package.Device, header);
        desk.Run(TimeSpan.FromMinutes(20));

        Assert.Equal("true:", Assert.Single(Answers(desk)));
        Assert.Equal("7", desk.Beats("package")[^1]);
        Assert.InRange(desk.Twin.Board.Network.RadioMs, 0, 3 * 60_000);
    }

    [Fact]
    public async Task What_is_forged_retained_or_without_a_key_is_refused_with_a_reason()
    {
        await using var desk = await StartAsync();
        using var other = new Signer();
        Offer(desk, other.Header(7, Package.Device));
        Offer(desk, [1, 2, 3]);
        desk.Listener.Publish(Own + "settings", $$"""{"updateKey":"{{other.Key}}"}""", retain: false);
        desk.Run(TimeSpan.FromSeconds(5));
        Offer(desk, other.Header(7, Package.Device));
        desk.Twin.PowerOff();
        desk.Listener.Publish(Own + "update", "retained", retain: true);
        desk.Twin.PowerOn();
        desk.Run(TimeSpan.FromMinutes(1));

        Assert.Collection(Answers(desk),
            answer => Assert.Contains("signature", answer),
            answer => Assert.Contains("no header", answer),
            answer => Assert.Contains("signature", answer),
            answer => Assert.Contains("retained", answer));
        Assert.Contains("updateKey: only in the file", (string?)desk.Listener.On(Own + "settings/reported").Select(json => json["error"]).Last(error => error is not null));
        Assert.DoesNotContain(desk.Listener.On(Own + "settings/reported"), json => json.ContainsKey("updateKey"));
        Assert.Empty(States(desk));
    }

    static Signer Signer => UpdateBench.Signer;

    static async Task<Desk> StartAsync(Func<TwinOptions, TwinOptions>? with = null)
    {
        var desk = await Desk.StartAsync(options =>
        {
            File.WriteAllText(Path.Combine(options.FlashFolder, "sitsense.json"), new JsonObject { ["updateKey"] = Signer.Key }.ToJsonString());
            // At night: nobody sits, and the sensor is read seldom.
            options = options with { StartUtc = Desk.Start.Date.AddHours(3) };
            return with?.Invoke(options) ?? options;
        });
        desk.Twin.PowerOn();
        desk.Run(TimeSpan.FromMinutes(1));
        return desk;
    }

    static void Offer(Desk desk, byte[] header) => Tell(desk, "update", header);

    // Publishes, and lets the device live until it has said something to it.
    static void Tell(Desk desk, string topic, byte[] payload)
    {
        var before = Said();
        Publish(desk, Own + topic, payload);
        for (var i = 0; Said() == before; i++)
        {
            Assert.True(i < 100, "The device says nothing.");
            desk.Run(TimeSpan.FromSeconds(1));
        }

        int Said() => States(desk).Count + Heard(desk).Count;
    }

    // Sends the piece that was asked for last.
    static void Answer(Desk desk, byte[] header, byte[] program) =>
        Tell(desk, "update/piece", UpdateBench.Piece(header, program, States(desk)[^1].ToJsonString()));

    static async Task SendAsync(Desk desk, uint counter, byte[] program, byte[]? header = null)
    {
        header ??= Signer.Header(counter, program);
        if (States(desk).Count == 0 || Answers(desk).Count > 0)
            Offer(desk, header);
        while (Answers(desk).Count == 0 && (string?)States(desk)[^1]["state"] == "wanted")
        {
            Answer(desk, header, program);
            await Task.Yield();
        }
        desk.Run(TimeSpan.FromSeconds(20));
    }

    static void Publish(Desk desk, string topic, byte[] payload)
    {
        var file = Path.Combine(desk.Flash, "..", Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(file, payload);
        var publisher = Process.Start(Needs.Program("mosquitto_pub", "mosquitto-clients"),
            ["-h", "127.0.0.1", "-p", desk.Broker.Port.ToString(), "-q", "1", "-t", topic, "-f", file]);
        publisher.WaitForExit();
        File.Delete(file);
        Assert.Equal(0, publisher.ExitCode);
    }

    static List<JsonObject> States(Desk desk) => desk.Listener.All(Own + "update/state");

    static List<string> Answers(Desk desk)
    {
        desk.Listener.All(Own + "answer");
        return Heard(desk);
    }

    // What has come already.
    static List<string> Heard(Desk desk) => desk.Listener.On(Own + "answer").Where(json => (string?)json["do"] == "update")
        .Select(json => $"{json["ok"]}:{json["error"]}").ToList();

    static List<string?> Changed(List<string?> sofar, string? next)
    {
        if (sofar.Count == 0 || sofar[^1] != next)
            sofar.Add(next);
        return sofar;
    }
}
