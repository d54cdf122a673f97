#nullable enable
using System;
using System.Threading;

namespace SitSense.Twin.Hardware;

/// <summary>A real thread that runs in virtual time: it runs alone until it sleeps, and ends when its power does.</summary>
sealed class FirmwareThread : IDisposable
{
    [ThreadStatic]
    static FirmwareThread? current;

    readonly SemaphoreSlim turn = new(0);

    public FirmwareThread(PowerCycle power) => Power = power;

    /// <summary>The firmware thread that the caller runs on, if it is one.</summary>
    public static FirmwareThread? Current
    {
        get => current;
        set => current = value;
    }

    public PowerCycle Power { get; }

    /// <summary>When it wants to go on, in virtual ms; meaningful while it waits.</summary>
    public long WakeAt { get; set; }

    /// <summary>What is left of its wait while its board is in light sleep, in virtual ms; null while it is not.</summary>
    public long? Left { get; set; }

    /// <summary>Breaks ties: who went to sleep first goes on first.</summary>
    public long Order { get; set; }

    public bool Waiting { get; set; }

    public void Go() => turn.Release();

    public void AwaitTurn() => turn.Wait();

    public void Dispose() => turn.Dispose();
}
