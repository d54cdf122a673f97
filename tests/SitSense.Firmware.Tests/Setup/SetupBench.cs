using System.Net;
using SitSense.Firmware.Tests.Twin;
using SitSense.Twin;

namespace SitSense.Firmware.Tests.Setup;

/// <summary>A twin that nobody has set up, and a visitor of its page who speaks real HTTP. Virtual time goes at the pace of the real one while a page is asked for.</summary>
sealed class SetupBench : IDisposable
{
    static readonly TimeSpan Boot = TimeSpan.FromSeconds(5);

    readonly TempFolder folder = new();
    readonly HttpClient visitor = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30) };

    public SetupBench(bool bySetup = true) => Twin = new TwinDevice(new TwinOptions
    {
        Device = "desk-1",
        FlashFolder = folder.Path,
        BySetup = bySetup,
        Speed = 0,
        NeverPassesRealNow = false,
        StartUtc = new DateTime(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc),
        Zone = TimeZoneInfo.Utc,
    });

    public TwinDevice Twin { get; }

    public Uri? Page => Twin.Board.Network.AccessPoint.Page;

    /// <summary>A form that is filled in well.</summary>
    public static Dictionary<string, string> Good() => new()
    {
        ["device"] = "desk-7", ["sensor"] = "belt", ["pads"] = "4", ["ssid"] = "Zuhause & Büro", ["wifipassword"] = "gehe!m+17%",
        ["host"] = "127.0.0.1", ["port"] = "", ["user"] = "desk-7", ["password"] = "brokersecret", ["ca"] = "", ["offset"] = "+01:00",
        ["quietfrom"] = "22:00", ["quietto"] = "07:00",
    };

    public SetupBench PowerOn()
    {
        Twin.PowerOn();
        Twin.Run(Boot);
        return this;
    }

    public Task<(HttpStatusCode Status, string Body)> GetAsync() => AskAsync(() => visitor.GetAsync(Page));

    public Task<(HttpStatusCode Status, string Body)> PostAsync(Dictionary<string, string> form) =>
        AskAsync(() => visitor.PostAsync(Page, new FormUrlEncodedContent(form)));

    /// <summary>Sends a request, and lets the device live until it is answered.</summary>
    public async Task<(HttpStatusCode Status, string Body)> AskAsync(Func<Task<HttpResponseMessage>> ask)
    {
        using var response = await LetLive(ask());
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => LetLive(visitor.SendAsync(request));

    /// <summary>Lets the device live at the pace of real time until something has happened.</summary>
    public async Task<T> LetLive<T>(Task<T> happening)
    {
        Twin.Board.Clock.Speed = 1;
        while (!happening.IsCompleted)
            await Task.Run(() => Twin.Run(TimeSpan.FromMilliseconds(50)));
        Twin.Board.Clock.Speed = 0;
        return await happening;
    }

    /// <summary>All that is on the flash, as text.</summary>
    public string Flash(string file) => string.Join('\n', Directory.GetFiles(folder.Path, file).Select(File.ReadAllText));

    /// <summary>Leaves no byte free on the flash.</summary>
    public void FillFlash() => Twin.Board.Flash.Capacity = new DirectoryInfo(folder.Path).GetFiles().Sum(file => file.Length);

    public void Deploy(string json) => File.WriteAllText(Path.Combine(folder.Path, "sitsense.json"), json);

    public void Dispose()
    {
        visitor.Dispose();
        Twin.Dispose();
        folder.Dispose();
    }
}
