using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;

namespace SitSense.Testing;

/// <summary>
/// A real InfluxDB 1.x on free ports with its data in a folder of its own, behind <see cref="InfluxProxy"/>, which gives it the write path
/// of 1.8 and later. It can be killed and brought back.
/// </summary>
public sealed class InfluxServer : IAsyncDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("sitsense-influx-").FullName;
    readonly string _program = Needs.Program("influxd", "influxdb");
    readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    readonly int _port = Ports.Free();
    readonly ConcurrentQueue<string> _log = [];
    InfluxProxy? _proxy;
    Process? _process;

    InfluxServer() => File.WriteAllText(Path.Combine(_folder, "influxdb.conf"), $"""
        bind-address = "127.0.0.1:{Ports.Free()}"
        reporting-disabled = true
        [meta]
          dir = "{_folder}/meta"
        [data]
          dir = "{_folder}/data"
          wal-dir = "{_folder}/wal"
        [monitor]
          store-enabled = false
        [http]
          bind-address = "127.0.0.1:{_port}"
          log-enabled = false
        """);

    /// <summary>Where a client of InfluxDB 2 writes.</summary>
    public string Url => _proxy!.Url;

    /// <summary>What stands between the client and the server, to look at and to spoil.</summary>
    public InfluxProxy Proxy => _proxy!;

    /// <summary>Starts one that has a bucket.</summary>
    public static async Task<InfluxServer> StartAsync(string bucket = "sitsense")
    {
        for (var attempt = 0; ; attempt++)
        {
            var server = new InfluxServer();
            if (await server.TryStartAsync())
            {
                server._proxy = await InfluxProxy.StartAsync(server._port);
                await server.CreateBucketAsync(bucket);
                return server;
            }
            var log = string.Join('\n', server._log);
            await server.DisposeAsync();
            if (attempt == 5)
                throw new InvalidOperationException($"influxd does not start:\n{log}");
        }
    }

    /// <summary>Makes a bucket (a database of InfluxDB 1).</summary>
    public Task CreateBucketAsync(string bucket) => QueryAsync($"CREATE DATABASE \"{bucket}\"", "");

    /// <summary>The rows that a query of InfluxQL answers, by column; tags of GROUP BY are columns too, and times are in milliseconds.</summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, JsonElement>>> QueryAsync(string influxQl, string bucket = "sitsense")
    {
        using var answer = await _http.PostAsync($"http://127.0.0.1:{_port}/query?db={bucket}&epoch=ms&q={Uri.EscapeDataString(influxQl)}", null);
        var text = await answer.Content.ReadAsStringAsync();
        var result = JsonDocument.Parse(text).RootElement;
        if (!answer.IsSuccessStatusCode || result.GetProperty("results")[0].TryGetProperty("error", out _))
            throw new InvalidOperationException($"{influxQl}: {text}");
        return result.GetProperty("results")[0].TryGetProperty("series", out var series) ? [.. series.EnumerateArray().SelectMany(Rows)] : [];
    }

    /// <summary>Kills the server and closes its port, as if its machine were gone.</summary>
    public async Task LeaveAsync()
    {
        await _proxy!.StopAsync();
        await KillAsync();
    }

    /// <summary>Brings it back with what it had.</summary>
    public async Task ReturnAsync()
    {
        if (!await TryStartAsync())
            throw new InvalidOperationException($"influxd did not come back:\n{string.Join('\n', _log)}");
        await _proxy!.ListenAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null)
            await _proxy.DisposeAsync();
        await KillAsync();
        _process?.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, true);
    }

    static IEnumerable<IReadOnlyDictionary<string, JsonElement>> Rows(JsonElement series)
    {
        if (!series.TryGetProperty("values", out var values))
            yield break;
        var columns = series.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!).ToArray();
        foreach (var value in values.EnumerateArray())
        {
            var row = columns.Zip(value.EnumerateArray()).ToDictionary(cell => cell.First, cell => cell.Second);
            if (series.TryGetProperty("tags", out var tags))
                foreach (var tag in tags.EnumerateObject())
                    row[tag.Name] = tag.Value;
            yield return row;
        }
    }

    async Task<bool> TryStartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(_program, ["-config", Path.Combine(_folder, "influxdb.conf")]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromSeconds(60) && !_process.HasExited; await Task.Delay(50))
            try
            {
                using var answer = await _http.GetAsync($"http://127.0.0.1:{_port}/ping");
                if (answer.IsSuccessStatusCode)
                    return true;
            }
            catch (HttpRequestException error) when (error.InnerException is SocketException)
            {
                // Not listening yet.
            }
        return false;
    }

    async Task KillAsync()
    {
        if (_process is not { HasExited: false })
            return;
        _process.Kill();
        await _process.WaitForExitAsync();
    }
}
