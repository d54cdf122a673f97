using NodaTime;
using NodaTime.Text;
using SitSense.Service.Ingest;
using SitSense.Sitting;

namespace SitSense.Service.Web;

/// <summary>The contract's words for postures and times.</summary>
static class Word
{
    static readonly InstantPattern Milliseconds = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.fff'Z'");

    public static string Of(Posture posture) => PostureWord.Of(posture);

    public static string Of(Instant at) => Milliseconds.Format(at);
}
