using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.FileProviders;
using SitSense.Service.Web.Report;

namespace SitSense.Service.Web;

/// <summary>Puts the page and the API into a web host.</summary>
public static class PageSetup
{
    /// <summary>Adds what the page and the API need.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="url">Where it will listen; on a loopback address only loopback names are answered, so that no other site can reach it through a name of its own (DNS rebinding).</param>
    public static IServiceCollection AddSitSensePage(this IServiceCollection services, Uri url)
    {
        services.AddProblemDetails();
        services.AddApiDescription();
        services.AddSingleton<PrometheusMetrics>();
        if (url.IsLoopback)
            services.Configure<HostFilteringOptions>(hosts => hosts.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"]);
        return services;
    }

    /// <summary>Maps the page, the API, health and metrics.</summary>
    public static WebApplication MapSitSensePage(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseHostFiltering();
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            return next(context);
        });
        var page = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = page });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = page,
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
        app.MapOpenApi("/openapi.json");
        app.MapHealth();
        app.MapReport();
        var api = app.MapGroup("/api/v1").AddEndpointFilter(BadRequest.Answer);
        api.MapWearers();
        api.MapDevices();
        api.MapLive();

        // The listener counts from here on, not from the first look.
        app.Services.GetRequiredService<PrometheusMetrics>();
        return app;
    }
}
