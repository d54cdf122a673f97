#nullable enable
using System;

namespace SitSense.Twin.Hardware;

/// <summary>Ends a firmware thread because the virtual board's power is gone. Nobody needs to catch it: the board does.</summary>
public sealed class PowerLost : Exception
{
    public PowerLost() : base("The virtual board has no power.")
    {
    }
}
