#nullable enable
namespace SitSense.Twin.Hardware;

/// <summary>What one firmware thread waits for; set from any thread, it stays set until a wait took it (an auto-reset event in virtual time).</summary>
public sealed class Signal
{
    internal bool IsSet;
    internal FirmwareThread? Waiter;
}
