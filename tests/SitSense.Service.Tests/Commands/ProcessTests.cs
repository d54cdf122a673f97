using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Service.Storage.Sqlite;
using SitSense.Service.Tests.Running;
using static SitSense.Service.Tests.Running.TestWorker;

namespace SitSense.Service.Tests.Commands;

public class ProcessTests
{
    static readonly Instant Morning = Instant.FromUtc(2026, 11, 20, 8, 0);

    static async Task<long[]> StoredAsync(string folder)
    {
        await using var store = SqliteStore.Open(Path.Combine(folder, "data"), TimeProvider.System);
        var seqs = new List<long>();
        await foreach (var message in store.MessagesAsync(null, default))
            seqs.Add(((PostureMessage)message).Seq);
        return [.. seqs];
    }

    /// <summary>Publishes changes one after the other until the connection breaks; the newest that was acknowledged.</summary>
    static async Task<long> PublishUntilTheEndAsync(int port)
    {
        var acknowledged = 0L;
        using var device = await ConnectAsync(port, "desk-1");
        try
        {
            for (var seq = 1; ; seq++)
            {
                await device.PublishAsync(Change("desk-1", seq, Morning.Plus(Duration.FromSeconds(seq))));
                acknowledged = seq;
            }
        }
        catch (Exception)
        {
            return acknowledged;
        }
    }

    [Theory]
    [InlineData("INT", 0)]
    [InlineData("TERM", 0)]
    [InlineData("KILL", 137)]
    public async Task Whatever_ends_the_worker_everything_acknowledged_is_stored(string signal, int exit)
    {
        var (worker, port) = await WorkerProcess.RunAsync();
        await using var _ = worker;
        var publishing = PublishUntilTheEndAsync(port);
        await UntilAsync(async () => (await StoredAsync(worker.Folder)).Length > 20, "some were stored");
        worker.Signal(signal);
        Assert.Equal(exit, await worker.ExitAsync());
        var acknowledged = await publishing;
        Assert.True(acknowledged >= 20);
        Assert.Equal(Enumerable.Range(1, (int)acknowledged).Select(seq => (long)seq), (await StoredAsync(worker.Folder)).Take((int)acknowledged));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public async Task A_store_that_hangs_holds_up_the_end_for_a_while_and_a_second_signal_not_at_all(int signals, int exit)
    {
        var (worker, port) = await WorkerProcess.RunAsync();
        await using var _ = worker;
        using var locker = new SqliteConnection($"Data Source={Path.Combine(worker.Folder, "data", "sitsense.db")};Pooling=False");
        locker.Open();
        using var begin = locker.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
        using var device = await ConnectAsync(port, "desk-1");
        await device.PublishAsync(Text("sitsense/desk-1/heartbeat", $$"""{"v":1,"boot":1,"seq":1,"at":"{{Morning}}","posture":"sitting"}""", qos: 0));
        await device.PingAsync();       // answered after the heartbeat was taken: there is something that cannot be stored
        var publishing = device.PublishAsync(Change("desk-1", 1, Morning));
        worker.Signal("TERM");
        await UntilAsync(() => publishing.IsCompleted, "the worker began to end");
        if (signals > 1)
            worker.Signal("TERM");
        Assert.Equal(exit, await worker.ExitAsync());
        Assert.False(publishing.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_port_in_use_ends_it_with_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        foreach (var arguments in (string[][])[[$"--Broker:Port={port}", "--Web:Url=http://127.0.0.1:0"], ["--Broker:Port=0", $"--Web:Url=http://127.0.0.1:{port}"]])
        {
            await using var worker = WorkerProcess.Start(null, arguments);
            Assert.Equal(1, await worker.ExitAsync());
            var line = Assert.Single(worker.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), line => !line.Contains(" info: "));
            Assert.Contains($":{port}", line);
            Assert.Contains(arguments[0].EndsWith("=0") ? "--Web:Url" : "--Broker:Port", line);
        }
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_ends_it_with_one_line()
    {
        var folder = Directory.CreateTempSubdirectory("sitsense-process-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "data"), "a file");
        await using var worker = WorkerProcess.Start(folder, "--Broker:Port=0", "--Web:Url=http://127.0.0.1:0");
        Assert.Equal(1, await worker.ExitAsync());
        Assert.Contains(Path.Combine(folder, "data"), Assert.Single(worker.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
    }

    [Fact]
    public async Task Options_come_from_the_current_folder_the_environment_and_the_command_line()
    {
        var folder = Directory.CreateTempSubdirectory("sitsense-process-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "appsettings.json"), """{"Broker":{"Port":"nonsense"},"Wearer":{"Zone":"nowhere"}}""");
        await using var worker = WorkerProcess.Start(folder, "--Wearer:Zone=Europe/Berlin");
        Assert.Equal(2, await worker.ExitAsync());
        Assert.StartsWith("Broker:Port: 'nonsense'", Assert.Single(worker.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
    }
}
