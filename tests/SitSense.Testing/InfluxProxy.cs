using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SitSense.Testing;

/// <summary>
/// Maps <c>/api/v2/write?bucket=</c> onto <c>/write?db=</c> of an InfluxDB 1 as 1.8 does by itself, and hands the rest through. A test can look at
/// every write, answer in the server's place, and let the proxy delete like InfluxDB 2.
/// </summary>
public sealed class InfluxProxy : IAsyncDisposable
{
    readonly HttpClient _http = new();
    readonly int _serverPort;
    WebApplication? _app;

    InfluxProxy(int serverPort) => _serverPort = serverPort;

    /// <summary>A write as the client sent it.</summary>
    public sealed record Write(string Bucket, string Org, string Precision, string? Token, bool Gzip, string[] Lines);

    /// <summary>Where it listens; the same after it was stopped.</summary>
    public string Url { get; private set; } = "http://127.0.0.1:0";

    /// <summary>All writes so far, also those that were refused.</summary>
    public ConcurrentQueue<Write> Writes { get; } = [];

    /// <summary>Answers a write in the server's place: a status and a body, or null to let it through.</summary>
    public Func<Write, (int Status, string Body)?> Answer { get; set; } = _ => null;

    /// <summary>Does <c>/api/v2/delete</c> work, as in InfluxDB 2?</summary>
    public bool Deletes { get; set; }

    internal static async Task<InfluxProxy> StartAsync(int serverPort)
    {
        var proxy = new InfluxProxy(serverPort);
        await proxy.ListenAsync();
        return proxy;
    }

    internal async Task ListenAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(Url);
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(HandleAsync);
        await _app.StartAsync();
        Url = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    internal async Task StopAsync()
    {
        await _app!.StopAsync(new CancellationToken(true));
        await _app.DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
    }

    Task HandleAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/api/v2/write" => WriteAsync(context),
        "/api/v2/delete" when Deletes => DeleteAsync(context),
        _ => HandAsync(context, context.Request.Path + context.Request.QueryString.Value, context.Request.Method == "GET" ? null : new StreamContent(context.Request.Body)),
    };

    async Task WriteAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var gzip = context.Request.Headers.ContentEncoding == "gzip";
        using var reader = new StreamReader(gzip ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body, Encoding.UTF8);
        var lines = await reader.ReadToEndAsync();
        var write = new Write(query["bucket"].ToString(), query["org"].ToString(), query["precision"].ToString(), context.Request.Headers.Authorization, gzip, lines.Split('\n'));
        Writes.Enqueue(write);
        if (Answer(write) is { } answer)
        {
            context.Response.StatusCode = answer.Status;
            await context.Response.WriteAsync(answer.Body);
        }
        else
            await HandAsync(context, $"/write?db={Uri.EscapeDataString(write.Bucket)}&precision={write.Precision}", new StringContent(lines));
    }

    async Task DeleteAsync(HttpContext context)
    {
        using var json = await JsonDocument.ParseAsync(context.Request.Body);
        var (from, to) = (json.RootElement.GetProperty("start").GetString(), json.RootElement.GetProperty("stop").GetString());
        var conditions = Regex.Matches(json.RootElement.GetProperty("predicate").GetString()!, "(\\w+)=\"([^\"]*)\"").Select(m => (Name: m.Groups[1].Value, Value: m.Groups[2].Value)).ToList();
        var measurement = conditions.Where(c => c.Name == "_measurement").Select(c => $"FROM \"{c.Value}\" ").FirstOrDefault("");
        var where = string.Concat(conditions.Where(c => c.Name != "_measurement").Select(c => $" AND \"{c.Name}\"='{c.Value}'"));
        await HandAsync(context, $"/query?db={context.Request.Query["bucket"]}&q={Uri.EscapeDataString($"DELETE {measurement}WHERE time >= '{from}' AND time <= '{to}'{where}")}", new StringContent(""), 204);
    }

    async Task HandAsync(HttpContext context, string resource, HttpContent? content, int? success = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), $"http://127.0.0.1:{_serverPort}{resource}") { Content = content };
        using var answer = await _http.SendAsync(request);
        context.Response.StatusCode = answer.IsSuccessStatusCode && success is not null ? success.Value : (int)answer.StatusCode;
        if (answer.Headers.TryGetValues("X-Influx-Error", out var error) || answer.Headers.TryGetValues("X-Influxdb-Error", out error))
            context.Response.Headers["X-Influx-Error"] = error.ToArray();
        if (context.Response.StatusCode != 204)
            await context.Response.WriteAsync(await answer.Content.ReadAsStringAsync());
    }
}
