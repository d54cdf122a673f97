namespace SitSense.Service.Storage;

/// <summary>A pseudonym and the devices it has had.</summary>
/// <param name="Settings">Zone and hours.</param>
/// <param name="Devices">Every device ever assigned, or the device that is its own wearer; by name.</param>
public sealed record Wearer(WearerSettings Settings, IReadOnlyList<string> Devices);
