using SitSense.Sitting;

namespace SitSense.Service.Ingest;

/// <summary>The protocol's words for postures.</summary>
static class PostureWord
{
    public static string Of(Posture posture) => posture.ToString().ToLowerInvariant();

    /// <summary>The posture that a word means; null when it is none of them.</summary>
    public static Posture? Read(string? word) => word switch
    {
        "sitting" => Posture.Sitting,
        "upright" => Posture.Upright,
        "object" => Posture.Object,
        "off" => Posture.Off,
        "unknown" => Posture.Unknown,
        _ => null,
    };
}
