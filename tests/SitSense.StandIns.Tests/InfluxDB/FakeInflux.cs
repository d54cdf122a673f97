using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace SitSense.StandIns.Tests.InfluxDB;

/// <summary>An HTTP server that remembers what it was asked and answers as it is told.</summary>
sealed class FakeInflux : IAsyncDisposable
{
    readonly WebApplication _app;

    FakeInflux()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public sealed record Request(string Method, string Target, IHeaderDictionary Headers, string Body);

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public ConcurrentQueue<Request> Requests { get; } = [];

    public Func<HttpContext, Task> Answer { get; set; } = context =>
    {
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    };

    public static async Task<FakeInflux> StartAsync()
    {
        var fake = new FakeInflux();
        await fake._app.StartAsync();
        return fake;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body, Encoding.UTF8);
        Requests.Enqueue(new Request(request.Method, request.Path + request.QueryString.Value, new HeaderDictionary(request.Headers.ToDictionary()), await reader.ReadToEndAsync()));
        await Answer(context);
    }
}
