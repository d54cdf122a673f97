using System.CommandLine;
using SitSense.Service.Days;

namespace SitSense.Service.Commands;

/// <summary>Writes out what is stored, as it is read: any size of store takes the same memory.</summary>
static class ExportCommand
{
    public static Command Create(Invocation invocation)
    {
        var what = new Argument<string>("what")
        {
            Description = "changes: what the command import changes reads, with how long each was vouched to hold; messages: all that the devices said, as JSON Lines, which it reads too; bouts and days: the figures.",
            DefaultValueFactory = _ => "changes",
        };
        what.AcceptOnlyFromAmong("changes", "messages", "bouts", "days");
        var only = CommonOptions.Wearer("Only this wearer's.");
        var command = new Command("export", "Writes what is stored to stdout: CSV, or JSON Lines with --json.") { what, only };
        command.SetAction(async (parsed, cancel) =>
        {
            var (name, wearer, json) = (parsed.GetValue(what), parsed.GetValue(only), parsed.GetValue(Invocation.Json));
            await using var store = invocation.OpenStore();
            if (wearer is not null && (await store.WearersAsync(cancel)).All(one => one.Settings.Wearer != wearer))
                throw new Failure($"Nobody is called '{wearer}' in {invocation.Options.Store.Folder}; the command wearers lists who is known.");
            if (name is "days" or "bouts")
                await invocation.CatchUpAsync(store, cancel);
            var lines = name switch
            {
                "messages" => ExportMessages.AllAsync(store, wearer, cancel),
                "bouts" => ExportDays.BoutsAsync(store, wearer, json, cancel),
                "days" => ExportDays.DaysAsync(store, wearer, json, cancel),
                _ => ExportChanges.AllAsync(store, new DayBook(store, invocation.Options), wearer, json, cancel),
            };
            await WriteAsync(lines, invocation.Output);
        });
        return command;
    }

    /// <summary>Writes many lines at once, because a console passes each write on by itself.</summary>
    static async Task WriteAsync(IAsyncEnumerable<string> lines, TextWriter output)
    {
        const int atOnce = 64 * 1024;
        var gathered = new StringWriter();
        await foreach (var line in lines)
        {
            gathered.WriteLine(line);
            if (gathered.GetStringBuilder().Length < atOnce)
                continue;
            await output.WriteAsync(gathered.GetStringBuilder());
            gathered.GetStringBuilder().Clear();
        }
        await output.WriteAsync(gathered.GetStringBuilder());
    }
}
