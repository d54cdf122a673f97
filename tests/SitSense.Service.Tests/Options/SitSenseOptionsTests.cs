using SitSense.Service.Options;
using SitSense.Service.Tests.Running;

namespace SitSense.Service.Tests.Options;

public class SitSenseOptionsTests
{
    [Fact]
    public void The_defaults_are_those_of_the_contract()
    {
        var options = TestWorker.Options();
        Assert.Equal(("sitsense", "127.0.0.1", 1883, 262144, "http://127.0.0.1:5080/", "sitsense", 10.0, 0.4167),
            (options.Mqtt.Root, options.Broker.Address.ToString(), options.Broker.Port, options.Broker.MaxPacketBytes, options.Web.Url.ToString(), options.Influx.Bucket,
                options.Sitting.Minimum.TotalSeconds, options.Sitting.CompleteShare));
        Assert.Equal(Path.GetFullPath("data"), options.Store.Folder);
        Assert.Null(options.Mqtt.Server);
        Assert.Null(options.Influx.Url);
    }

    [Theory]
    [InlineData("Mqtt:Server", "nonsense")]
    [InlineData("Mqtt:Server", "host:0")]
    [InlineData("Mqtt:Server", "host:99999")]
    [InlineData("Mqtt:Root", "a/+/b")]
    [InlineData("Mqtt:Root", "/a")]
    [InlineData("Mqtt:CaFile", "/nowhere/ca.pem")]
    [InlineData("Broker:Port", "70000")]
    [InlineData("Broker:Port", "1883x")]
    [InlineData("Broker:Address", "localhost.")]
    [InlineData("Broker:Address", "0.0.0.0")]
    [InlineData("Broker:MaxPacketBytes", "-1")]
    [InlineData("Broker:Users:desk/1", "x")]
    [InlineData("Broker:Users:desk-1", "")]
    [InlineData("Broker:Users:desk-1", "$pbkdf2-sha256$rubbish")]
    [InlineData("Broker:Admins", "somebody")]
    [InlineData("Influx:Url", "influx")]
    [InlineData("Web:Url", "5080")]
    [InlineData("Web:Url", "https://127.0.0.1:1")]
    [InlineData("Wearer:Zone", "Mars/Olympus")]
    [InlineData("Sitting:MinimumSeconds", "ten")]
    [InlineData("Sitting:CompleteShare", "41.67")]
    public void A_wrong_value_is_told_in_one_line_that_names_it(string name, string value)
    {
        var line = Assert.Single(Assert.Throws<WrongOptions>(() => TestWorker.Options((name, value))).Mistakes);
        Assert.StartsWith(name + ":", line);
    }

    [Fact]
    public void All_mistakes_are_told_at_once() => Assert.Equal(["Broker:Port", "Wearer:Zone"],
        Assert.Throws<WrongOptions>(() => TestWorker.Options(("Wearer:Zone", "x"), ("Broker:Port", "x"))).Mistakes.Select(line => string.Join(':', line.Split(':')[..2])));

    [Fact]
    public void Another_broker_and_a_password_open_other_addresses()
    {
        Assert.Equal(("broker.example", 8883), TestWorker.Options(("Mqtt:Server", "broker.example:8883")).Mqtt.Server);
        Assert.Equal(("::1", 1883), TestWorker.Options(("Mqtt:Server", "[::1]:1883")).Mqtt.Server);
        Assert.Equal("0.0.0.0", TestWorker.Options(("Broker:Address", "0.0.0.0"), ("Broker:Users:a", "b")).Broker.Address.ToString());
        Assert.Equal(["a", "b"], TestWorker.Options(("Broker:Users:a", "1"), ("Broker:Users:b", "2"), ("Broker:Admins:0", "a"), ("Broker:Admins:1", "b")).Broker.Admins.Order());
    }

    [Fact]
    public void The_command_line_wins_and_what_is_left_is_the_commands()
    {
        var (options, rest) = Configuration.TakeFrom(["report", "--Broker:Port=18", "--json", "--Store:Folder", "/x y", "--from", "2026-11-01"]);
        Assert.Equal(["report", "--json", "--from", "2026-11-01"], rest);
        var read = SitSenseOptions.Read(Configuration.Gather(options));
        Assert.Equal((18, "/x y"), (read.Broker.Port, read.Store.Folder));
        Assert.Contains("--Brokr:Port", Assert.Throws<WrongOptions>(() => Configuration.Gather(new Dictionary<string, string?> { ["Brokr:Port"] = "1" })).Message);
    }
}
