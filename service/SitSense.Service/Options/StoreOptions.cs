namespace SitSense.Service.Options;

/// <summary>The store of record.</summary>
/// <param name="Folder">Full path of the folder that holds <c>sitsense.db</c>.</param>
public sealed record StoreOptions(string Folder);
