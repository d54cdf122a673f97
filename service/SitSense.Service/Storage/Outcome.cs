namespace SitSense.Service.Storage;

/// <summary>What the store made of a message. Each of them is durable, so each of them may be acknowledged.</summary>
public enum Outcome
{
    /// <summary>It is new, and stored.</summary>
    Stored,

    /// <summary>The same (device, boot, seq) was there with the same content: nothing changed.</summary>
    Duplicate,

    /// <summary>Kept among the refused: outside the contract, or the same (device, boot, seq) with another posture.</summary>
    Refused,
}
