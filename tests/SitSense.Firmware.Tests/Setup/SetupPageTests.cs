using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using SitSense.Testing;
using SitSense.Twin.Hardware;

namespace SitSense.Firmware.Tests.Setup;

/// <summary>The page of a device that nobody has set up, through real HTTP.</summary>
public sealed class SetupPageTests : IDisposable
{
    readonly SetupBench bench = new();

    public void Dispose() => bench.Dispose();

    VirtualAccessPoint AccessPoint => bench.Twin.Board.Network.AccessPoint;

    [Fact]
    public async Task A_first_start_opens_a_wifi_without_a_password_that_shows_the_page()
    {
        bench.PowerOn();
        Assert.True(AccessPoint.IsOpen && AccessPoint.IsWithoutPassword);
        Assert.Matches("^sitsense-[0-9]{6}$", AccessPoint.Name);
        var (status, body) = await bench.GetAsync();
        Assert.Equal(HttpStatusCode.OK, status);
        foreach (var field in new[] { "ssid", "wifipassword", "host", "port", "user", "password", "tls", "ca", "sensor", "pads", "offset", "quietfrom", "quietto", "device" })
            Assert.Contains($"name={field} ", body + " ");
        Assert.Contains(AccessPoint.Name, body);
    }

    [Fact]
    public async Task The_page_is_small_and_loads_nothing()
    {
        var (_, body) = await bench.PowerOn().GetAsync();
        Assert.InRange(body.Length, 1000, 8000);
        foreach (var stranger in new[] { "<script", "src=", "href=\"http", "url(", "@import", "on" + "click" })
            Assert.DoesNotContain(stranger, body);
    }

    [Fact]
    public async Task Filled_in_well_it_is_saved_and_the_device_starts_anew_and_reports()
    {
        await using var broker = await Mosquitto.StartAsync();
        using var listener = SitSense.Firmware.Tests.Twin.Listener.To(broker);
        var form = SetupBench.Good();
        form["port"] = broker.Port.ToString();
        var (status, body) = await bench.PowerOn().PostAsync(form);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Saved", body);
        bench.Twin.Run(TimeSpan.FromSeconds(90));

        Assert.False(AccessPoint.IsOpen);
        Assert.Equal("Zuhause & Büro", bench.Twin.Board.Network.StoredName);
        listener.AwaitText("sitsense/desk-7/status", "online");
        var reported = listener.All("sitsense/desk-7/settings/reported")[^1];
        Assert.Equal(("belt", 60), ((string)reported["sensor"]!, (int)reported["utcOffsetMinutes"]!));
        Assert.Equal(["22:00", "07:00"], reported["quiet"]!.AsArray().Select(time => (string)time!));
    }

    [Fact]
    public async Task What_is_wrong_is_named_beside_its_field_what_was_typed_stays_and_nothing_is_saved()
    {
        var form = SetupBench.Good();
        foreach (var (field, text) in new[] { ("device", "Desk \"7\"<"), ("sensor", "seat"), ("pads", "9"), ("host", "mqtt://hub"), ("port", "70000"), ("offset", "+15:00"), ("quietto", "") })
            form[field] = text;
        var (status, body) = await bench.PowerOn().PostAsync(form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        foreach (var field in new[] { "device", "pads", "host", "port", "offset", "quietfrom" })
            Assert.Contains($"id={field}-e>", body);
        Assert.DoesNotContain("id=ssid-e>", body);
        foreach (var typed in new[] { "value=\"Desk &quot;7&quot;&lt;\"", "value=\"mqtt://hub\"", "value=\"70000\"", "value=\"Zuhause &amp; Büro\"", "value=\"22:00\"", "value=seat checked" })
            Assert.Contains(typed, body);
        Assert.Equal("", bench.Flash("setup*"));
        Assert.Equal(form["device"], WebUtility.HtmlDecode((await bench.GetAsync()).Body.Split("id=device")[1].Split("value=\"")[1].Split('"')[0]));
    }

    [Fact]
    public async Task A_password_is_never_shown_and_need_not_be_typed_again_when_something_else_was_wrong()
    {
        var form = SetupBench.Good();
        form["offset"] = "noon";
        var (_, body) = await bench.PowerOn().PostAsync(form);
        Assert.DoesNotContain("gehe!", body);
        Assert.DoesNotContain("brokersecret", body);
        form["offset"] = "-3:30";
        form["wifipassword"] = form["password"] = "";
        (var status, body) = await bench.PostAsync(form);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.DoesNotContain("brokersecret", body);
        var saved = bench.Flash("setup*");
        Assert.Contains("\"password\":\"gehe!m+17%\"", saved);
        Assert.Contains("\"password\":\"brokersecret\"", saved);
        Assert.Contains("\"utcOffsetMinutes\":-210", saved);
    }

    [Fact]
    public async Task A_password_is_told_to_no_other_network_or_broker_than_the_one_it_is_for()
    {
        var form = SetupBench.Good();
        form["offset"] = "noon";
        await bench.PowerOn().PostAsync(form);
        form = SetupBench.Good();
        form["wifipassword"] = form["password"] = "";
        form["ssid"] = "Other";
        form["host"] = "10.0.0.66";
        var (status, body) = await bench.PostAsync(form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("id=wifipassword-e>", body);
        Assert.Contains("id=password-e>", body);
        await bench.PostAsync(form);
        var saved = bench.Flash("setup*");
        Assert.Contains("\"wifi\":{\"ssid\":\"Other\",\"password\":\"\"}", saved);
        Assert.DoesNotContain("brokersecret", saved);
    }

    /// <summary>The page of a device that has a broker, after its button was held: whoever is near may fill it in.</summary>
    [Theory]
    [InlineData("host", "10.0.0.66")]
    [InlineData("port", "1884")]
    [InlineData("user", "other")]
    [InlineData("ssid", "Other")]
    [InlineData("wifipassword", "stranger's own")]
    [InlineData("ca", "another")]
    public async Task A_stored_password_of_the_broker_stays_while_all_is_that_says_who_hears_it(string field, string text)
    {
        bench.Deploy("""{"device":"desk-1","wifi":{"ssid":"home","password":"secret77"},"broker":{"host":"hub","user":"desk-1","password":"brokersecret"}}""");
        bench.PowerOn();
        bench.Twin.Press(TimeSpan.FromSeconds(11));
        bench.Twin.Run(TimeSpan.FromSeconds(30));
        var form = SetupBench.Good();
        foreach (var (name, same) in new[] { ("ssid", "home"), ("host", "hub"), ("user", "desk-1"), ("password", ""), ("wifipassword", ""), ("device", "desk-1") })
            form[name] = same;
        var changed = new Dictionary<string, string>(form) { [field] = text, ["offset"] = "noon" };
        var (_, body) = await bench.PostAsync(changed);
        Assert.Contains("id=password-e>", body);
        changed["offset"] = "+01:00";
        if (field == "host")
        {
            Assert.Equal(HttpStatusCode.OK, (await bench.PostAsync(changed)).Status);
            Assert.DoesNotContain("brokersecret", bench.Flash("setup*"));
            return;
        }
        form["wifipassword"] = field == "wifipassword" ? "secret77" : "";
        form["password"] = "";
        Assert.Equal(HttpStatusCode.OK, (await bench.PostAsync(form)).Status);
        Assert.Contains("\"password\":\"brokersecret\"", bench.Flash("setup*"));
    }

    [Theory]
    [InlineData("", "TLS needs the certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "no certificate")]
    public async Task Tls_needs_a_certificate_that_is_one(string ca, string line)
    {
        var form = SetupBench.Good();
        form["tls"] = "1";
        form["ca"] = ca;
        var (status, body) = await bench.PowerOn().PostAsync(form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(line, body);
        Assert.Contains("name=tls value=1 checked", body);
    }

    [Fact]
    public async Task Without_a_broker_it_may_only_remind()
    {
        var form = SetupBench.Good();
        form["host"] = form["user"] = form["password"] = "";
        var (status, _) = await bench.PowerOn().PostAsync(form);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\"broker\":null", bench.Flash("setup*"));
    }

    [Theory]
    [InlineData("generate_204", "connectivitycheck.gstatic.com")]
    [InlineData("hotspot-detect.html", "captive.apple.com")]
    [InlineData("connecttest.txt", "www.msftconnecttest.com")]
    public async Task A_phone_that_looks_for_the_internet_is_led_to_the_page(string path, string host)
    {
        bench.PowerOn();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(bench.Page!, path)) { Headers = { Host = host } };
        using var response = await bench.SendAsync(request);
        Assert.Equal((HttpStatusCode.Found, "http://192.168.4.1/"), (response.StatusCode, response.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task Visitors_who_say_nothing_nonsense_or_too_much_keep_nobody_out()
    {
        bench.PowerOn();
        using var silent = new TcpClient("127.0.0.1", bench.Page!.Port);
        using var gone = new TcpClient("127.0.0.1", bench.Page.Port);
        gone.Client.Send("GET / HT"u8);
        gone.Close();
        using var nonsense = new TcpClient("127.0.0.1", bench.Page.Port);
        nonsense.Client.Send("\0\0\r\n\r\n"u8);
        using (var large = await bench.SendAsync(new HttpRequestMessage(HttpMethod.Post, bench.Page)
        {
            Content = new ByteArrayContent(new byte[20_000]) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") } },
            Headers = { ExpectContinue = false },
        }))
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await bench.GetAsync()).Status);
    }

    [Fact]
    public async Task A_full_flash_is_told_and_nothing_is_taken_for_saved()
    {
        bench.PowerOn();
        bench.Twin.Board.Flash.Capacity = 0;
        var (status, body) = await bench.PostAsync(SetupBench.Good());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("the flash refuses", body);
        Assert.True(AccessPoint.IsOpen);
    }

    [Fact]
    public async Task Whoever_joins_finds_the_page_under_every_name()
    {
        bench.PowerOn();
        using var phone = new UdpClient("127.0.0.1", AccessPoint.PortOf(53)!.Value);
        phone.Send(DnsQuestion.For("captive.apple.com", type: 1));
        var answer = await bench.LetLive(phone.ReceiveAsync(TestContext.Current.CancellationToken).AsTask());
        Assert.Equal([192, 168, 4, 1], answer.Buffer[^4..]);
    }

    [Fact]
    public void A_message_that_cannot_be_answered_costs_nobody_the_page()
    {
        bench.PowerOn();
        var page = bench.Page;
        AccessPoint.UnsentDatagrams = 1;
        using var phone = new UdpClient("127.0.0.1", AccessPoint.PortOf(53)!.Value);
        for (var i = 0; i < 40; i++)
            phone.Send(DnsQuestion.For("captive.apple.com", type: 1));
        bench.Twin.Run(TimeSpan.FromSeconds(5));
        var from = new IPEndPoint(IPAddress.Any, 0);
        for (var i = 0; i < 39; i++)
            Assert.True(phone.Available > 0 && phone.Receive(ref from).Length > 0);
        Assert.Equal(page, bench.Page);
        Assert.Null(bench.Twin.Wrong);
    }

    [Theory]
    [InlineData("Content-Length: 2147483647", "413")]
    [InlineData("Content-Length: 10241", "413")]
    [InlineData("Content-Length: 4294967296", "400")]
    [InlineData("Content-Length: -1", "400")]
    [InlineData("Content-Length: 8\r\nContent-Length: 3", "400")]
    [InlineData("Transfer-Encoding: chunked", "400")]
    [InlineData("Content-Length: 8\r\nOrigin: http://stranger.example", "403")]
    [InlineData("Content-Length: 8\r\nOrigin: null", "403")]
    [InlineData("Content-Length: 8\r\nHost: stranger.example\r\nOrigin: http://stranger.example", "403")]
    [InlineData("Content-Length: 8\r\nHost: 192.168.4.1\r\nOrigin: http://192.168.4.1", "422")]
    [InlineData("Content-Length: 8\r\nHost: 127.0.0.1:43211\r\nOrigin: http://127.0.0.1:43211", "422")]
    [InlineData("Content-Length: 8", "422")]
    [InlineData("Content-Length: 0", "200")]
    [InlineData("Accept: */*", "200")]
    public async Task A_form_is_taken_whole_and_from_the_page_itself_only(string head, string status)
    {
        bench.PowerOn();
        Assert.Equal(status, (await SayAsync($"POST / HTTP/1.1\r\n{head}\r\n\r\n" + (head.Contains("10241") ? new string('=', 10241) : "device=?"))).Split(' ')[1]);
        if (status != "422")
            Assert.Contains($"value=\"{AccessPoint.Name}\"", (await bench.GetAsync()).Body);
    }

    [Fact]
    public async Task A_page_asked_for_by_name_is_led_to_its_address_so_that_its_form_is_its_own()
    {
        bench.PowerOn();
        Assert.Contains("302 Found", await SayAsync("GET / HTTP/1.1\r\nHost: neverssl.com\r\n\r\n"));
    }

    async Task<string> SayAsync(string request)
    {
        using var visitor = new TcpClient("127.0.0.1", bench.Page!.Port);
        visitor.Client.Send(System.Text.Encoding.UTF8.GetBytes(request));
        var answer = new byte[4096];
        var length = await bench.LetLive(visitor.Client.ReceiveAsync(answer, SocketFlags.None));
        return System.Text.Encoding.UTF8.GetString(answer, 0, length);
    }
}
