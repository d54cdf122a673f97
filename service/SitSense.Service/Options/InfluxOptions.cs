namespace SitSense.Service.Options;

/// <summary>The InfluxDB that gets everything as well.</summary>
/// <param name="Url">Its address; null = there is none.</param>
/// <param name="Token">Its API token; null = none needed.</param>
/// <param name="Org">Its organisation, where it knows any.</param>
/// <param name="Bucket">The bucket, which must exist.</param>
public sealed record InfluxOptions(Uri? Url, string? Token, string? Org, string Bucket);
