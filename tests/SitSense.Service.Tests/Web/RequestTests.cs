using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using SitSense.Service.Tests.Running;

namespace SitSense.Service.Tests.Web;

public class RequestTests
{
    const string Years = "of the years 1900 to 9000", Blanks = "not only blanks";

    [Fact]
    public async Task What_the_api_cannot_take_is_told_with_status_400()
    {
        await using var worker = await TestWorker.StartAsync();
        using var http = new HttpClient { BaseAddress = new(worker.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        await PutAsync("wearers/anna", new { zone = "Europe/Berlin" });
        foreach (var asked in (string[])["days?", "hours?", "summary?by=week&", "summary?by=period&", "timeline?date=9999-12-31&", "days?slice=waking&"])
            foreach (var date in (string[])["9999-12-31", "9001-01-01", "1899-12-31", "-9998-01-01"])
                await RefusesAsync(await http.GetAsync($"api/v1/wearers/anna/{asked}from={date}&to={date}"), Years);
        await RefusesAsync(await http.GetAsync("api/v1/wearers/anna/timeline?from=9999-12-31T00:00:00Z&to=9999-12-31T23:00:00Z"), Years);
        await RefusesAsync(await http.GetAsync("api/v1/wearers/anna/days?slice=9999-12-31T00:00:00Z/9999-12-31T23:00:00Z"), "is none of");
        await RefusesAsync(await http.GetAsync("wearers/anna/report?to=9999-12-31"), Years);
        await RefusesAsync(await PutAsync("wearers/anna", new { moves = new Dictionary<string, string> { ["9999-12-31"] = "Asia/Tokyo" } }), Years);
        await RefusesAsync(await PutAsync("assignments", new { device = "chair", wearer = "anna", from = "0001-01-01T00:00:00Z" }), Years);
        await RefusesAsync(await PutAsync("assignments", new { device = "chair", wearer = "  " }), Blanks);
        await RefusesAsync(await PutAsync("wearers/%20%20", new { zone = "Europe/Berlin" }), Blanks);
        foreach (var date in (string[])["1900-01-01", "9000-12-31"])
            foreach (var asked in (string[])["days?", "hours?", "summary?by=week&", "summary?by=period&", $"timeline?date={date}&", "days?slice=waking&"])
                Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"api/v1/wearers/anna/{asked}from={date}&to={date}")).StatusCode);

        Task<HttpResponseMessage> PutAsync(string what, object body) => http.PutAsJsonAsync($"api/v1/{what}", body);
    }

    static async Task RefusesAsync(HttpResponseMessage answer, string says)
    {
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains(says, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString());
    }
}
