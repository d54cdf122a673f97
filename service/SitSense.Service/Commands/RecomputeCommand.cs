using System.CommandLine;
using SitSense.Service.Storage;

namespace SitSense.Service.Commands;

/// <summary>Works all days out anew.</summary>
static class RecomputeCommand
{
    public static Command Create(Invocation invocation)
    {
        var only = CommonOptions.Wearer("Only this wearer's.");
        var command = new Command("recompute", "Works out all days anew from what the devices said.") { only };
        command.SetAction(async (parsed, cancel) =>
        {
            var name = parsed.GetValue(only);
            await using var store = invocation.OpenStore();
            var wearers = (await store.WearersAsync(cancel)).Select(one => one.Settings.Wearer).Where(wearer => name is null || wearer == name).ToList();
            if (name is not null && wearers.Count == 0)
                throw new Failure($"Nobody is called '{name}' in {invocation.Options.Store.Folder}; the command wearers lists who is known.");
            foreach (var wearer in wearers)
                await store.TouchAsync(wearer, null, cancel);
            var days = (await store.TouchedAsync(int.MaxValue, cancel)).Sum(note => (long)note.Span.Duration.TotalDays + 1);
            await WorkOutAsync(invocation, store, days, cancel);
            if (parsed.GetValue(Invocation.Json))
                invocation.WriteJson(new { Wearers = wearers.Count });
            else
                invocation.Output.WriteLine($"{wearers.Count} wearers' days are worked out anew.");
        });
        return command;
    }

    static async Task WorkOutAsync(Invocation invocation, IStore store, long days, CancellationToken cancel)
    {
        var progress = invocation.ShowProgress("recompute", "days", days);
        try
        {
            using (progress)
            {
                progress.Report(0);
                await invocation.CatchUpAsync(store, cancel, done => progress.Report(done));
                progress.Report(days);
            }
        }
        catch (OperationCanceledException)
        {
            invocation.Error.WriteLine($"Stopped after {progress.Done} of {days} days; a worker, or the next command that shows figures, works out what is left.");
            throw;
        }
    }
}
