using NodaTime;

namespace SitSense.Service.Options;

/// <summary>What holds for wearers who set nothing of their own.</summary>
/// <param name="Zone">Their time zone.</param>
public sealed record WearerOptions(DateTimeZone Zone);
