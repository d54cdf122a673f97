using System.CommandLine;
using SitSense.Service.Web;

namespace SitSense.Service.Commands;

/// <summary>Works all days out anew.</summary>
static class RecomputeCommand
{
    public static Command Create(Invocation invocation)
    {
        var only = new Option<string>("--wearer") { Description = "Only this wearer's." };
        var command = new Command("recompute", "Works out all days anew from what the devices said.") { only };
        command.SetAction(async (parsed, cancel) =>
        {
            var name = parsed.GetValue(only);
            await using var store = invocation.OpenStore();
            var wearers = (await store.WearersAsync(cancel)).Select(one => one.Settings.Wearer).Where(wearer => name is null || wearer == name).ToList();
            if (name is not null && wearers.Count == 0)
                throw new Failure($"Nobody is called '{name}' in {invocation.Options.Store.Folder}; the command wearers lists who is known.");
            for (var i = 0; i < wearers.Count; i++)
            {
                await store.TouchAsync(wearers[i], null, cancel);
                await invocation.CatchUpAsync(store, cancel);
                invocation.Error.WriteLine($"{i + 1} of {wearers.Count}: {wearers[i]}");
            }
            if (parsed.GetValue(Invocation.Json))
                invocation.WriteJson(new { Wearers = wearers.Count });
            else
                invocation.Output.WriteLine($"{wearers.Count} wearers' days are worked out anew.");
        });
        return command;
    }
}
