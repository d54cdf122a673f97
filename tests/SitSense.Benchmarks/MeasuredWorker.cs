using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SitSense.Benchmarks;

/// <summary>The worker as a process of its own, in a folder of its own, read through its metrics.</summary>
sealed class MeasuredWorker : IAsyncDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("sitsense-benchmark-").FullName;
    readonly HttpClient http = new();
    readonly TaskCompletionSource<string> page = new(), broker = new();
    readonly Process process;

    public MeasuredWorker(params string[] options)
    {
        process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "SitSense.Service.dll"), "--Broker:Port=0", "--Web:Url=http://127.0.0.1:0", .. options])
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += (_, line) => Read(line.Data ?? "");
        process.BeginErrorReadLine();
    }

    /// <summary>The embedded broker's port.</summary>
    public async Task<int> PortAsync() => int.Parse((await broker.Task).Split(':')[^1], CultureInfo.InvariantCulture);

    public async Task ReadyAsync()
    {
        while (!(await http.GetAsync(await page.Task + "/readyz")).IsSuccessStatusCode)
            await Task.Delay(50);
    }

    /// <summary>What the page or the API answers.</summary>
    public async Task<string> GetAsync(string path, CancellationToken cancel = default) => await http.GetStringAsync(await page.Task + path, cancel);

    /// <summary>A metric's value now.</summary>
    public async Task<double> MetricAsync(string name)
    {
        var text = await GetAsync("/metrics");
        return double.Parse(Regex.Match(text, $@"^{name} (\S+)$", RegexOptions.Multiline).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>Processor time used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory in bytes.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    void Read(string line)
    {
        if (Regex.Match(line, @"The page is on (\S+)\.$") is { Success: true } web)
            page.TrySetResult(web.Groups[1].Value);
        else if (Regex.Match(line, @"The broker listens on (\S+)\.$") is { Success: true } mqtt)
            broker.TrySetResult(mqtt.Groups[1].Value);
        else if (!line.Contains(" info: ", StringComparison.Ordinal) && line.Length > 0)
            Console.Error.WriteLine(line);
    }

    public async ValueTask DisposeAsync()
    {
        Process.Start("kill", ["-TERM", $"{process.Id}"]).WaitForExit();
        await process.WaitForExitAsync();
        process.Dispose();
        http.Dispose();
        Directory.Delete(folder, true);
    }
}
