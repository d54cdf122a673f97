using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using SitSense.Testing;

namespace SitSense.Service.Tests.Running;

/// <summary>The program itself, as a user starts it.</summary>
sealed class WorkerProcess : IAsyncDisposable
{
    readonly Process process;
    readonly StringBuilder error = new();
    readonly TaskCompletionSource<int> listens = new(TaskCreationOptions.RunContinuationsAsynchronously);

    WorkerProcess(string folder, string[] arguments)
    {
        Folder = folder;
        CtrlC.IsHeard();
        process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "SitSense.Service.dll"), .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        })!;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (error)
                error.AppendLine(line.Data);
            if (Regex.Match(line.Data ?? "", @"The broker listens on .*:(\d+)\.") is { Success: true } match)
                listens.TrySetResult(int.Parse(match.Groups[1].Value));
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        _ = process.WaitForExitAsync().ContinueWith(_ => listens.TrySetException(new InvalidOperationException("It ended: " + Error)));
    }

    public string Folder { get; }

    public string Error
    {
        get
        {
            lock (error)
                return error.ToString();
        }
    }

    public static WorkerProcess Start(string? folder, params string[] arguments) =>
        new(folder ?? Directory.CreateTempSubdirectory("sitsense-process-").FullName, arguments);

    /// <summary>One on free ports, once its broker listens.</summary>
    public static async Task<(WorkerProcess Worker, int Port)> RunAsync(string? folder = null)
    {
        var worker = Start(folder, "--Broker:Port=0", "--Web:Url=http://127.0.0.1:0");
        return (worker, await worker.listens.Task.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    public void Signal(string name) => Process.Start("kill", [$"-{name}", process.Id.ToString()]).WaitForExit();

    /// <summary>The exit code. Well before the 30 s for which SQLite waits on a lock: an end must not depend on that.</summary>
    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(25));
        process.WaitForExit();
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process.Dispose();
        Directory.Delete(Folder, true);
    }
}
