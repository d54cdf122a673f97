using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MQTTnet;
using MQTTnet.Formatter;
using SitSense.Testing;

namespace SitSense.StandIns.Tests.Mqtt;

/// <summary>A Mosquitto of the test's own, on a free port of the loopback.</summary>
sealed class MosquittoServer : IDisposable
{
    readonly Process _process;
    readonly string _folder;

    MosquittoServer(Process process, string folder, int port)
    {
        (_process, _folder, Port) = (process, folder, port);
    }

    public int Port { get; }

    /// <param name="configure">Gets the folder for files that the configuration names, and gives its lines; by default everybody may come in.</param>
    public static async Task<MosquittoServer> Start(Func<string, string>? configure = null)
    {
        var program = Needs.Program("mosquitto", "mosquitto");
        var folder = Directory.CreateTempSubdirectory("mosquitto-").FullName;
        var lines = configure?.Invoke(folder) ?? "allow_anonymous true";
        while (true)
        {
            var port = FreePort();
            var configuration = Path.Combine(folder, "mosquitto.conf");
            await File.WriteAllTextAsync(configuration, $"user root\nlistener {port} 127.0.0.1\nmax_queued_messages 0\n{lines}\n");
            var process = Process.Start(new ProcessStartInfo(program, ["-c", configuration]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            if (await Answers(process, port))
                return new MosquittoServer(process, folder, port);
            var problem = await process.StandardError.ReadToEndAsync();
            process.Dispose();
            Assert.Contains("Address already in use", problem); // somebody else took the port in between: try the next
        }
    }

    public MqttClientOptionsBuilder ClientOptions(MqttProtocolVersion version, string? id = null) => new MqttClientOptionsBuilder()
        .WithTcpServer("localhost", Port).WithProtocolVersion(version).WithTimeout(Broker.Patience).WithClientId(id ?? $"client-{Guid.NewGuid():N}");

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    static async Task<bool> Answers(Process process, int port)
    {
        while (!process.HasExited)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return true;
            }
            catch (SocketException)
            {
                await Task.Delay(20);
            }
        }
        return false;
    }
}
