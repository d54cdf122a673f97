using System.Security.Cryptography;
using SitSense.Firmware.Tests.Update;
using SitSense.Testing;
using SitSense.Twin;

namespace SitSense.Service.Tests.Commands;

/// <summary>A program on its way to a device: the real commands, a real broker, and a twin.</summary>
public class FirmwareTests
{
    [Fact]
    public async Task A_program_is_signed_sent_tried_and_stays()
    {
        using var run = new CommandRun();
        await using var broker = await Mosquitto.StartAsync();
        var package = await SignAsync(run, Package.Device[4..]);
        await using var device = Device.Start(run, broker);

        var output = await run.OutputOfAsync("firmware", "send", package, "desk-1", $"--Mqtt:Server=127.0.0.1:{broker.Port}", "--minutes", "2");

        Assert.Equal("desk-1 runs program 7 2.0, and it is healthy", output.Trim());
        Assert.Contains($"of {Package.Device.Length}", run.Error);
    }

    [Fact]
    public async Task A_program_that_does_no_good_is_rolled_back_and_a_forged_one_refused()
    {
        using var run = new CommandRun();
        await using var broker = await Mosquitto.StartAsync();
        var package = await SignAsync(run, [.. "MZ"u8, .. RandomNumberGenerator.GetBytes(10_000)]);
        await using var device = Device.Start(run, broker);
        string[] send = ["firmware", "send", package, "desk-1", $"--Mqtt:Server=127.0.0.1:{broker.Port}", "--minutes", "2"];

        Assert.Equal(1, await run.RunAsync(send));
        Assert.Contains("program 7 did not show itself healthy", run.Error);
        Assert.Equal(1, await run.RunAsync(send));
        Assert.Contains("counter 7 is not newer than 7", run.Error);

        Assert.Equal(0, await run.RunAsync("firmware", "key", Path.Combine(run.Folder, "other.pem")));
        Assert.Equal(0, await run.RunAsync("firmware", "sign", Path.Combine(run.Folder, "program.pe"), "--key", Path.Combine(run.Folder, "other.pem"), "--counter", "8"));
        Assert.Equal(1, await run.RunAsync(send));
        Assert.Contains("signature", run.Error);
    }

    [Fact]
    public async Task Nothing_is_overwritten_and_mistakes_are_named()
    {
        using var run = new CommandRun();
        var key = Path.Combine(run.Folder, "key.pem");
        Assert.Equal(0, await run.RunAsync("firmware", "key", key));
        Assert.Equal(1, await run.RunAsync("firmware", "key", key));
        Assert.Contains(key, run.Error);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));

        var program = run.File("p.pe", "MZ program");
        Assert.Equal(2, await run.RunAsync("firmware", "sign", program, "--key", key));
        Assert.Contains("--counter", run.Error);
        Assert.Equal(2, await run.RunAsync("firmware", "sign", program, "--key", key, "--counter", "0"));
        Assert.Equal(2, await run.RunAsync("firmware", "sign", program, "--key", key, "--counter", "1", "--version", "12345678901234567"));
        Assert.Equal(1, await run.RunAsync("firmware", "sign", program, "--key", program, "--counter", "1"));
        Assert.Contains("no private RSA key", run.Error);
        Assert.Equal(1, await run.RunAsync("firmware", "sign", run.File("empty.pe")[..^8] + "missing.pe", "--key", key, "--counter", "1"));
        Assert.Equal(1, await run.RunAsync("firmware", "send", program, "desk-1"));
        Assert.Contains("no package", run.Error);
        Assert.Equal(0, await run.RunAsync("firmware", "sign", program, "--key", key, "--counter", "1"));
        Assert.Equal(1, await run.RunAsync("firmware", "send", Path.ChangeExtension(program, ".ssfw"), "desk-1", "--Mqtt:Server=127.0.0.1:1"));
        Assert.Contains("127.0.0.1:1 is away", run.Error);
        Assert.Equal(2, await run.RunAsync("firmware", "send", Path.ChangeExtension(program, ".ssfw"), "Desk!"));
    }

    [Fact]
    public async Task A_program_is_of_assemblies_of_one_build_in_one_package()
    {
        using var run = new CommandRun();
        var key = Path.Combine(run.Folder, "key.pem");
        Assert.Equal(0, await run.RunAsync("firmware", "key", key));
        string[] built = [Nano("a.pe", 0, 2, 300), Nano("b.pe", 0, 2, 200)];
        Assert.Equal(1, await run.RunAsync("firmware", "sign", built[0], Nano("old.pe", 0, 1, 200), "--key", key, "--counter", "3"));
        Assert.Contains("not of one build", run.Error);
        Assert.Equal(1, await run.RunAsync("firmware", "sign", built[0], run.File("c.pe", "text"), "--key", key, "--counter", "3"));
        Assert.Contains("c.pe is no assembly", run.Error);

        var line = await run.OutputOfAsync("firmware", "sign", built[0], built[1], "--key", key, "--counter", "3");
        Assert.EndsWith("program 3 0.2.9, 508 bytes", line.Trim());
        var package = File.ReadAllBytes(Path.ChangeExtension(built[0], ".ssfw"));
        Assert.Equal((300, 200), (BitConverter.ToInt32(package, 320), BitConverter.ToInt32(package, 320 + 4 + 300)));

        string Nano(string name, ushort major, ushort minor, int length)
        {
            var content = new byte[length];
            "NFMRK2"u8.CopyTo(content);
            (content[28], content[30], content[32]) = ((byte)major, (byte)minor, 9);
            var path = Path.Combine(run.Folder, name);
            File.WriteAllBytes(path, content);
            return path;
        }
    }

    static async Task<string> SignAsync(CommandRun run, byte[] program)
    {
        var (key, file) = (Path.Combine(run.Folder, "key.pem"), Path.Combine(run.Folder, "program.pe"));
        var line = await run.OutputOfAsync("firmware", "key", key);
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(run.Folder, "flash")).FullName, "sitsense.json"), $"{{{line}}}");
        File.WriteAllBytes(file, program);
        await run.OutputOfAsync("firmware", "sign", file, "--key", key, "--counter", "7", "--version", "2.0");
        return Path.ChangeExtension(file, ".ssfw");
    }

    /// <summary>A twin that lives at night, when nobody sits, two hundred times as fast.</summary>
    sealed class Device : IAsyncDisposable
    {
        readonly CancellationTokenSource over = new();
        readonly TwinDevice twin;
        readonly Task life;

        Device(TwinDevice twin) => (this.twin, life) = (twin, twin.LiveAsync(over.Token));

        public static Device Start(CommandRun run, Mosquitto broker) => new(new TwinDevice(new TwinOptions
        {
            Device = "desk-1",
            FlashFolder = Path.Combine(run.Folder, "flash"),
            BrokerHost = "127.0.0.1",
            BrokerPort = broker.Port,
            Speed = 200,
            StartUtc = new DateTime(2026, 3, 2, 3, 0, 0, DateTimeKind.Utc),
            NeverPassesRealNow = false,
            Zone = TimeZoneInfo.Utc,
        }));

        public async ValueTask DisposeAsync()
        {
            over.Cancel();
            await life;
            twin.Dispose();
            over.Dispose();
        }
    }
}
