using NodaTime;

namespace SitSense.Service.Storage;

/// <summary>Who had a device when. Where no assignment says so a device is its own wearer.</summary>
/// <param name="Device">The board.</param>
/// <param name="Wearer">The pseudonym.</param>
/// <param name="From">Since when; null = since ever.</param>
/// <param name="To">Until when, excluded; null = until further notice.</param>
public sealed record Assignment(string Device, string Wearer, Instant? From, Instant? To);
