using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SitSense.Testing;

/// <summary>A real Mosquitto on a free port of loopback, with its persistence in a folder of its own; it can be killed and brought back.</summary>
public sealed class Mosquitto : IAsyncDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("sitsense-mosquitto-").FullName;
    readonly string program = Needs.Program("mosquitto", "mosquitto");
    Process? process;

    Mosquitto(string[] configuration, int port)
    {
        Port = port;
        string[] lines = [$"listener {port} 127.0.0.1", "persistence true", $"persistence_location {folder}/", "autosave_interval 1", "user root", .. configuration];
        File.WriteAllLines(Path.Combine(folder, "mosquitto.conf"), lines);
    }

    /// <summary>Where it listens, also after a restart.</summary>
    public int Port { get; }

    /// <summary>Its folder, for password and certificate files.</summary>
    public string Folder => folder;

    /// <summary>Starts one that lets anybody in, or as the configuration's lines say.</summary>
    public static async Task<Mosquitto> StartAsync(params string[] configuration)
    {
        for (var attempt = 0; ; attempt++)
        {
            var broker = new Mosquitto(configuration.Length > 0 ? configuration : ["allow_anonymous true"], FreePort());
            if (await broker.TryStartAsync())
                return broker;
            await broker.DisposeAsync();
            if (attempt == 5)
                throw new InvalidOperationException("mosquitto does not start; its configuration is wrong, or every port is taken.");
        }
    }

    /// <summary>Brings a killed one back.</summary>
    public async Task RestartAsync()
    {
        if (!await TryStartAsync())
            throw new InvalidOperationException("mosquitto did not come back.");
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Ends it with SIGTERM, on which it saves its sessions.</summary>
    public async Task StopAsync()
    {
        Process.Start("kill", ["-TERM", process!.Id.ToString()]).WaitForExit();
        await process.WaitForExitAsync();
    }

    async Task<bool> TryStartAsync()
    {
        process = Process.Start(new ProcessStartInfo(program, ["-c", Path.Combine(folder, "mosquitto.conf")]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromSeconds(20) && !process.HasExited;)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                return !process.HasExited;
            }
            catch (SocketException)
            {
                await Task.Delay(20);
            }
        }
        return false;
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
            await KillAsync();
        process?.Dispose();
        Directory.Delete(folder, true);
    }
}
