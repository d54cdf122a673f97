namespace SitSense.Service.Web;

/// <summary><c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c>.</summary>
static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => TypedResults.Text("alive\n")).ExcludeFromDescription();
        app.MapGet("/readyz", (Readiness readiness) => readiness.Missing() is { } missing
            ? Results.Problem(missing, statusCode: StatusCodes.Status503ServiceUnavailable, title: "Not ready")
            : Results.Text("ready\n")).ExcludeFromDescription();
        app.MapGet("/metrics", (PrometheusMetrics metrics) => TypedResults.Text(metrics.Write(), "text/plain; version=0.0.4; charset=utf-8")).ExcludeFromDescription();
    }
}
