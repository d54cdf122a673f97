using System.Runtime.InteropServices;

namespace SitSense.Service.Commands;

/// <summary>
/// SIGINT and SIGTERM: the first asks for a clean end, and ends with 0 what has not ended after 9 s, which is safe at any instant because nothing
/// is acknowledged before it is stored; the second ends at once with 1.
/// </summary>
sealed class Signals : IDisposable
{
    /// <summary>Ten seconds are the contract's; a database that is locked may hold a thread longer.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(9);

    readonly CancellationTokenSource stop = new();
    readonly PosixSignalRegistration[] registrations;
    int received;

    public Signals() => registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive)];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Stop => stop.Token;

    void Receive(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref received) > 1)
            Environment.Exit(1);
        _ = stop.CancelAsync();
        _ = Task.Delay(Patience).ContinueWith(_ => Environment.Exit(0), TaskScheduler.Default);
    }

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
        stop.Dispose();
    }
}
