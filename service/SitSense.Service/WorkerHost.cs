using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging.Console;
using SitSense.Service.Broker;
using SitSense.Service.Days;
using SitSense.Service.Ingest;
using SitSense.Service.Options;
using SitSense.Service.Storage;
using SitSense.Service.Storage.Influx;
using SitSense.Service.Storage.Outbox;
using SitSense.Service.Web;

namespace SitSense.Service;

/// <summary>Puts the worker's parts together. Everything that happens in it happens in one of these services.</summary>
public static class WorkerHost
{
    /// <summary>A command ends within 10 s of a signal; this leaves time to leave.</summary>
    static readonly TimeSpan StopTime = TimeSpan.FromSeconds(8);

    /// <summary>The worker over an open store, which stays its owner's to close.</summary>
    /// <param name="options">Checked options.</param>
    /// <param name="store">The store of record; where InfluxDB is configured an <see cref="IOutbox"/> too.</param>
    /// <param name="configuration">Where the section <c>Logging</c> is looked for; null = nowhere.</param>
    /// <param name="adjust">Replaces services, for tests.</param>
    public static WebApplication Build(SitSenseOptions options, IStore store, IConfiguration? configuration = null, Action<IServiceCollection>? adjust = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(WorkerHost).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().UseUrls(options.Web.Url.ToString());
        builder.Services.AddRouting();
        builder.Logging.AddSimpleConsole(line => (line.SingleLine, line.TimestampFormat, line.UseUtcTimestamp, line.ColorBehavior) =
            (true, "yyyy-MM-ddTHH:mm:ssZ ", true, LoggerColorBehavior.Disabled));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        foreach (var loud in (string[])["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"])
            builder.Logging.AddFilter(loud, LogLevel.None);     // a failed start is told in one line, by whoever started
        if (configuration is not null)
            builder.Logging.AddConfiguration(configuration.GetSection("Logging"));
        builder.Services
            .Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .Configure<HostOptions>(host => host.ShutdownTimeout = StopTime)
            .AddMetrics()
            .AddSitSensePage(options.Web.Url)
            .AddSingleton<IHostLifetime, NoLifetime>()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(options)
            .AddSingleton(store)
            .AddSingleton<Readiness>()
            .AddSingleton<Inbox>()
            .AddSingleton<IngestMetrics>()
            .AddSingleton<LiveFeed>()
            .AddSingleton<DayBook>()
            .AddSingleton<DayUpkeep>()
            .AddBackground<DayKeeper>()
            .AddBackground<LiveReporter>()
            .AddBackground<Ingester>();     // started before the brokers, so that it ends after them
        if (options.Mqtt.Server is null)
            builder.Services.AddBackground<EmbeddedBroker>().AddSingleton<IBroker>(provider => provider.GetRequiredService<EmbeddedBroker>()).AddBackground<ErasedTopics>();
        else
            builder.Services.AddBackground<RemoteBroker>().AddSingleton<IBroker>(provider => provider.GetRequiredService<RemoteBroker>());
        builder.Services.AddBackground<DeviceSettings>();
        if (options.Influx.Url is not null)
            builder.Services.AddSingleton((IOutbox)store).AddSingleton(options.Influx).AddSingleton<InfluxMetrics>().AddBackground<InfluxPublisher>();
        adjust?.Invoke(builder.Services);
        return builder.Build().MapSitSensePage();
    }

    /// <summary>Starts a worker and lets it work until <paramref name="stop"/>, then ends it cleanly.</summary>
    /// <exception cref="Failure">It cannot start, or cannot go on.</exception>
    public static async Task RunAsync(WebApplication worker, CancellationToken stop)
    {
        await StartAsync(worker, stop);
        var ended = worker.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, ended);
        await Task.Delay(Timeout.Infinite, either.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        await worker.StopAsync(CancellationToken.None);
        if (worker.Services.GetServices<IHostedService>().OfType<BackgroundService>().Select(service => service.ExecuteTask?.Exception).FirstOrDefault(one => one is not null) is { } fault)
            throw fault.InnerException as Failure ?? new Failure($"The worker cannot go on: {fault.InnerException?.Message}", fault);
    }

    /// <summary>Starts a worker.</summary>
    /// <exception cref="Failure">A port is in use.</exception>
    public static async Task StartAsync(WebApplication worker, CancellationToken cancel)
    {
        var url = worker.Services.GetRequiredService<SitSenseOptions>().Web.Url;
        try
        {
            await worker.StartAsync(cancel);
        }
        catch (Exception problem) when (problem is IOException { InnerException: AddressInUseException } or SocketException)
        {
            throw new Failure($"The page cannot listen on {url.Authority} ({problem.Message}). Stop what uses it, or choose another address with --Web:Url=http://127.0.0.1:<port>.", problem);
        }
        var address = worker.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        worker.Logger.LogInformation("The page is on {Address}.", address);
    }

    /// <summary>A background service that others can ask for, too.</summary>
    public static IServiceCollection AddBackground<T>(this IServiceCollection services) where T : class, IHostedService =>
        services.AddSingleton<T>().AddHostedService(provider => provider.GetRequiredService<T>());

    /// <summary>Signals are the program's business, not the host's.</summary>
    sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancel) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;
    }
}
