using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using SitSense.Service.Ingest;
using SitSense.Service.Storage;
using SitSense.Service.Web;

namespace SitSense.Service.Commands;

/// <summary>All that the devices said, a line a message, in the form that <see cref="ImportChanges"/> reads.</summary>
static class ExportMessages
{
    /// <summary>Everything of which figures are made, and the measures, as JSON Lines.</summary>
    public static async IAsyncEnumerable<string> AllAsync(IStore store, string? wearer, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var message in store.MessagesAsync(wearer, cancel))
            yield return Payload(message);
    }

    /// <summary>The payload that the device sent, with its device and what kind of message it was.</summary>
    static string Payload(Message message) => message switch
    {
        PostureMessage one => Json(new { topic = "posture", device = one.Device, v = 1, boot = one.Boot, seq = one.Seq, at = Word.Of(one.At), posture = Word.Of(one.Posture) }),
        ReminderMessage one => Json(new { topic = "reminder", device = one.Device, v = 1, boot = one.Boot, seq = one.Seq, at = Word.Of(one.At), kind = one.Kind, sittingMs = one.SittingMs }),
        HeartbeatMessage one => Json(new { topic = "heartbeat", device = one.Device, v = 1, boot = one.Boot, seq = one.Seq, at = Word.Of(one.At), posture = Word.Of(one.Posture) }),
        MeasuresMessage one => Measures(one),
        _ => throw new InvalidOperationException($"No payload for {message.GetType().Name}."),
    };

    static string Measures(MeasuresMessage one)
    {
        var payload = new JsonObject { ["topic"] = "measures", ["device"] = one.Device, ["v"] = 1, ["boot"] = one.Boot, ["at"] = Word.Of(one.At) };
        foreach (var (name, value) in one.Figures)
            payload[name] = value;
        return payload.ToJsonString();
    }

    static string Json<T>(T payload) => JsonSerializer.Serialize(payload, JsonSerializerOptions.Web);
}
