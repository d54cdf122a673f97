using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using SitSense.Service.Days;
using SitSense.Service.Storage;
using SitSense.Service.Web;

namespace SitSense.Service.Commands;

/// <summary>
/// The changes of posture, a line a change: what <see cref="ImportChanges"/> reads, and then what it passes over, how long the change was vouched to
/// hold and the zone of the wearer's date.
/// </summary>
static class ExportChanges
{
    public static async IAsyncEnumerable<string> AllAsync(IStore store, DayBook book, string? wearer, bool json, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (!json)
            yield return "at,posture,device,boot,seq,seconds,zone";
        var wearing = new Wearing(await store.AssignmentsAsync(cancel));
        var zones = (await store.WearersAsync(cancel)).ToDictionary(one => one.Settings.Wearer, one => book.ZonesOf(one.Settings));
        // Of everybody's, because what follows a change vouches for it also when somebody else has the device by then.
        await foreach (var held in HeldChange.OfAsync(store.MessagesAsync(null, cancel)))
        {
            var (change, holder) = (held.Change, wearing.WearerOf(held.Change.Device, held.At));
            if (wearer is not null && wearer != holder)
                continue;
            if (!zones.TryGetValue(holder, out var theirs))
                zones.Add(holder, theirs = book.ZonesOf(new(holder, null, null, null)));
            var (at, posture, zone) = (Word.Of(change.At), Word.Of(change.Posture), theirs.At(held.At).Id);
            yield return json
                ? JsonSerializer.Serialize(new { topic = "posture", device = change.Device, v = 1, boot = change.Boot, seq = change.Seq, at, posture, seconds = held.Seconds, zone }, JsonSerializerOptions.Web)
                : string.Create(CultureInfo.InvariantCulture, $"{at},{posture},{change.Device},{change.Boot},{change.Seq},{held.Seconds},{zone}");
        }
    }
}
