using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SitSense.EndToEnd.Tests;

/// <summary>A worker as its user starts it, on free ports and in a folder of its own, and its API.</summary>
sealed partial class Worker : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    HttpClient http = null!;

    Worker(string folder, string command, string[] options)
    {
        Folder = folder;
        Process = Started.Service(folder, [command, "--Web:Url=http://127.0.0.1:0", "--Broker:Port=0", .. options]);
    }

    public Started Process { get; }

    public string Folder { get; }

    /// <summary>Its page.</summary>
    public string Url => http.BaseAddress!.ToString();

    /// <summary>Starts a command that serves, and waits until it is ready.</summary>
    public static async Task<Worker> StartAsync(string folder, string command, params string[] options)
    {
        var worker = new Worker(folder, command, options);
        await worker.UntilAsync(() => Task.FromResult(Page().IsMatch(worker.Process.Errors)), "listening");
        worker.http = new HttpClient { BaseAddress = new Uri(Page().Match(worker.Process.Errors).Value) };
        await worker.UntilAsync(async () => (await worker.http.GetAsync("readyz")).StatusCode == HttpStatusCode.OK, "ready");
        return worker;
    }

    public async Task<JsonElement> GetAsync(string path) => JsonDocument.Parse(await http.GetStringAsync("api/v1/" + path)).RootElement;

    public async Task PutAsync(string path, string json)
    {
        using var answer = await http.PutAsync("api/v1/" + path, new StringContent(json, System.Text.Encoding.UTF8, "application/json"));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>One day of a wearer.</summary>
    public async Task<JsonElement> DayAsync(string wearer, string date) => (await GetAsync($"wearers/{wearer}/days?from={date}&to={date}"))[0];

    /// <summary>Waits until something holds that follows from what was done, as long as a slow machine may need.</summary>
    public async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            try
            {
                if (await holds())
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            Assert.True(since.Elapsed < Patience, $"waited in vain until {what}:\n{Process.Errors}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Process.DisposeAsync();
    }

    [GeneratedRegex(@"(?<=The page is on )http://\S+:\d+")]
    private static partial Regex Page();
}
