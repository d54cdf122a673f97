using System.CommandLine;
using System.Globalization;

namespace SitSense.Benchmarks;

/// <summary>What a worker costs that has nothing to do.</summary>
static class IdleWorker
{
    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { DefaultValueFactory = _ => 30, Description = "How long it is looked at." };
        var command = new Command("idle", "Memory and processor of an idle worker.") { seconds };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var worker = new MeasuredWorker();
            await worker.ReadyAsync();
            await Task.Delay(TimeSpan.FromSeconds(5), cancel);
            var (before, time) = (worker.ProcessorTime, parsed.GetValue(seconds));
            await Task.Delay(TimeSpan.FromSeconds(time), cancel);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"idle worker: {worker.Memory / 1048576} MiB resident, {(worker.ProcessorTime - before).TotalMilliseconds / time:F1} ms of processor a second"));
        });
        return command;
    }
}
