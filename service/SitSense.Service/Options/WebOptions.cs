namespace SitSense.Service.Options;

/// <summary>The page and the API.</summary>
/// <param name="Url">Where they listen; port 0 = any free one.</param>
public sealed record WebOptions(Uri Url);
