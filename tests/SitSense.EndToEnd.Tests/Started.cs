using System.Collections.Concurrent;
using System.Diagnostics;
using SitSense.Testing;

namespace SitSense.EndToEnd.Tests;

/// <summary>One of SitSense's programs as its user starts it: a process, with its output kept.</summary>
sealed class Started : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    readonly Process process;
    readonly ConcurrentQueue<string> errors = new();
    readonly Task<string> output;

    Started(string program, IEnumerable<string> arguments, string folder)
    {
        CtrlC.IsHeard();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program + ".dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => errors.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine();
        output = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>What it said on stderr.</summary>
    public string Errors => string.Join('\n', errors);

    public static Started Service(string folder, params string[] arguments) => new("SitSense.Service", arguments, folder);

    public static Started Twin(string folder, params string[] arguments) => new("SitSense.Twin", arguments, folder);

    /// <summary>Waits for its end with exit code 0, and gives its stdout.</summary>
    public async Task<string> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        Assert.True(process.ExitCode == 0, $"{process.StartInfo.ArgumentList[0]} ended with {process.ExitCode}:\n{Errors}");
        return await output;
    }

    /// <summary>Presses Ctrl-C.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString()]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }
}
