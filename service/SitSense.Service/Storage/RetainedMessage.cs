namespace SitSense.Service.Storage;

/// <summary>A retained message of the embedded broker.</summary>
public sealed record RetainedMessage(string Topic, byte[] Payload, int Qos);
