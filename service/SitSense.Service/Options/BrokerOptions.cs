using System.Net;

namespace SitSense.Service.Options;

/// <summary>The embedded broker.</summary>
/// <param name="Address">The address it listens on.</param>
/// <param name="Port">The port it listens on; 0 = any free one.</param>
/// <param name="Users">Password, or its hash as a PBKDF2 PHC string, by user name; empty = anybody, which only a loopback address allows.</param>
/// <param name="Admins">Users who may publish and read everything.</param>
/// <param name="MaxPacketBytes">A bigger message closes the connection of its sender.</param>
public sealed record BrokerOptions(IPAddress Address, int Port, IReadOnlyDictionary<string, string> Users, IReadOnlySet<string> Admins, int MaxPacketBytes);
