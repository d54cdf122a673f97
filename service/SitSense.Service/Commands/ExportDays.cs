using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using SitSense.Service.Storage;
using SitSense.Service.Web;
using SitSense.Sitting;

namespace SitSense.Service.Commands;

/// <summary>The stored figures, wearer by wearer and date by date: each line says its UTC start, its seconds and the zone of its date.</summary>
static class ExportDays
{
    /// <summary>A line a slice of a date: the fields of a day, and <c>start</c>, the first instant of the local date.</summary>
    public static async IAsyncEnumerable<string> DaysAsync(IStore store, string? wearer, bool json, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (!json)
            yield return $"{ReportOutput.CsvHead},start";
        await foreach (var (day, _, _) in StoredAsync(store, wearer, ["day", "work"], cancel))
        {
            var start = Word.Of(new Itinerary(DateTimeZoneProviders.Tzdb[day.Zone]).DaySpan(day.Date).Start);
            yield return json ? With(start, JsonSerializer.SerializeToNode(day, DayJson.Default.DayFigures)!) : $"{ReportOutput.CsvRow(day)},{start}";
        }
    }

    /// <summary>A line a sedentary bout of the calendar days; one over midnight is two, each cut.</summary>
    public static async IAsyncEnumerable<string> BoutsAsync(IStore store, string? wearer, bool json, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (!json)
            yield return "wearer,date,zone,start,seconds,cut,device";
        await foreach (var (day, bouts, _) in StoredAsync(store, wearer, ["day"], cancel))
            foreach (var bout in bouts)
            {
                var (start, seconds) = (Word.Of(bout.From), bout.Length.TotalMilliseconds / 1000);
                yield return json
                    ? JsonSerializer.Serialize(new { day.Wearer, Date = ReportOutput.Date(day.Date), day.Zone, Start = start, Seconds = seconds, bout.Cut, bout.Device }, JsonSerializerOptions.Web)
                    : string.Create(CultureInfo.InvariantCulture, $"{ReportOutput.Csv(day.Wearer)},{ReportOutput.Date(day.Date)},{day.Zone},{start},{seconds},{ReportOutput.Csv(bout.Cut)},{bout.Device}");
            }
    }

    static async IAsyncEnumerable<StoredDay> StoredAsync(IStore store, string? wearer, string[] slices, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var one in await store.WearersAsync(cancel))
            foreach (var slice in wearer is null || one.Settings.Wearer == wearer ? slices : [])
                foreach (var day in await store.DaysAsync(one.Settings.Wearer, LocalDate.MinIsoValue, LocalDate.MaxIsoValue, slice, cancel))
                    yield return day;
    }

    static string With(string start, JsonNode day)
    {
        day["start"] = start;
        return day.ToJsonString();
    }
}
