namespace SitSense.Service.Options;

/// <summary>Where the devices' messages come from.</summary>
/// <param name="Server">Host and port of another broker; null = the embedded one.</param>
/// <param name="User">User name there; null = anonymous.</param>
/// <param name="Password">Its password.</param>
/// <param name="CaFile">Full path of the PEM file whose certificates the broker's must descend from; null = no TLS.</param>
/// <param name="ClientId">Names the worker's persistent session at the broker.</param>
/// <param name="Root">The first levels of every topic.</param>
public sealed record MqttOptions((string Host, int Port)? Server, string? User, string? Password, string? CaFile, string ClientId, string Root);
