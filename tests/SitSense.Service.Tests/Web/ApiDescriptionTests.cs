using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SitSense.Service.Tests.Running;

namespace SitSense.Service.Tests.Web;

public sealed class ApiDescriptionTests
{
    static readonly string[] ForMachines = ["/healthz", "/readyz", "/metrics", "/openapi.json"];

    [Fact]
    public async Task Every_endpoint_is_in_the_description_and_in_the_docs()
    {
        await using var worker = await TestWorker.StartAsync();
        var described = (await DescriptionAsync(worker)).GetProperty("paths").EnumerateObject().Select(path => path.Name).Order().ToArray();
        var served = worker.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/')).Where(path => !path.Contains("documentName")).Distinct();
        Assert.Equal(served.Except(ForMachines).Order(), described);
        var docs = await File.ReadAllTextAsync(Docs("api.md"));
        Assert.All([.. described, .. ForMachines], path => Assert.Matches(Regex.Escape(path.Replace("{wearer}", "{w}")) + @"[ ?`]", docs));
    }

    [Fact]
    public async Task Dates_and_times_are_described_as_text_and_numbers_as_numbers()
    {
        await using var worker = await TestWorker.StartAsync();
        var schemas = (await DescriptionAsync(worker)).GetProperty("components").GetProperty("schemas");
        Assert.Equal("""{"type":"string","format":"date"}""", Compact(schemas.GetProperty("LocalDate")));
        Assert.Equal("""{"type":"string","format":"date-time"}""", Compact(schemas.GetProperty("OffsetDateTime")));
        Assert.Equal("integer", schemas.GetProperty("PeriodSummary").GetProperty("properties").GetProperty("validDays").GetProperty("type").GetString());
    }

    static string Compact(JsonElement json) => JsonSerializer.Serialize(json);

    static async Task<JsonElement> DescriptionAsync(TestWorker worker)
    {
        using var http = new HttpClient { BaseAddress = new(worker.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        return await http.GetFromJsonAsync<JsonElement>("openapi.json");
    }

    static string Docs(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "docs")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "docs", name);
    }
}
