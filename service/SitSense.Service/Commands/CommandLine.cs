using System.CommandLine;
using SitSense.Service.Commands.Demo;
using SitSense.Service.Commands.Updating;
using SitSense.Service.Options;
using SitSense.Service.Storage;
using SitSense.Service.Web;

namespace SitSense.Service.Commands;

/// <summary>From a command line to an exit code: 0 done, 1 failed, 2 wrong use. Whatever goes wrong is told in lines for a person.</summary>
static class CommandLine
{
    const int Done = 0, Failed = 1, WrongUse = 2;

    /// <summary>Runs a command line. Cancelling it ends any command cleanly, with 0.</summary>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error, CancellationToken stop)
    {
        try
        {
            var (options, rest) = Configuration.TakeFrom(arguments);
            var parsed = Root(new Invocation(Configuration.Gather(options), output, error)).Parse(rest);
            if (parsed.Errors.Count > 0)
            {
                foreach (var mistake in parsed.Errors)
                    error.WriteLine($"{mistake.Message} (--help shows the use)".ReplaceLineEndings(" "));
                return WrongUse;
            }
            var invoke = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(invoke, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Done;
        }
        catch (WrongOptions wrong)
        {
            foreach (var mistake in wrong.Mistakes)
                error.WriteLine(mistake);
            return WrongUse;
        }
        catch (BadRequest wrong)
        {
            error.WriteLine(wrong.Message);
            return WrongUse;
        }
        catch (Exception problem)
        {
            error.WriteLine(problem is Failure or StoreException ? problem.Message : $"Unexpected: {problem.GetType().Name}: {problem.Message}".ReplaceLineEndings(" "));
            return Failed;
        }
    }

    static RootCommand Root(Invocation invocation)
    {
        var root = new RootCommand("""
            SitSense: how long somebody sat, and how it was broken up, from devices that notice posture.
            Every command also takes the options of appsettings.json as --Section:Key=value, e.g. --Broker:Port=1884 --Store:Folder=./data.
            """)
        {
            Invocation.Json,
            RunCommand.Create(invocation),
            DemoCommand.Create(invocation),
            WearerCommand.Create(invocation),
            AssignCommand.Create(invocation),
            ListCommands.Devices(invocation),
            ListCommands.Wearers(invocation),
            WatchCommand.Create(invocation),
            ExportCommand.Create(invocation),
            EraseCommand.Create(invocation),
            RecomputeCommand.Create(invocation),
            BackupCommand.Create(invocation),
            ImportCommand.Create(invocation),
            ReportCommand.Create(invocation),
            RestoreCommand.Create(invocation),
            FirmwareCommand.Create(invocation),
        };
        root.SetAction((_, stop) => RunCommand.RunAsync(invocation, stop));
        return root;
    }
}
