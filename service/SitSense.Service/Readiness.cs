namespace SitSense.Service;

/// <summary>Whether the worker can do its work: the store takes messages, the broker is there and the subscription stands.</summary>
public sealed class Readiness
{
    volatile string? store = "the store has not been opened yet";
    volatile string? broker = "the broker is not there yet";

    /// <summary>What keeps the store from working; null = nothing.</summary>
    public string? Store { get => store; set => store = value; }

    /// <summary>What keeps the broker's messages away; null = nothing.</summary>
    public string? Broker { get => broker; set => broker = value; }

    /// <summary>What is not there; null = everything is.</summary>
    public string? Missing() => store ?? broker;
}
