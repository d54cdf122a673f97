using System.CommandLine;

namespace SitSense.Service.Commands;

/// <summary>The worker itself, until it is told to stop.</summary>
static class RunCommand
{
    public static Command Create(Invocation invocation)
    {
        var command = new Command("run", "Runs the worker: broker, store, page and API. The same as no command.");
        command.SetAction((_, stop) => RunAsync(invocation, stop));
        return command;
    }

    public static async Task<int> RunAsync(Invocation invocation, CancellationToken stop)
    {
        var options = invocation.Options;
        await using var store = invocation.OpenStore();
        await using var worker = WorkerHost.Build(options, store, invocation.Configuration);
        await WorkerHost.RunAsync(worker, stop);
        return 0;
    }
}
