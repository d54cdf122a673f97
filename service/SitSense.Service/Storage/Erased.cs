namespace SitSense.Service.Storage;

/// <summary>What the store of record forgot of a wearer, for the stores behind it.</summary>
/// <param name="Wearer">The pseudonym.</param>
/// <param name="Records">How many changes and reminders went.</param>
/// <param name="Had">Which devices they had, and when.</param>
public sealed record Erased(string Wearer, long Records, IReadOnlyList<Assignment> Had);
