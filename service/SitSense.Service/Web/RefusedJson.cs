using System.Text;
using SitSense.Service.Ingest;

namespace SitSense.Service.Web;

/// <summary>A refused message as the API shows it; bytes of the payload that are no UTF-8 appear as U+FFFD.</summary>
public sealed record RefusedJson(string Arrived, string Topic, string Reason, string Payload)
{
    internal static RefusedJson Of(RefusedMessage refused) =>
        new(Word.Of(refused.Arrived), refused.Topic, refused.Reason, Encoding.UTF8.GetString(refused.Payload));
}
