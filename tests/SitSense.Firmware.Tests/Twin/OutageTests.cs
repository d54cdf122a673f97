using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SitSense.Firmware.Journal;
using SitSense.Firmware.Link;
using SitSense.StandIns.Tests.Mqtt;
using SitSense.Testing;
using SitSense.Twin;

namespace SitSense.Firmware.Tests.Twin;

/// <summary>A network that is not there, and a broker that does not want the device.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task Three_days_without_wifi_arrive_in_order_and_nothing_is_lost()
    {
        await using var desk = await Desk.StartAsync();
        const int Changes = 3 * 50;
        desk.PowerOn(() => Script.Alternating(Changes, TimeSpan.FromDays(3) / Changes));
        desk.Run(TimeSpan.FromMinutes(30));
        desk.Twin.Board.Network.Wifi = false;
        desk.Run(TimeSpan.FromDays(3));
        Assert.InRange(desk.Twin.Pending, Changes - 3, 2 * Changes);
        desk.Twin.Board.Network.Wifi = true;
        desk.Run(TimeSpan.FromMinutes(30));

        Assert.Equal(Changes, desk.Changes().Count);
        // Reminders count with the changes, and everything comes in the order of its number.
        var all = desk.Listener.All("sitsense/desk-1/posture").Concat(desk.Listener.All("sitsense/desk-1/reminder")).Select(json => (int)json["seq"]!).Order();
        Assert.Equal(Enumerable.Range(1, all.Count()), all);
        Assert.Equal(desk.Changes().Select(change => change.Seq).Order(), desk.Changes().Select(change => change.Seq));
        Assert.Equal("0", desk.Beats("lost")[^1]);
        Assert.Equal(0, desk.Twin.Pending);
    }

    [Fact]
    public async Task What_a_full_journal_gave_up_is_the_oldest_and_counted()
    {
        await using var desk = await Desk.StartAsync();
        const int Changes = 3000;
        desk.PowerOn(() => Script.Alternating(Changes, TimeSpan.FromMinutes(2), 10_000));
        desk.Run(TimeSpan.FromMinutes(5.5));
        desk.Twin.Board.Network.Broker = false;
        desk.Run(TimeSpan.FromMinutes(2 * Changes));
        desk.Twin.Board.Network.Broker = true;
        desk.Run(TimeSpan.FromHours(1));

        var came = desk.Changes();
        var lost = int.Parse(desk.Beats("lost")[^1]!);
        Assert.Equal(Changes, came.Count + lost);
        Assert.InRange(came.Count, (Segments.Most - 1) * (Segments.RecordsEach - 2), Segments.Most * Segments.RecordsEach);
        // Those from before, then the gap, then all of the newest.
        var gaps = came.Zip(came.Skip(1)).Where(pair => pair.Second.Seq != pair.First.Seq + 1).ToList();
        Assert.Equal(lost, Assert.Single(gaps).Second.Seq - gaps[0].First.Seq - 1);
        Assert.Equal(Changes, came[^1].Seq);
    }

    [Fact]
    public void Of_measures_that_wait_the_oldest_go_and_a_command_that_finds_no_room_is_refused()
    {
        var measures = new Mailbox();
        var commands = new Mailbox();
        for (var i = 1; i <= 20; i++)
        {
            measures.PutNewest(i);
            Assert.Equal(i <= 16, commands.Put(i));
        }
        Assert.Equal(5, measures.Take());
        Assert.Equal(1, commands.Take());
    }

    [Fact]
    public async Task A_wrong_password_says_what_to_do_and_is_tried_ever_more_rarely()
    {
        using var files = new TempFolder();
        await using var desk = await Desk.StartAsync(options => options with { User = "desk-1", Password = "wrong" }, "allow_anonymous true", Users(files, "desk-1", "right"));
        desk.PowerOn(() => Script.Alternating(2, TimeSpan.FromHours(1)));
        desk.Run(TimeSpan.FromHours(1));
        var before = desk.Twin.Board.Network.Attempts;
        desk.Run(TimeSpan.FromDays(1));

        Assert.Contains("broker: not connected to 127.0.0.1", desk.Twin.Wrong);
        Assert.Contains("correct user and password in broker", desk.Twin.Wrong);
        // A quarter of an hour, give or take a quarter.
        Assert.InRange(desk.Twin.Board.Network.Attempts - before, 24 * 4 * 3 / 4, 24 * 4 * 4 / 3);
        Assert.InRange(desk.Twin.Pending, 2, 20);
    }

    [Fact]
    public async Task The_right_password_comes_in_and_tells_everything()
    {
        using var files = new TempFolder();
        await using var desk = await Desk.StartAsync(options => options with { User = "desk-1", Password = "right" }, "allow_anonymous true", Users(files, "desk-1", "right"));
        desk.PowerOn(() => Script.Alternating(2, TimeSpan.FromMinutes(1)));
        desk.Run(TimeSpan.FromMinutes(5));

        Assert.Equal(2, desk.Changes().Count);
    }

    [Fact]
    public async Task A_broker_that_refuses_connections_is_tried_once_a_minute_and_not_at_regular_times()
    {
        await using var desk = await Desk.StartAsync();
        desk.Twin.Board.Network.Broker = false;
        desk.PowerOn(() => Script.Alternating(2, TimeSpan.FromHours(1)));
        desk.Run(TimeSpan.FromMinutes(10));
        var attempts = new List<long>();
        for (var second = 0; second < 3600; second++)
        {
            var before = desk.Twin.Board.Network.Attempts;
            desk.Run(TimeSpan.FromSeconds(1));
            if (desk.Twin.Board.Network.Attempts > before)
                attempts.Add(second);
        }

        var waits = attempts.Zip(attempts.Skip(1), (a, b) => b - a).ToList();
        Assert.All(waits, wait => Assert.InRange(wait, 44, 77));
        Assert.True(waits.Distinct().Count() > waits.Count / 4, "attempts come at regular times");
        Assert.Contains("broker: not connected", desk.Twin.Wrong);
    }

    [Fact]
    public async Task A_connection_that_is_lost_at_once_is_tried_ever_more_rarely_and_one_that_had_lasted_soon()
    {
        await using var desk = await Desk.StartAsync();
        desk.PowerOn(() => Script.Alternating(1, TimeSpan.FromHours(1)));
        var network = desk.Twin.Board.Network;
        var attempts = 0;
        for (var second = 0; second < 1800; second++)
        {
            desk.Run(TimeSpan.FromSeconds(1));
            if (network.Attempts > attempts)
                ThrowOut();
            attempts = network.Attempts;
        }
        Assert.InRange(attempts, 24, 45);
        Assert.Contains("lost at once: is another device called the same?", desk.Twin.Wrong);

        desk.Run(TimeSpan.FromMinutes(4));
        Assert.Contains(desk.Beats("faults"), faults => faults?.Contains("is another device called the same?") == true);
        Assert.Null(desk.Beats("faults")[^1]);
        attempts = network.Attempts;
        ThrowOut();
        desk.Run(TimeSpan.FromSeconds(3));
        Assert.Equal(attempts + 1, network.Attempts);

        void ThrowOut()
        {
            network.Broker = false;
            network.Broker = true;
        }
    }

    [Fact]
    public void A_broker_that_takes_the_connection_and_says_nothing_holds_nobody_for_long()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        using var folder = new TempFolder();
        using var twin = new TwinDevice(new TwinOptions
        {
            FlashFolder = folder.Path,
            BrokerHost = "127.0.0.1",
            BrokerPort = ((IPEndPoint)mute.LocalEndpoint).Port,
            Speed = 0,
            StartUtc = Desk.Start,
            NeverPassesRealNow = false,
            Zone = TimeZoneInfo.Utc,
        });
        var starts = 0;
        twin.Board.Clock.HoldMs = 50;
        twin.PowerOn(() =>
        {
            starts++;
            return Script.Alternating(30, TimeSpan.FromMinutes(1));
        });
        twin.Run(TimeSpan.FromMinutes(40));

        Assert.Equal(1, starts);
        Assert.InRange(twin.Board.Network.Attempts, 15, 80);
        Assert.InRange(twin.Pending, 30, 40);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_brokers_certificate_must_lead_to_the_one_that_the_device_was_given(bool right)
    {
        using var files = new TempFolder();
        using var broker = new Certificates();
        using var other = new Certificates();
        string Write(string name, string text)
        {
            File.WriteAllText(Path.Combine(files.Path, name), text);
            return Path.Combine(files.Path, name);
        }
        await using var server = await Mosquitto.StartAsync(
            "allow_anonymous true", $"certfile {Write("server.pem", broker.Server.ExportCertificatePem())}", $"keyfile {Write("server.key", broker.Key)}");
        using var flash = new TempFolder();
        using var twin = new TwinDevice(new TwinOptions
        {
            FlashFolder = flash.Path,
            BrokerHost = "localhost",
            BrokerPort = server.Port,
            Ca = (right ? broker : other).Authority.ExportCertificatePem(),
            Speed = 0,
            StartUtc = Desk.Start,
            NeverPassesRealNow = false,
            Zone = TimeZoneInfo.Utc,
        });
        twin.PowerOn(() => Script.Alternating(3, TimeSpan.FromMinutes(1)));
        twin.Run(TimeSpan.FromMinutes(10));

        Assert.Equal(right ? 0 : 3, twin.Pending);
        if (right)
            Assert.Null(twin.Wrong);
        else
            Assert.Contains("broker.ca", twin.Wrong);
    }

    static string Users(TempFolder files, string user, string password)
    {
        var path = Path.Combine(files.Path, "users");
        Process.Start(Needs.Program("mosquitto_passwd", "mosquitto"), ["-b", "-c", path, user, password]).WaitForExit();
        return "password_file " + path;
    }
}
