using System.Net;
using Microsoft.Extensions.Configuration;
using NodaTime;
using SitSense.Service.Broker;

namespace SitSense.Service.Options;

/// <summary>All that can be set from outside, checked.</summary>
public sealed record SitSenseOptions(MqttOptions Mqtt, BrokerOptions Broker, StoreOptions Store, InfluxOptions Influx, WebOptions Web,
    WearerOptions Wearer, SittingOptions Sitting)
{
    /// <summary>The options as they are named outside; one that ends in <c>:</c> takes further names.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "Mqtt:Server", "Mqtt:User", "Mqtt:Password", "Mqtt:CaFile", "Mqtt:ClientId", "Mqtt:Root",
        "Broker:Address", "Broker:Port", "Broker:Users:", "Broker:Admins", "Broker:Admins:", "Broker:MaxPacketBytes",
        "Store:Folder", "Influx:Url", "Influx:Token", "Influx:Org", "Influx:Bucket", "Web:Url", "Wearer:Zone",
        "Sitting:MinimumSeconds", "Sitting:CompleteShare", "Sitting:ValidDays", "Sitting:ValidWeekendDays", "Logging:",
    ];

    /// <summary>Reads and checks the options; relative paths are from the current directory.</summary>
    /// <exception cref="WrongOptions">Some cannot be worked with.</exception>
    public static SitSenseOptions Read(IConfiguration configuration)
    {
        var read = new OptionReader(configuration);
        var options = new SitSenseOptions(Mqtt: ReadMqtt(read), Broker: ReadBroker(read),
            Store: new(Path.GetFullPath(read.Text("Store:Folder") ?? "data")),
            Influx: new(
                read.ParseObject<Uri?>("Influx:Url", null, "an address like http://127.0.0.1:8086", HttpUrl),
                read.Text("Influx:Token"), read.Text("Influx:Org"), read.Text("Influx:Bucket") ?? "sitsense"),
            Web: new(read.ParseObject("Web:Url", new Uri("http://127.0.0.1:5080"), "an address like http://127.0.0.1:5080",
                text => HttpUrl(text) is { Scheme: "http", PathAndQuery: "/" } url ? url : null)),
            Wearer: new(read.ParseObject("Wearer:Zone", MachineZone(), "an IANA time zone like Europe/Berlin", DateTimeZoneProviders.Tzdb.GetZoneOrNull)),
            Sitting: new(Duration.FromSeconds(read.Number("Sitting:MinimumSeconds", 10, 0, 600)), read.Number("Sitting:CompleteShare", 0.4167, 0, 1),
                new(read.Integer("Sitting:ValidDays", 4, 1, 400), read.Integer("Sitting:ValidWeekendDays", 1, 0, 400))));
        return read.Mistakes.Count == 0 ? options : throw new WrongOptions(read.Mistakes);
    }

    static MqttOptions ReadMqtt(OptionReader read)
    {
        var server = read.Text("Mqtt:Server") is null ? ((string, int)?)null
            : read.Parse("Mqtt:Server", default, "host:port of a broker, like 192.168.1.2:1883", HostAndPort);
        var caFile = read.Text("Mqtt:CaFile") is { } file ? Path.GetFullPath(file) : null;
        if (caFile is not null && !File.Exists(caFile))
            read.Mistake("Mqtt:CaFile", $"there is no file '{caFile}'.");
        if (read.Text("Mqtt:Password") is not null && read.Text("Mqtt:User") is null)
            read.Mistake("Mqtt:User", "is missing beside Mqtt:Password.");
        var root = read.ParseObject("Mqtt:Root", "sitsense", "a topic without wildcards and without / at its ends",
            text => text.AsSpan().ContainsAny("+#$\0") || text.Split('/').Contains("") ? null : text);
        return new(server, read.Text("Mqtt:User"), read.Text("Mqtt:Password"), caFile, read.Text("Mqtt:ClientId") ?? "sitsense-worker", root);
    }

    static BrokerOptions ReadBroker(OptionReader read)
    {
        var address = read.ParseObject("Broker:Address", IPAddress.Loopback, "an IP address", text => IPAddress.TryParse(text, out var ip) ? ip : null);
        var users = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var user in read.Children("Broker:Users"))
        {
            var name = $"Broker:Users:{user.Key}";
            if (user.Key.AsSpan().ContainsAny("/+#\0"))
                read.Mistake(name, "a user's name is a level of a topic, so it has no /, + or #.");
            else if (string.IsNullOrEmpty(user.Value))
                read.Mistake(name, "has no password.");
            else if (Password.Problem(user.Value) is { } problem)
                read.Mistake(name, problem);
            else
                users[user.Key] = user.Value;
        }
        var admins = read.Children("Broker:Admins").Select(child => child.Value)
            .Concat((read.Text("Broker:Admins") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var admin in admins.Where(admin => !read.Children("Broker:Users").Any(user => user.Key == admin)))
            read.Mistake("Broker:Admins", $"'{admin}' is no user; set Broker:Users:{admin}.");
        if (users.Count == 0 && !IPAddress.IsLoopback(address) && read.Text("Mqtt:Server") is null)
            read.Mistake("Broker:Address", $"{address} can be reached from other machines, so set a password in Broker:Users:<name> first.");
        return new(address, read.Integer("Broker:Port", 1883, 0, 65535), users, admins, read.Integer("Broker:MaxPacketBytes", 262144, 1024, 268435455));
    }

    static (string Host, int Port)? HostAndPort(string text) =>
        Uri.TryCreate($"mqtt://{text}", UriKind.Absolute, out var uri) && uri is { Port: > 0, UserInfo: "", PathAndQuery: "" or "/" }
            ? (uri.DnsSafeHost, uri.Port) : null;

    static Uri? HttpUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;

    static DateTimeZone MachineZone()
    {
        try
        {
            return DateTimeZoneProviders.Tzdb.GetSystemDefault();
        }
        catch (NodaTime.TimeZones.DateTimeZoneNotFoundException)
        {
            return DateTimeZone.Utc;
        }
    }
}
