using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using NodaTime;
using SitSense.Service.Ingest;
using SitSense.Service.Tests.Running;
using SitSense.Testing;
using static SitSense.Service.Tests.Running.TestWorker;

namespace SitSense.Service.Tests.Broker;

public class RemoteBrokerTests
{
    static readonly Instant Morning = Instant.FromUtc(2026, 11, 20, 8, 0);

    static (string, string)[] At(Mosquitto broker) => [("Mqtt:Server", $"127.0.0.1:{broker.Port}"), ("Mqtt:ClientId", "worker-under-test")];

    static Task Ready(TestWorker worker) => UntilAsync(() => worker.Readiness.Missing() is null, "the subscription stands");

    static async Task<long[]> Seqs(TestWorker worker) => [.. (await worker.MessagesAsync()).OfType<PostureMessage>().Select(one => one.Seq)];

    [Fact]
    public async Task What_was_not_stored_comes_again_after_the_connection_was_lost()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var worker = await StartAsync(At(broker));
        await Ready(worker);
        worker.Store.Close();
        using (var device = await TestWorker.ConnectAsync(broker.Port, "desk-1"))
            for (var seq = 1; seq <= 50; seq++)
                await device.PublishAsync(Change("desk-1", seq, Morning.Plus(Duration.FromMinutes(seq))));
        await UntilAsync(() => worker.Store.Asked > 0, "the store was asked");
        await broker.StopAsync();
        await UntilAsync(() => worker.Readiness.Missing() is not null, "the loss was noticed");
        await broker.RestartAsync();
        worker.Store.Open();
        await UntilAsync(async () => (await Seqs(worker)).Length == 50, "all came");
        await Ready(worker);
        Assert.Equal(Enumerable.Range(1, 50).Select(seq => (long)seq), await Seqs(worker));
    }

    [Fact]
    public async Task What_a_worker_that_was_killed_had_not_stored_its_successor_gets()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var first = await StartAsync(At(broker));
        await Ready(first);
        first.Store.Close();
        using var device = await TestWorker.ConnectAsync(broker.Port, "desk-1");
        await device.PublishAsync(Change("desk-1", 1, Morning));
        await UntilAsync(() => first.Store.Asked > 0, "the store was asked");
        await first.StopAsync();
        Assert.Empty(Directory.GetFiles(first.Folder, "*.part"));
        await device.PublishAsync(Change("desk-1", 2, Morning.Plus(Duration.FromMinutes(1))));
        await using var second = await StartAsync(first.Folder, At(broker));
        await UntilAsync(async () => (await Seqs(second)).Length == 2, "both came");
    }

    [Fact]
    public async Task A_broker_that_is_away_is_tried_again_with_one_line_a_minute()
    {
        await using var broker = await Mosquitto.StartAsync();
        await broker.KillAsync();
        await using var worker = await StartAsync(At(broker));
        await UntilAsync(() => worker.Log.Lines.Any(line => line.Level == LogLevel.Warning), "the absence was told");
        using (var nobody = new TcpListener(IPAddress.Loopback, broker.Port))
        {
            nobody.Start();
            for (var attempt = 0; attempt < 3; attempt++)
                (await nobody.AcceptTcpClientAsync(TestContext.Current.CancellationToken)).Dispose();
        }
        Assert.Single(worker.Log.Lines, line => line.Level >= LogLevel.Warning);
        Assert.NotNull(worker.Readiness.Missing());
        await broker.RestartAsync();
        await Ready(worker);
    }

    [Fact]
    public async Task Nothing_is_acknowledged_to_the_broker_before_it_is_stored()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var worker = await StartAsync(At(broker));
        await Ready(worker);
        worker.Store.Fails = true;
        using var device = await TestWorker.ConnectAsync(broker.Port, "desk-1");
        await device.PublishAsync(Change("desk-1", 1, Morning));
        await UntilAsync(() => worker.Store.Asked > 1, "it was tried");
        worker.Store.Fails = false;
        await UntilAsync(async () => (await Seqs(worker)).Length == 1, "it was stored");
        await worker.StopAsync();
        await using var next = await StartAsync(worker.Folder, At(broker));
        await Ready(next);
        using var other = await TestWorker.ConnectAsync(broker.Port, "desk-2");
        await other.PublishAsync(Change("desk-2", 1, Morning));
        await UntilAsync(async () => (await Seqs(next)).Length == 2, "the newest came");
        Assert.Equal(1, next.Store.Asked);      // the first one was acknowledged before, so it did not come again
    }

    [Fact]
    public async Task The_worker_says_which_credentials_and_certificate_were_wrong()
    {
        await using var broker = await Mosquitto.StartAsync("allow_anonymous false", "password_file /dev/null");
        await using var worker = await StartAsync([.. At(broker), ("Mqtt:User", "worker"), ("Mqtt:Password", "hidden-word")]);
        await UntilAsync(() => worker.Log.Lines.Any(line => line.Level == LogLevel.Warning), "the refusal was told");
        Assert.Contains(worker.Log.Lines, line => line.Line.Contains("NotAuthorized") || line.Line.Contains("BadUserNameOrPassword"));
        Assert.DoesNotContain(worker.Log.Lines, line => line.Line.Contains("hidden-word"));
    }

    [Fact]
    public async Task A_broker_is_believed_by_its_certificate_and_no_other()
    {
        var (right, wrong) = (Directory.CreateTempSubdirectory("sitsense-certificates-").FullName, Directory.CreateTempSubdirectory("sitsense-certificates-").FullName);
        try
        {
            Certificates.WriteTo(right);
            Certificates.WriteTo(wrong);
            await using var broker = await Mosquitto.StartAsync("allow_anonymous true", $"certfile {right}/server.pem", $"keyfile {right}/server.key");
            await using (var worker = await StartAsync([.. At(broker), ("Mqtt:CaFile", Path.Combine(right, "ca.pem"))]))
                await Ready(worker);
            await using var doubting = await StartAsync([.. At(broker), ("Mqtt:CaFile", Path.Combine(wrong, "ca.pem"))]);
            await UntilAsync(() => doubting.Log.Lines.Any(line => line.Level == LogLevel.Warning), "the doubt was told");
            Assert.NotNull(doubting.Readiness.Missing());
        }
        finally
        {
            Directory.Delete(right, true);
            Directory.Delete(wrong, true);
        }
    }
}
