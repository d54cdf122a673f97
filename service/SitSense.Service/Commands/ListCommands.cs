using System.CommandLine;
using NodaTime;
using SitSense.Service.Days;
using SitSense.Service.Web;

namespace SitSense.Service.Commands;

/// <summary>Shows who and what is known.</summary>
static class ListCommands
{
    public static Command Devices(Invocation invocation)
    {
        var command = new Command("devices", "Lists every device that was ever heard, and what it last said.");
        command.SetAction(async (parsed, cancel) =>
        {
            await using var store = invocation.OpenStore();
            var wearing = new Wearing(await store.AssignmentsAsync(cancel));
            var now = Instant.FromDateTimeOffset(invocation.Clock.GetUtcNow());
            var devices = (await store.DevicesAsync(cancel)).Select(device => DeviceJson.Of(device, wearing.WearerOf(device.Device, now))).ToList();
            invocation.Write(parsed, devices, ["device", "wearer", "online", "posture", "since", "last seen", "battery"],
                one => [one.Device, one.Wearer, one.Online ? "yes" : "no", one.Posture, one.Since, one.LastSeen, one.Battery is { } share ? $"{share:P0}" : null]);
        });
        return command;
    }

    public static Command Wearers(Invocation invocation)
    {
        var command = new Command("wearers", "Lists every wearer with their zone and devices.");
        command.SetAction(async (parsed, cancel) =>
        {
            await using var store = invocation.OpenStore();
            var book = new DayBook(store, invocation.Options);
            var now = Instant.FromDateTimeOffset(invocation.Clock.GetUtcNow());
            var wearers = (await store.WearersAsync(cancel)).Select(one => WearerJson.Of(one, book.ZonesOf(one.Settings), now)).ToList();
            invocation.Write(parsed, wearers, ["wearer", "zone", "devices"], one => [one.Wearer, one.Zone, string.Join(' ', one.Devices)]);
        });
        return command;
    }
}
