using SitSense.Sitting;

namespace SitSense.Service.Web;

/// <summary>A piece of a timeline as the API shows it; no device where nobody vouched.</summary>
public sealed record StretchJson(string From, string To, string Posture, string? Device)
{
    internal static StretchJson Of(Stretch stretch) =>
        new(Word.Of(stretch.From), Word.Of(stretch.To), Word.Of(stretch.Posture), stretch.Device.Length > 0 ? stretch.Device : null);
}
