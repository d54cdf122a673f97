using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using SitSense.Service.Days;
using SitSense.Sitting;

namespace SitSense.Service.Web;

/// <summary>What happens, as it happens: server-sent events <c>change</c>, <c>day</c> and <c>device</c>.</summary>
static class LiveEndpoints
{
    public static void MapLive(this IEndpointRouteBuilder api) =>
        api.MapGet("/live", (LiveFeed feed, IHostApplicationLifetime host, HttpContext context) =>
        {
            // A follower would hold up the stop of the host for as long as the page stays open.
            var cancel = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping);
            context.Response.RegisterForDispose(cancel);
            return TypedResults.ServerSentEvents(Events(feed, cancel.Token));
        });

    static async IAsyncEnumerable<SseItem<JsonElement>> Events(LiveFeed feed, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var one in feed.FollowAsync(cancel))
            yield return one switch
            {
                ChangeEvent change => Item("change", new { change.Device, change.Wearer, at = Word.Of(change.At), posture = Word.Of(change.Posture) }),
                DeviceEvent device => Item("device", DeviceJson.Of(device.Device, device.Wearer)),
                DayEvent day => new SseItem<JsonElement>(JsonSerializer.SerializeToElement(day.Day, DayJson.Default.DayFigures), "day"),
                _ => throw new InvalidOperationException($"No name for {one.GetType().Name}."),
            };
    }

    static SseItem<JsonElement> Item<T>(string name, T data) => new(JsonSerializer.SerializeToElement(data, JsonSerializerOptions.Web), name);
}
