using System.CommandLine;

namespace SitSense.Service.Commands;

/// <summary>Copies the store into one file.</summary>
static class BackupCommand
{
    public static Command Create(Invocation invocation)
    {
        var file = new Argument<string>("file") { Description = "The file to make." };
        var command = new Command("backup", "Copies the whole store into one new file, also beside a running worker.") { file };
        command.SetAction(async (parsed, cancel) =>
        {
            var path = Path.GetFullPath(parsed.GetRequiredValue(file));
            await using var store = invocation.OpenStore();
            await store.BackupAsync(path, cancel);
            var bytes = new FileInfo(path).Length;
            if (parsed.GetValue(Invocation.Json))
                invocation.WriteJson(new { File = path, Bytes = bytes });
            else
                invocation.Output.WriteLine($"{path} ({bytes} bytes)");
        });
        return command;
    }
}
