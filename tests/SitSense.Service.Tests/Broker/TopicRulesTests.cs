using NodaTime;
using SitSense.Service.Broker;
using SitSense.Service.Ingest;
using SitSense.Service.Tests.Running;
using SitSense.Testing;
using static SitSense.Service.Tests.Running.TestWorker;

namespace SitSense.Service.Tests.Broker;

public class TopicRulesTests
{
    static readonly (string, string)[] Users = [("Broker:Users:desk-1", "one"), ("Broker:Users:desk-2", Password.Hash("two")), ("Broker:Users:home", "three"), ("Broker:Admins", "home")];

    static string Payload(long seq) => $$"""{"v":1,"boot":1,"seq":{{seq}},"at":"2026-11-20T08:00:00Z","posture":"sitting"}""";

    [Fact]
    public async Task A_user_publishes_only_what_is_their_own()
    {
        var program = Needs.Program("mosquitto_pub", "mosquitto-clients");
        await using var worker = await StartAsync(Users);
        async Task<int> Publish(string user, string password, string topic, long seq) =>
            (await Tool.RunAsync(program, "-p", $"{worker.Port}", "-u", user, "-P", password, "-q", "1", "-t", topic, "-m", Payload(seq))).Exit;

        Assert.Equal(0, await Publish("desk-1", "one", "sitsense/desk-1/posture", 1));
        await Publish("desk-1", "one", "sitsense/desk-2/posture", 2);
        await Publish("desk-1", "one", "sitsense/desk-10/posture", 3);
        Assert.Equal(0, await Publish("desk-2", "two", "sitsense/desk-2/posture", 4));
        Assert.Equal(0, await Publish("home", "three", "sitsense/desk-3/posture", 5));
        Assert.NotEqual(0, await Publish("desk-1", "two", "sitsense/desk-1/posture", 6));
        Assert.NotEqual(0, await Publish("nobody", "one", "sitsense/nobody/posture", 7));
        Assert.NotEqual(0, (await Tool.RunAsync(program, "-p", $"{worker.Port}", "-q", "1", "-t", "sitsense/desk-1/posture", "-m", Payload(8))).Exit);

        Assert.Equal(["desk-1 1", "desk-2 4", "desk-3 5"], (await worker.MessagesAsync()).OfType<PostureMessage>().Select(one => $"{one.Device} {one.Seq}"));

    }

    [Fact]
    public async Task Where_no_users_are_set_anybody_may_without_a_client_id()
    {
        var program = Needs.Program("mosquitto_pub", "mosquitto-clients");
        await using var worker = await StartAsync();
        foreach (var version in (string[])["311", "5"])
            Assert.Equal((0, "", ""), await Tool.RunAsync(program, "-p", $"{worker.Port}", "-V", version, "-q", "1", "-t", "sitsense/desk-1/posture", "-m", Payload(1)));
        Assert.Single(await worker.MessagesAsync());
    }

    [Fact]
    public async Task A_user_reads_only_what_is_their_own()
    {
        var program = Needs.Program("mosquitto_sub", "mosquitto-clients");
        await using var worker = await StartAsync(Users);
        using (var home = await worker.ConnectAsync("home", "home", "three"))
            foreach (var topic in (string[])["sitsense/desk-1/settings", "sitsense/desk-2/settings", "homeassistant/status", "home/x"])
                await home.PublishAsync(Text(topic, "x", retain: true));
        // Ends with as many messages as there should be, or at once where it is refused.
        async Task<string> Read(string user, string password, string filter, int messages = 1) =>
            (await Tool.RunAsync(program, "-p", $"{worker.Port}", "-u", user, "-P", password, "-t", filter, "-F", "%t", "-C", $"{messages}", "-W", "60")).Output.ReplaceLineEndings(" ").Trim();

        Assert.Equal("sitsense/desk-1/settings", await Read("desk-1", "one", "sitsense/desk-1/#"));
        Assert.Equal("homeassistant/status", await Read("desk-1", "one", "homeassistant/status"));
        foreach (var filter in (string[])["#", "+/+/settings", "sitsense/#", "sitsense/+/settings", "sitsense/desk-2/settings", "home/x"])
            Assert.Equal("", await Read("desk-1", "one", filter));
        Assert.Equal(4, (await Read("home", "three", "#", 4)).Split(' ').Distinct().Count());
    }

    [Theory]
    [InlineData("homeassistant/device/sitsense-desk-1/config", true)]
    [InlineData("homeassistant/device/sitsense-desk-2/config", false)]
    [InlineData("sitsense/desk-1", true)]
    [InlineData("sitsense/desk-1/a/b", true)]
    [InlineData("sitsense/desk-1x/a", false)]
    [InlineData("sitsense", false)]
    [InlineData("other/desk-1/posture", false)]
    public void A_device_publishes_its_own_topics_and_its_discovery(string topic, bool allowed) =>
        Assert.Equal(allowed, new TopicRules(TestWorker.Options(Users).Broker, "sitsense").MayPublish("desk-1", topic));

    [Fact]
    public void A_password_fits_its_hash_and_nothing_else()
    {
        foreach (var stored in (string[])["secret", Password.Hash("secret"), "$pbkdf2-sha256$1000$c2FsdHNhbHQ$" + Passlib("secret")])
        {
            Assert.Null(Password.Problem(stored));
            Assert.True(Password.Fits(stored, "secret"u8));
            Assert.False(Password.Fits(stored, "Secret"u8));
            Assert.False(Password.Fits(stored, ""u8));
        }
        Assert.NotNull(Password.Problem("$pbkdf2-md5$1$a$b"));
    }

    static string Passlib(string password) => Convert.ToBase64String(System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(
        password, "saltsalt"u8, 1000, System.Security.Cryptography.HashAlgorithmName.SHA256, 32)).TrimEnd('=').Replace('+', '.');
}
