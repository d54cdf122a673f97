namespace SitSense.Service.Broker;

/// <summary>The way from the worker to the devices.</summary>
interface IBroker
{
    /// <summary>Publishes a retained message at QoS 1; returns once the broker has it.</summary>
    Task PublishRetainedAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancel);
}
