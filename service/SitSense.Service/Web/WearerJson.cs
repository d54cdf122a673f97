namespace SitSense.Service.Web;

/// <summary>A wearer as the API shows them.</summary>
public sealed record WearerJson(string Wearer, string Zone, IReadOnlyList<string> Devices);
