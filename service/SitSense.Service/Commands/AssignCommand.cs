using System.CommandLine;
using SitSense.Service.Storage;
using SitSense.Service.Web;

namespace SitSense.Service.Commands;

/// <summary>Says who has a device from when to when.</summary>
static class AssignCommand
{
    public static Command Create(Invocation invocation)
    {
        var device = new Argument<string>("device");
        var wearer = new Argument<string>("wearer");
        var from = new Option<string>("--from") { Description = "Since when, like 2026-11-01T08:00:00Z; since ever if not given." };
        var to = new Option<string>("--to") { Description = "Until when; until further notice if not given." };
        var command = new Command("assign", "Says who has a device; earlier assignments of that time give way, and the days concerned are worked out anew.") { device, wearer, from, to };
        command.SetAction(async (parsed, cancel) =>
        {
            var body = new AssignmentBody(parsed.GetValue(device), parsed.GetValue(wearer), parsed.GetValue(from), parsed.GetValue(to));
            await using var store = invocation.OpenStore();
            await store.AssignAsync(body.Read(), cancel);
            var all = (await store.AssignmentsAsync(cancel)).Where(one => one.Device == body.Device)
                .Select(one => new AssignmentBody(one.Device, one.Wearer, one.From is { } first ? Word.Of(first) : null, one.To is { } last ? Word.Of(last) : null)).ToList();
            invocation.Write(parsed, all, ["device", "wearer", "from", "to"], one => [one.Device, one.Wearer, one.From, one.To]);
        });
        return command;
    }
}
