#nullable enable
using System;

namespace SitSense.Twin.Hardware;

/// <summary>A connection to the real world, which the radio drops when it loses its network.</summary>
interface IConnection : IDisposable
{
    /// <summary>Keeps virtual time still until all is here that was sent to the board by now.</summary>
    void Settle();
}
