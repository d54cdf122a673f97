using System.CommandLine;

namespace SitSense.Service.Commands.Demo;

/// <summary>The worker with three wearers whose devices are twins: something to look at a minute after the clone.</summary>
static class DemoCommand
{
    const string Folder = "data-demo";

    public static Command Create(Invocation invocation)
    {
        var command = new Command("demo", $"Runs the worker in ./{Folder} with three imagined wearers: two weeks of history first, then live.");
        command.SetAction((_, stop) => RunAsync(invocation, stop));
        return command;
    }

    static async Task<int> RunAsync(Invocation invocation, CancellationToken stop)
    {
        invocation.Configuration["Store:Folder"] ??= Folder;
        var options = invocation.Options;
        await using var store = invocation.OpenStore();
        await DemoWearer.IntroduceAsync(store, stop);
        await using var worker = WorkerHost.Build(options, store, invocation.Configuration, services => services.AddBackground<DemoTwins>());
        await WorkerHost.RunAsync(worker, stop);
        return 0;
    }
}
