using System.CommandLine;
using SitSense.Service.Storage.Influx;
using SitSense.Service.Web;

namespace SitSense.Service.Commands;

/// <summary>Forgets a wearer.</summary>
static class EraseCommand
{
    public static Command Create(Invocation invocation)
    {
        var name = new Argument<string>("wearer") { Description = "The pseudonym." };
        var command = new Command("erase", "Removes a wearer and all that was measured of them from every store. Whoever had a device before them loses the stretch that ran into their time. There is no way back but a backup.") { name };
        command.SetAction(async (parsed, cancel) =>
        {
            var wearer = Parse.Wearer("wearer", parsed.GetValue(name));
            await using var store = invocation.OpenStore();
            var erased = await store.EraseAsync(wearer, cancel)
                ?? throw new Failure($"Nobody is called '{wearer}' in {invocation.Options.Store.Folder}; the command wearers lists who is known.");
            if (await InfluxEraser.EraseAsync(invocation.Options.Influx, erased, cancel) is { } kept)
                throw new Failure(kept);
            if (parsed.GetValue(Invocation.Json))
                invocation.WriteJson(new { erased.Wearer, erased.Records, Devices = erased.Had.Select(had => had.Device).Distinct() });
            else
                invocation.Output.WriteLine($"{wearer} is erased with {erased.Records} changes and reminders of {string.Join(' ', erased.Had.Select(had => had.Device).Distinct())}.");
        });
        return command;
    }
}
