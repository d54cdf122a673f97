using NodaTime;
using SitSense.Service.Days;
using SitSense.Service.Storage;

namespace SitSense.Service.Web;

/// <summary>Devices, who has them, and what was refused.</summary>
static class DeviceEndpoints
{
    const int RefusedShown = 1000;

    public static void MapDevices(this IEndpointRouteBuilder api)
    {
        api.MapGet("/devices", async (IStore store, TimeProvider clock, CancellationToken cancel) =>
        {
            var wearing = new Wearing(await store.AssignmentsAsync(cancel));
            var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
            return (await store.DevicesAsync(cancel)).Select(device => DeviceJson.Of(device, wearing.WearerOf(device.Device, now)));
        });
        api.MapPut("/assignments", async (AssignmentBody body, IStore store, CancellationToken cancel) =>
        {
            await store.AssignAsync(body.Read(), cancel);
            return TypedResults.NoContent();
        });
        api.MapGet("/refused", async (IStore store, CancellationToken cancel) =>
            (await store.RefusedAsync(RefusedShown, cancel)).Select(RefusedJson.Of));
    }
}
