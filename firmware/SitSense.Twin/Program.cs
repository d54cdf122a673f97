#nullable enable
using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using SitSense.Twin.Commands;
using SitSense.Twin.Recordings;

namespace SitSense.Twin;

/// <summary>The twin's command line: 0 done, 1 failed, 2 wrong use, each failure in one line.</summary>
public static class Program
{
    const string Usage = """
        run [--broker host:port] [--user U --password P] [--device ID] [--sensor thigh|belt|seat] [--speed N] [--start T] [--flash DIR] [--replay FILE] [--seed N] [--setup]
        replay FILE --sensor thigh|belt|seat [--transitions]
        """;

    public static async Task<int> Main(string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return await RunAsync(args, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (WrongUse e)
        {
            return Fail(2, e.Message + " (try --help)");
        }
        catch (RecordingException e)
        {
            return Fail(1, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or TimeoutException)
        {
            return Fail(1, e.Message);
        }

        void Stop(PosixSignalContext signal)
        {
            if (stop.IsCancellationRequested)
                Environment.Exit(1);
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    static async Task<int> RunAsync(string[] args, CancellationToken cancel)
    {
        switch (args.Length > 0 ? args[0] : "")
        {
            case "run":
                return await RunCommand.RunAsync(new CommandLine(args.AsSpan(1), "setup"), Console.Error, cancel).ConfigureAwait(false);
            case "replay":
                await using (var output = new StreamWriter(Console.OpenStandardOutput()))
                    return ReplayCommand.Run(new CommandLine(args.AsSpan(1), "transitions"), output, cancel);
            case "--help" or "-h" or "help":
                Console.WriteLine(Usage);
                return 0;
            case "":
                throw new WrongUse("say run or replay");
            default:
                throw new WrongUse($"there is no command '{args[0]}'");
        }
    }

    static int Fail(int code, string what)
    {
        Console.Error.WriteLine(what.ReplaceLineEndings(" "));
        return code;
    }
}
