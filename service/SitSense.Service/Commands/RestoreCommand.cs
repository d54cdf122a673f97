using System.CommandLine;

namespace SitSense.Service.Commands;

/// <summary>Puts a backup in the store's place.</summary>
static class RestoreCommand
{
    public static Command Create(Invocation invocation)
    {
        var file = new Argument<string>("file") { Description = "What the command backup made." };
        var command = new Command("restore", "Replaces everything in the store by what a backup holds, also beside a running worker.") { file };
        command.SetAction(async (parsed, cancel) =>
        {
            var path = Path.GetFullPath(parsed.GetRequiredValue(file));
            await using var store = invocation.OpenStore();
            await store.RestoreAsync(path, cancel);
            if (parsed.GetValue(Invocation.Json))
                invocation.WriteJson(new { File = path });
            else
                invocation.Output.WriteLine($"The store holds what {path} holds.");
        });
        return command;
    }
}
